//! Reinforce: a unit asks for more.

use serde::Serialize;

use super::{subject, text};
use crate::domain::{
    account::Actor, event::Event, id::AssignmentId, rejection::Rejection, state::State,
};

/// Asks the operator to send more units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RequestReinforcement {
    pub assignment: AssignmentId,
    pub text: String,
}

impl RequestReinforcement {
    pub(super) fn decide(&self, state: &State, actor: &Actor) -> Result<Vec<Event>, Rejection> {
        let (alert, assignment) = subject::own_assignment(state, actor, self.assignment)?;
        subject::open_alert(state, alert.id)?;
        if !assignment.is_live() {
            return Err(Rejection::AssignmentEnded);
        }
        let text = text::required(&self.text)?;
        Ok(vec![Event::ReinforcementRequested { alert: alert.id, assignment: assignment.id, text }])
    }
}
