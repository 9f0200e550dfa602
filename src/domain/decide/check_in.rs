//! Check in: a patrol visits a school.

use serde::Serialize;

use super::subject;
use crate::domain::{
    account::Actor,
    district::Duty,
    event::Event,
    id::{SchoolId, UnitId},
    rejection::Rejection,
    state::State,
};

/// Records a visit. Statistics count visits at least 10 minutes apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckIn {
    pub unit: UnitId,
    pub school: SchoolId,
}

impl CheckIn {
    pub(super) fn decide(&self, state: &State, actor: &Actor) -> Result<Vec<Event>, Rejection> {
        let unit = subject::own_unit(state, actor, &self.unit)?;
        if unit.duty == Duty::OffDuty {
            return Err(Rejection::UnitOffDuty);
        }
        if !state.schools.contains_key(&self.school) {
            return Err(Rejection::SchoolUnknown);
        }
        Ok(vec![Event::SchoolVisited { unit: self.unit.clone(), school: self.school.clone() }])
    }
}
