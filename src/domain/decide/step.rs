//! A unit's steps: deliver, acknowledge, en route, arrive, clear. One rule serves the five verbs:
//! forward only, skipping allowed, each once.

use serde::Serialize;

use super::subject;
use crate::domain::{
    account::Actor,
    assignment::Step,
    event::{Event, StepTaken},
    id::AssignmentId,
    rejection::Rejection,
    state::State,
    time::Timestamp,
};

/// Takes a step on an assignment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TakeStep {
    pub assignment: AssignmentId,
    /// The device's own time; a remark.
    pub pressed_at: Option<Timestamp>,
}

impl TakeStep {
    pub(super) fn decide(
        &self,
        state: &State,
        actor: &Actor,
        step: Step,
    ) -> Result<Vec<Event>, Rejection> {
        let (alert, assignment) = subject::own_assignment(state, actor, self.assignment)?;
        if assignment.withdrawal.is_some() {
            return Err(Rejection::AssignmentEnded);
        }
        if assignment.point(step).is_some() {
            return Err(Rejection::StepAlreadyTaken);
        }
        let later = [Step::Acknowledge, Step::EnRoute, Step::Arrive, Step::Clear];
        if later.into_iter().any(|other| other > step && assignment.point(other).is_some()) {
            return Err(Rejection::StepBackward);
        }
        let taken =
            StepTaken { alert: alert.id, assignment: assignment.id, pressed_at: self.pressed_at };
        Ok(vec![match step {
            Step::Deliver => Event::AssignmentDelivered(taken),
            Step::Acknowledge => Event::AssignmentAcknowledged(taken),
            Step::EnRoute => Event::AssignmentWentEnRoute(taken),
            Step::Arrive => Event::AssignmentArrived(taken),
            Step::Clear => Event::AssignmentCleared(taken),
        }])
    }
}
