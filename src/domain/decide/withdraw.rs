//! Cancel an assignment: the operator calls a unit back.

use serde::Serialize;

use super::{subject, text};
use crate::domain::{event::Event, id::AssignmentId, rejection::Rejection, state::State};

/// Calls a unit back. One that has arrived clears instead, so that its time on scene is kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CancelAssignment {
    pub assignment: AssignmentId,
    pub reason: String,
}

impl CancelAssignment {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let (alert, assignment) =
            state.assignment(self.assignment).ok_or(Rejection::AssignmentUnknown)?;
        subject::alert(state, alert.id)?;
        if !assignment.is_live() {
            return Err(Rejection::AssignmentEnded);
        }
        if assignment.arrived_at.is_some() {
            return Err(Rejection::AlertHasArrival);
        }
        let reason = text::reason(&self.reason)?;
        Ok(vec![Event::AssignmentCancelled { alert: alert.id, assignment: assignment.id, reason }])
    }
}
