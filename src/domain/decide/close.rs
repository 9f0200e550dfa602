//! Close: the record is complete. The operator's act, never the unit's.

use serde::Serialize;

use super::{subject, text};
use crate::domain::{
    alert::Stage,
    classification::{Disposition, Validity},
    event::{ClosingRecord, Event},
    id::AlertId,
    limit,
    rejection::Rejection,
    state::State,
};

/// Closes a resolved alert. Disposition and result are the resolution's where not given.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CloseAlert {
    pub alert: AlertId,
    pub disposition: Option<Disposition>,
    pub result: Option<String>,
    pub no_arrival_reason: Option<String>,
    pub police_count: u32,
    pub injured_count: u32,
    pub validity: Validity,
}

impl CloseAlert {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let alert = subject::open_alert(state, self.alert)?;
        if alert.stage() != Stage::Resolved {
            return Err(Rejection::AlertNotResolved);
        }
        if alert.live_assignments().next().is_some() {
            return Err(Rejection::UnitsStillAssigned);
        }
        if self.police_count.max(self.injured_count) > limit::PEOPLE_MAX {
            return Err(Rejection::NumberOutOfRange);
        }
        let no_arrival_reason = text::optional_line(self.no_arrival_reason.as_deref())?;
        match (alert.first_arrived_at(), &no_arrival_reason) {
            (None, None) => return Err(Rejection::NoArrivalReasonMissing),
            (Some(_), Some(_)) => return Err(Rejection::NoArrivalReasonNotApplicable),
            _ => {}
        }
        let result = self.result.as_ref().or(alert.result.as_ref());
        let record = ClosingRecord {
            disposition: self
                .disposition
                .or(alert.disposition)
                .ok_or(Rejection::AlertNotResolved)?,
            result: text::required(result.map_or("", String::as_str))?,
            no_arrival_reason,
            police_count: self.police_count,
            injured_count: self.injured_count,
            validity: self.validity,
        };
        Ok(vec![Event::AlertClosed { alert: alert.id, record: Box::new(record) }])
    }
}
