//! Change duty: a unit goes on or off duty, on post, or out of service.

use serde::Serialize;

use super::subject;
use crate::domain::{
    account::Actor, district::Duty, event::Event, id::UnitId, rejection::Rejection, state::State,
};

/// Changes what a unit says of itself. A committed unit stays on duty.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeDuty {
    pub unit: UnitId,
    #[serde(flatten)]
    pub duty: Duty,
}

impl ChangeDuty {
    pub(super) fn decide(&self, state: &State, actor: &Actor) -> Result<Vec<Event>, Rejection> {
        let unit = subject::own_unit(state, actor, &self.unit)?;
        if unit.duty == self.duty {
            return Ok(Vec::new());
        }
        match &self.duty {
            Duty::OffDuty | Duty::OutOfService if unit.is_committed() => {
                return Err(Rejection::UnitStillCommitted);
            }
            Duty::OnPost { school } if !state.schools.contains_key(school) => {
                return Err(Rejection::SchoolUnknown);
            }
            _ => {}
        }
        Ok(vec![Event::DutyChanged { unit: self.unit.clone(), duty: self.duty.clone() }])
    }
}
