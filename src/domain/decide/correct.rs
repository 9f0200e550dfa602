//! Correct: a supervisor sets a time point right. The original stays readable.

use std::cmp::Ordering;

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
        match alert.stage() {
            Stage::Merged => return Err(Rejection::AlertMerged),
            Stage::Cancelled => return Err(Rejection::AlertCancelled),
            _ => {}
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
        if self.new.is_some_and(|new| !self.is_in_order(alert, new)) {
            return Err(Rejection::InstantOutOfOrder);
        }
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

    fn is_in_order(&self, alert: &Alert, new: Timestamp) -> bool {
        let from = |earliest: Option<Timestamp>| earliest.is_none_or(|earliest| earliest <= new);
        let until = |latest: Option<Timestamp>| latest.is_none_or(|latest| new <= latest);
        match self.point {
            TimePoint::Occurred => until(alert.reported_at) && until(Some(alert.received_at)),
            TimePoint::Reported => from(alert.occurred_at) && until(Some(alert.received_at)),
            TimePoint::Received => {
                from(alert.reported_at)
                    && from(alert.occurred_at)
                    && until(alert.first_dispatched_at())
                    && until(alert.ended_at())
            }
            TimePoint::Resolved => from(Some(alert.received_at)) && until(alert.closed_at),
            TimePoint::Dispatched { assignment } => {
                from(Some(alert.received_at))
                    && alert.assignment(assignment).is_some_and(|assignment| {
                        until(assignment.withdrawn_at())
                            && points(assignment).all(|(_, at)| until(Some(at)))
                    })
            }
            TimePoint::Step { assignment, step } => {
                alert.assignment(assignment).is_some_and(|assignment| {
                    from(assignment.dispatched_at)
                        && until(assignment.withdrawn_at())
                        && points(assignment).all(|(other, at)| match other.cmp(&step) {
                            Ordering::Less => from(Some(at)),
                            Ordering::Equal => true,
                            Ordering::Greater => until(Some(at)),
                        })
                })
            }
        }
    }
}

fn points(assignment: &Assignment) -> impl Iterator<Item = (Step, Timestamp)> + '_ {
    [Step::Deliver, Step::Acknowledge, Step::EnRoute, Step::Arrive, Step::Clear]
        .into_iter()
        .filter_map(|step| Some((step, assignment.point(step)?)))
}
