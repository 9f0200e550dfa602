//! Defer a hazard: it cannot be fixed on the spot, and stays visible until it is.

use serde::Serialize;

use super::{subject, text};
use crate::domain::{
    classification::Category, event::Event, id::AlertId, rejection::Rejection, state::State,
    time::Timestamp,
};

/// Records the temporary measure, who was told, and by when it is to be fixed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeferHazard {
    pub alert: AlertId,
    pub measure: String,
    pub informed: String,
    pub due_at: Timestamp,
}

impl DeferHazard {
    pub(super) fn decide(&self, state: &State, now: Timestamp) -> Result<Vec<Event>, Rejection> {
        let alert = subject::open_alert(state, self.alert)?;
        if alert.category != Category::Hazard {
            return Err(Rejection::NotAHazard);
        }
        if alert.hazard.as_ref().is_some_and(|hazard| hazard.fixed_at.is_some()) {
            return Err(Rejection::HazardAlreadyFixed);
        }
        if self.due_at <= now {
            return Err(Rejection::InstantOutOfOrder);
        }
        Ok(vec![Event::HazardDeferred {
            alert: alert.id,
            measure: text::required(&self.measure)?,
            informed: text::line(&self.informed)?,
            due_at: self.due_at,
        }])
    }
}
