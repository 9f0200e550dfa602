//! Cancel: nobody is needed after all.

use serde::Serialize;

use super::{subject, text};
use crate::domain::{event::Event, id::AlertId, rejection::Rejection, state::State};

/// Cancels an alert nobody has arrived at; its units are released with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CancelAlert {
    pub alert: AlertId,
    pub reason: String,
}

impl CancelAlert {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let alert = subject::unresolved_alert(state, self.alert)?;
        let reason = text::reason(&self.reason)?;
        if alert.assignments.iter().any(|assignment| assignment.arrived_at.is_some()) {
            return Err(Rejection::AlertHasArrival);
        }
        let mut events: Vec<Event> =
            subject::withdraw(alert, "alert cancelled", |_| true).collect();
        events.push(Event::AlertCancelled { alert: alert.id, reason });
        Ok(events)
    }
}
