//! Import: a handled alert is taken over from another system's records, as it was.

use serde::Serialize;

use super::{raise, text};
use crate::domain::{
    classification::Zone,
    event::Event,
    history::{HistoricAlert, ImportedAlert},
    limit,
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
        if state.source_alarms.contains_key(&historic.source_key()) {
            return Ok(Vec::new());
        }
        check_texts(historic)?;
        if historic.received_at > now || historic.observed_until > now {
            return Err(Rejection::InstantInFuture);
        }
        let school = raise::school(state, historic.school.as_ref())?;
        let position = historic.place.as_ref().and_then(|place| place.position);
        if position.is_some_and(|position| !position.is_on_globe()) {
            return Err(Rejection::CoordinatesInvalid);
        }
        if historic.assignments.len() > limit::UNITS_PER_IMPORT_MAX {
            return Err(Rejection::NumberOutOfRange);
        }
        let received_at = historic.received_at;
        // Who stood on post then is not known, so nobody did.
        let zone = || raise::zone_of(state, school, position, received_at, || false);
        let circumstances = Circumstances {
            severity: historic.severity,
            zone: self.zone.unwrap_or_else(zone),
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

fn check_texts(historic: &HistoricAlert) -> Result<(), Rejection> {
    text::name(&historic.system)?;
    text::line(&historic.source_alarm_id)?;
    text::optional(&historic.summary)?;
    text::optional(historic.place.as_ref().map_or("", |place| &place.text))?;
    for assignment in &historic.assignments {
        text::name(assignment.unit.as_str())?;
    }
    Ok(())
}
