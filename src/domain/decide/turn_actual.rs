//! Turn actual: an exercise became real. Never the other way.

use serde::Serialize;

use super::{subject, text};
use crate::domain::{
    classification::Mode, event::Event, id::AlertId, rejection::Rejection, state::State,
};

/// Makes an exercise an actual alert, with every report merged into it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TurnActual {
    pub alert: AlertId,
    pub reason: String,
}

impl TurnActual {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let alert = subject::open_alert(state, self.alert)?;
        if alert.mode != Mode::Exercise {
            return Err(Rejection::NotAnExercise);
        }
        let reason = text::reason(&self.reason)?;
        let group = std::iter::once(alert.id).chain(alert.merged.iter().map(|(child, _)| *child));
        let turned = |alert| Event::ExerciseTurnedActual { alert, reason: reason.clone() };
        Ok(group.map(turned).collect())
    }
}
