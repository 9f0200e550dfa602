//! The core's own verbs: tell what became due, and note a jump of the wall clock.

use serde::Serialize;

use crate::domain::{
    event::Event,
    id::AlertId,
    rejection::Rejection,
    state::State,
    time::{Timestamp, Within},
};

/// Tells every deadline of an alert that has come. Nothing due is nothing to tell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TellDeadlines {
    pub alert: AlertId,
}

/// Notes that the wall clock moved against the monotonic one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NoteClockJump {
    /// Positive when the wall clock leapt ahead.
    pub by: Within,
}

impl TellDeadlines {
    pub(super) fn decide(&self, state: &State, now: Timestamp) -> Result<Vec<Event>, Rejection> {
        let alert = state.alert(self.alert).ok_or(Rejection::AlertUnknown)?;
        let mut due = alert.deadlines();
        due.retain(|(at, _)| *at <= now);
        due.sort();
        let tell = |notice| Event::DeadlinePassed { alert: alert.id, notice };
        Ok(due.into_iter().map(|(_, notice)| tell(notice)).collect())
    }
}
