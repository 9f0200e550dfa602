//! Correct: a supervisor sets a time point right. The original stays readable.

use serde::Serialize;

use super::{subject, text};
use crate::domain::{
    alert::{Alert, Stage},
    assignment::{Assignment, Step},
    event::{Correction, Event, TimePoint},
    id::AlertId,
    rejection::Rejection,
    state::State,
    time::Timestamp,
};

/// Sets a time point; `new: None` empties one that never was.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CorrectTimePoint {
    pub alert: AlertId,
    pub point: TimePoint,
    pub new: Option<Timestamp>,
    pub reason: String,
}

impl CorrectTimePoint {
    pub(super) fn decide(&self, state: &State, now: Timestamp) -> Result<Vec<Event>, Rejection> {
        let alert = subject::alert(state, self.alert)?;
        if matches!(alert.stage(), Stage::Merged | Stage::Cancelled) {
            return Err(Rejection::AlertCancelled);
        }
        let reason = text::reason(&self.reason)?;
        let old = alert.point(self.point);
        if old == self.new {
            return Err(Rejection::AlertUnchanged);
        }
        if self.new.is_some_and(|new| new > now) {
            return Err(Rejection::InstantInFuture);
        }
        self.check_presence(alert, old)?;
        self.check_order(alert)?;
        let correction = Correction { point: self.point, old, new: self.new, reason };
        Ok(vec![Event::TimePointCorrected { alert: alert.id, correction: Box::new(correction) }])
    }

    /// Points that bind a unit or end an alert can be moved, not made or taken away.
    fn check_presence(&self, alert: &Alert, old: Option<Timestamp>) -> Result<(), Rejection> {
        let bound = match self.point {
            TimePoint::Occurred | TimePoint::Reported => false,
            TimePoint::Received | TimePoint::Resolved => true,
            TimePoint::Dispatched { assignment } => {
                alert.assignment(assignment).ok_or(Rejection::AssignmentUnknown)?;
                true
            }
            TimePoint::Step { assignment, step } => {
                alert.assignment(assignment).ok_or(Rejection::AssignmentUnknown)?;
                step == Step::Clear
            }
        };
        if bound && (old.is_none() || self.new.is_none()) {
            return Err(Rejection::TimePointMissing);
        }
        Ok(())
    }

    fn check_order(&self, alert: &Alert) -> Result<(), Rejection> {
        let Some(new) = self.new else { return Ok(()) };
        let in_order = match self.point {
            TimePoint::Occurred => alert.reported_at.is_none_or(|reported| new <= reported),
            TimePoint::Reported => alert.occurred_at.is_none_or(|occurred| occurred <= new),
            TimePoint::Received => alert.first_dispatched_at().is_none_or(|first| new <= first),
            TimePoint::Resolved => alert.received_at <= new,
            TimePoint::Dispatched { assignment } => {
                let assignment = alert.assignment(assignment);
                alert.received_at <= new
                    && assignment
                        .is_some_and(|assignment| points(assignment).all(|(_, at)| new <= at))
            }
            TimePoint::Step { assignment, step } => {
                alert.assignment(assignment).is_some_and(|assignment| {
                    assignment.dispatched_at.is_none_or(|dispatched| dispatched <= new)
                        && points(assignment).all(|(other, at)| match other.cmp(&step) {
                            std::cmp::Ordering::Less => at <= new,
                            std::cmp::Ordering::Equal => true,
                            std::cmp::Ordering::Greater => new <= at,
                        })
                })
            }
        };
        if in_order { Ok(()) } else { Err(Rejection::InstantOutOfOrder) }
    }
}

fn points(assignment: &Assignment) -> impl Iterator<Item = (Step, Timestamp)> + '_ {
    [Step::Deliver, Step::Acknowledge, Step::EnRoute, Step::Arrive, Step::Clear]
        .into_iter()
        .filter_map(|step| Some((step, assignment.point(step)?)))
}
