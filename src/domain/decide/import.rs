//! Import: a handled alert is taken over from another system's records, as it was.

use serde::Serialize;

use super::{raise, text};
use crate::domain::{
    classification::Zone,
    event::Event,
    history::{HistoricAlert, ImportedAlert},
    policy::{Circumstances, PolicyRef},
    rejection::Rejection,
    state::State,
    time::Timestamp,
};

/// Takes over one handled alert. The same system's same id is the same alert and changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImportAlert {
    pub historic: HistoricAlert,
    /// The policy to judge by; the one in force where not given.
    pub policy: Option<PolicyRef>,
    /// The zone, where the source tells; else by school and position.
    pub zone: Option<Zone>,
}

impl ImportAlert {
    pub(super) fn decide(&self, state: &State, now: Timestamp) -> Result<Vec<Event>, Rejection> {
        let historic = &self.historic;
        let key = (historic.system.clone(), historic.source_alarm_id.clone());
        if state.source_alarms.contains_key(&key) {
            return Ok(Vec::new());
        }
        text::reason(&historic.source_alarm_id)?;
        text::optional(&historic.summary)?;
        if historic.received_at > now || historic.observed_until > now {
            return Err(Rejection::InstantInFuture);
        }
        let school = raise::school(state, historic.school.as_ref())?;
        let position = historic.place.as_ref().and_then(|place| place.position);
        let received_at = historic.received_at;
        let circumstances = Circumstances {
            severity: historic.severity,
            zone: self.zone.unwrap_or_else(|| raise::zone_of(state, school, position, received_at)),
            category: historic.category,
            school_kind: school.map(|school| school.kind),
            peak: school.is_some_and(|school| school.is_peak(received_at)),
            source: historic.source,
        };
        let policy = match &self.policy {
            Some(reference) => state.policy(reference).ok_or(Rejection::PolicyInvalid)?,
            None => state.policy_at(now),
        };
        let selection = policy.select(&circumstances, None).ok_or(Rejection::NoRuleForTier)?;
        Ok(vec![Event::AlertImported(Box::new(ImportedAlert {
            alert: state.next_alert(),
            historic: historic.clone(),
            zone: circumstances.zone,
            selection,
            first_assignment: state.next_assignment(),
        }))])
    }
}
