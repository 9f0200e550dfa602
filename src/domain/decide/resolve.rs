//! Resolve: what happened is over.

use serde::Serialize;

use super::{subject, text};
use crate::domain::{
    classification::Disposition, event::Event, id::AlertId, rejection::Rejection, state::State,
};

/// Ends the alert. Units still on their way are released with it; those on scene clear themselves.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResolveAlert {
    pub alert: AlertId,
    pub disposition: Disposition,
    pub result: String,
}

impl ResolveAlert {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let alert = subject::unresolved_alert(state, self.alert)?;
        let result = text::required(&self.result)?;
        let on_the_way = subject::withdraw(alert, "alert resolved", |assignment| {
            assignment.arrived_at.is_none()
        });
        let mut events: Vec<Event> = on_the_way.collect();
        let disposition = self.disposition;
        events.push(Event::AlertResolved { alert: alert.id, disposition, result });
        Ok(events)
    }
}
