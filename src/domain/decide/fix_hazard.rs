//! Fix a hazard: possible also after the alert was closed.

use serde::Serialize;

use super::{subject, text};
use crate::domain::{event::Event, id::AlertId, rejection::Rejection, state::State};

/// Records that a deferred hazard is fixed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FixHazard {
    pub alert: AlertId,
    pub text: String,
}

impl FixHazard {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let alert = subject::alert(state, self.alert)?;
        let hazard = alert.hazard.as_ref().ok_or(Rejection::HazardNotDeferred)?;
        if hazard.fixed_at.is_some() {
            return Err(Rejection::HazardAlreadyFixed);
        }
        Ok(vec![Event::HazardFixed { alert: alert.id, text: text::required(&self.text)? }])
    }
}
