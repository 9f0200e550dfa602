//! See alarms (知悉): an operator has seen them. It stops their flash and horn on every desk, and
//! changes no clock: an alarm is about a promise, and the promise still runs.

use serde::Serialize;

use super::subject;
use crate::domain::{
    alert::Alert,
    event::{Event, Notice},
    id::{AlertId, AssignmentId},
    limit,
    rejection::Rejection,
    state::State,
    time::Timestamp,
};

/// Records that alarms of one alert were seen; also after it has ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeeAlarms {
    pub alert: AlertId,
    pub alarms: Vec<Notice>,
}

impl SeeAlarms {
    pub(super) fn decide(&self, state: &State, now: Timestamp) -> Result<Vec<Event>, Rejection> {
        let alert = subject::alert(state, self.alert)?;
        if self.alarms.len() > limit::ALARMS_PER_COMMAND_MAX {
            return Err(Rejection::NumberOutOfRange);
        }
        let mut events = Vec::new();
        for (index, alarm) in self.alarms.iter().enumerate() {
            let sounding_since = sounding_since(state, alert, alarm, now)?;
            let seen = alert.seen_at(alarm).is_some_and(|at| at >= sounding_since);
            if !seen && !self.alarms[..index].contains(alarm) {
                events.push(Event::AlarmSeen { alert: alert.id, alarm: alarm.clone() });
            }
        }
        Ok(events)
    }
}

/// Since when an alarm is there to be seen.
fn sounding_since(
    state: &State,
    alert: &Alert,
    alarm: &Notice,
    now: Timestamp,
) -> Result<Timestamp, Rejection> {
    let since = match alarm {
        Notice::UnitLost { assignment } => lost_since(state, alert, *assignment),
        told => alert.noticed.iter().find(|one| one.notice == *told).map(|one| one.at),
    };
    since.filter(|at| *at <= now).ok_or(Rejection::AlarmUnknown)
}

/// The instant from which a unit on its way counts as lost; not before it has ever been heard.
fn lost_since(state: &State, alert: &Alert, assignment: AssignmentId) -> Option<Timestamp> {
    let assignment = alert.live_assignments().find(|one| one.id == assignment)?;
    let en_route_at = assignment.en_route_at.filter(|_| assignment.arrived_at.is_none())?;
    let heard = state.units.get(&assignment.unit)?.last_position?.reported_at;
    (heard >= en_route_at).then(|| heard + limit::UNIT_LOST_AFTER)
}
