//! Reopen: a closed alert was not over. A supervisor's act; the first verdict is kept.

use serde::Serialize;

use super::{subject, text};
use crate::domain::{alert::Stage, event::Event, id::AlertId, rejection::Rejection, state::State};

/// Opens a closed alert again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReopenAlert {
    pub alert: AlertId,
    pub reason: String,
}

impl ReopenAlert {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let alert = subject::alert(state, self.alert)?;
        if alert.stage() != Stage::Closed {
            return Err(Rejection::AlertNotClosed);
        }
        Ok(vec![Event::AlertReopened { alert: alert.id, reason: text::reason(&self.reason)? }])
    }
}
