//! Report position: by choice, and only on duty.

use serde::Serialize;

use super::subject;
use crate::domain::{
    account::Actor, district::Duty, event::Event, id::UnitId, limit, place::Coordinates,
    rejection::Rejection, state::State, time::Timestamp,
};

/// Reports where a unit is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportPosition {
    pub unit: UnitId,
    pub coordinates: Coordinates,
}

impl ReportPosition {
    pub(super) fn decide(
        &self,
        state: &State,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Vec<Event>, Rejection> {
        let unit = subject::own_unit(state, actor, &self.unit)?;
        if unit.duty == Duty::OffDuty {
            return Err(Rejection::UnitOffDutyForPosition);
        }
        let position = self.coordinates.to_wgs84().ok_or(Rejection::CoordinatesInvalid)?;
        let last = unit.last_position.as_ref();
        if last.is_some_and(|last| now - last.reported_at < limit::POSITION_INTERVAL) {
            return Ok(Vec::new());
        }
        Ok(vec![Event::PositionReported { unit: self.unit.clone(), position }])
    }
}
