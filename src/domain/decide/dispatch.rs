//! Dispatch: one or several units are sent.

use serde::Serialize;

use super::subject;
use crate::domain::{
    alert::Alert,
    district::{Duty, Unit},
    event::{Event, UnitDispatched},
    id::{AlertId, AssignmentId, UnitId},
    limit,
    rejection::Rejection,
    state::State,
};

/// Sends units to an alert, all or none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DispatchUnits {
    pub alert: AlertId,
    pub units: Vec<Send>,
    /// The operator knows that a unit is on another live assignment and sends it all the same.
    pub confirm_stacking: bool,
}

/// One unit to send.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Send {
    pub unit: UnitId,
    /// The wave, 1 to 3; by the unit's kind where not given.
    pub echelon: Option<u8>,
}

impl DispatchUnits {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let alert = subject::unresolved_alert(state, self.alert)?;
        if self.units.is_empty() {
            return Err(Rejection::NoUnitNamed);
        }
        if self.units.len() > limit::UNITS_PER_DISPATCH_MAX {
            return Err(Rejection::NumberOutOfRange);
        }
        let first = state.next_assignment().0;
        let mut events = Vec::with_capacity(self.units.len());
        for (index, send) in self.units.iter().enumerate() {
            if self.units[..index].iter().any(|earlier| earlier.unit == send.unit) {
                return Err(Rejection::UnitNamedTwice);
            }
            let unit = state.units.get(&send.unit).ok_or(Rejection::UnitUnknown)?;
            self.check(alert, unit)?;
            let echelon = send.echelon.unwrap_or(unit.profile.kind.default_echelon());
            if !(1..=limit::ECHELON_MAX).contains(&echelon) {
                return Err(Rejection::NumberOutOfRange);
            }
            events.push(Event::UnitDispatched(Box::new(UnitDispatched {
                alert: alert.id,
                assignment: AssignmentId(first + index as u32),
                unit: send.unit.clone(),
                unit_kind: unit.profile.kind,
                echelon,
                stacked: unit.is_committed(),
            })));
        }
        Ok(events)
    }

    fn check(&self, alert: &Alert, unit: &Unit) -> Result<(), Rejection> {
        match unit.duty {
            Duty::OffDuty => return Err(Rejection::UnitOffDuty),
            Duty::OutOfService => return Err(Rejection::UnitOutOfService),
            Duty::Available | Duty::OnPost { .. } => {}
        }
        if alert.live_assignments().any(|assignment| assignment.unit == unit.profile.id) {
            return Err(Rejection::UnitAlreadyOnAlert);
        }
        if unit.is_committed() && !self.confirm_stacking {
            return Err(Rejection::UnitAlreadyCommitted);
        }
        Ok(())
    }
}
