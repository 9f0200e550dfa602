//! Note: a remark is added to an open alert.

use serde::Serialize;

use super::{subject, text};
use crate::domain::{event::Event, id::AlertId, rejection::Rejection, state::State};

/// Adds a remark.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NoteAlert {
    pub alert: AlertId,
    pub text: String,
}

impl NoteAlert {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let alert = subject::open_alert(state, self.alert)?;
        Ok(vec![Event::AlertNoted { alert: alert.id, text: text::required(&self.text)? }])
    }
}
