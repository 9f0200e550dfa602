//! Feedback: a report from the scene.

use serde::Serialize;

use super::{subject, text};
use crate::domain::{
    account::{Actor, Role},
    classification::FeedbackKind,
    event::{Event, FeedbackFiled},
    id::{AlertId, AssignmentId},
    rejection::Rejection,
    state::State,
    time::Timestamp,
};

/// Files a report. A unit reports on its own assignment, an operator also without one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileFeedback {
    pub alert: AlertId,
    pub assignment: Option<AssignmentId>,
    pub kind: FeedbackKind,
    pub text: String,
    pub pressed_at: Option<Timestamp>,
}

impl FileFeedback {
    pub(super) fn decide(&self, state: &State, actor: &Actor) -> Result<Vec<Event>, Rejection> {
        let alert = subject::open_alert(state, self.alert)?;
        match self.assignment {
            Some(assignment) => {
                let (of, _) = subject::own_assignment(state, actor, assignment)?;
                if of.id != alert.id {
                    return Err(Rejection::AssignmentUnknown);
                }
            }
            None if actor.role == Role::Unit => return Err(Rejection::NotOwn),
            None => {}
        }
        Ok(vec![Event::FeedbackFiled(Box::new(FeedbackFiled {
            alert: alert.id,
            assignment: self.assignment,
            feedback: self.kind,
            text: text::required(&self.text)?,
            pressed_at: self.pressed_at,
        }))])
    }
}
