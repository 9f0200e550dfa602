//! Decline: a unit cannot go. Only before it is en route, and with a reason.

use serde::Serialize;

use super::{subject, text};
use crate::domain::{
    account::Actor, event::Event, id::AssignmentId, rejection::Rejection, state::State,
};

/// Gives an assignment back to the operator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeclineAssignment {
    pub assignment: AssignmentId,
    pub reason: String,
}

impl DeclineAssignment {
    pub(super) fn decide(&self, state: &State, actor: &Actor) -> Result<Vec<Event>, Rejection> {
        let (alert, assignment) = subject::own_assignment(state, actor, self.assignment)?;
        if !assignment.is_live() {
            return Err(Rejection::AssignmentEnded);
        }
        if assignment.en_route_at.or(assignment.arrived_at).is_some() {
            return Err(Rejection::AlreadyEnRoute);
        }
        let reason = text::reason(&self.reason)?;
        Ok(vec![Event::AssignmentDeclined { alert: alert.id, assignment: assignment.id, reason }])
    }
}
