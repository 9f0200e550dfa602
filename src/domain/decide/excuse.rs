//! Excuse: a supervisor gives the reason for a late or missed clock. The raw rate still counts it.

use serde::Serialize;

use super::{subject, text};
use crate::domain::{
    event::Event,
    id::{AlertId, RuleId},
    rejection::Rejection,
    state::State,
    time::Timestamp,
    verdict::Verdict,
};

/// Excuses one clock.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExcuseVerdict {
    pub alert: AlertId,
    pub rule: RuleId,
    pub reason: String,
}

impl ExcuseVerdict {
    pub(super) fn decide(&self, state: &State, now: Timestamp) -> Result<Vec<Event>, Rejection> {
        let alert = subject::alert(state, self.alert)?;
        let mut rules = alert.rules();
        let rule = rules.find(|rule| rule.id == self.rule).ok_or(Rejection::RuleUnknown)?;
        match alert.read_clock(rule, now).verdict {
            Verdict::Late | Verdict::Missed => {}
            Verdict::Excused => return Err(Rejection::VerdictAlreadyExcused),
            _ => return Err(Rejection::VerdictNotFailed),
        }
        let reason = text::reason(&self.reason)?;
        Ok(vec![Event::VerdictExcused { alert: alert.id, rule: self.rule.clone(), reason }])
    }
}
