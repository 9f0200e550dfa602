//! Reclassify: the alert turns out to be something else, or more or less urgent.

use serde::Serialize;

use super::{subject, text};
use crate::domain::{
    account::{Actor, Role},
    alert::Alert,
    classification::{Category, Severity, Tier},
    event::{AlertReclassified, Event},
    id::AlertId,
    policy::{Circumstances, Selection},
    rejection::Rejection,
    state::State,
    time::Within,
};

/// Changes category, severity or tier. The clocks keep their start: an upgrade whose limit has
/// passed is breached at once. A downgrade needs a supervisor and a reason. A tier a supervisor set
/// stands until an upgrade asks for a shorter one or a supervisor classifies again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReclassifyAlert {
    pub alert: AlertId,
    pub category: Option<Category>,
    pub severity: Option<Severity>,
    /// A supervisor's override: the first governing rule of this tier.
    pub tier: Option<Tier>,
    pub reason: Option<String>,
}

impl ReclassifyAlert {
    pub(super) fn decide(&self, state: &State, actor: &Actor) -> Result<Vec<Event>, Rejection> {
        let alert = subject::open_alert(state, self.alert)?;
        if self.tier.is_some() && actor.role != Role::Supervisor {
            return Err(Rejection::RoleNotPermitted);
        }
        let category = self.category.unwrap_or(alert.category);
        let severity = self.severity.unwrap_or(alert.severity);
        let circumstances = Circumstances { category, severity, ..circumstances(state, alert) };
        let select = |tier| alert.policy.select(&circumstances, tier);
        let mut selection = select(self.tier).ok_or(Rejection::NoRuleForTier)?;
        if actor.role != Role::Supervisor && is_overridden(state, alert) {
            // An operator's upgrade may ask for more than the override, never for less.
            let held = select(alert.tier()).ok_or(Rejection::NoRuleForTier)?;
            let upgraded = severity.rank() < alert.severity.rank();
            if !(upgraded && limit(alert, &selection) < limit(alert, &held)) {
                selection = held;
            }
        }
        let unchanged = (category, severity) == (alert.category, alert.severity)
            && selection == alert.selection;
        if unchanged && alert.assessed {
            return Err(Rejection::AlertUnchanged);
        }
        let reason = text::optional_line(self.reason.as_deref())?;
        // A machine's alarm is L1 only until an operator has looked: that look is no downgrade.
        if alert.assessed && is_downgrade(alert, severity, &selection) {
            if actor.role != Role::Supervisor {
                return Err(Rejection::DowngradeNeedsSupervisor);
            }
            if reason.is_none() {
                return Err(Rejection::ReasonMissing);
            }
        }
        Ok(vec![Event::AlertReclassified(Box::new(AlertReclassified {
            alert: alert.id,
            category,
            severity,
            selection,
            reason,
        }))])
    }
}

/// Less urgent, or promised later, than before.
fn is_downgrade(alert: &Alert, severity: Severity, selection: &Selection) -> bool {
    severity.rank() > alert.severity.rank()
        || limit(alert, selection) > limit(alert, &alert.selection)
}

/// How long the promise is; without a governing clock it never ends.
fn limit(alert: &Alert, selection: &Selection) -> Within {
    let rule = selection.governing.as_ref().and_then(|id| alert.policy.rule(id));
    rule.map_or(Within::from_millis(i64::MAX), |rule| rule.limit)
}

/// Whether its clocks are not those its own circumstances ask for: a supervisor set the tier.
fn is_overridden(state: &State, alert: &Alert) -> bool {
    alert.is_tier_overridden(&circumstances(state, alert))
}

fn circumstances(state: &State, alert: &Alert) -> Circumstances {
    let school = alert.school.as_ref().and_then(|id| state.schools.get(id));
    alert.circumstances(school.map(|school| &**school))
}
