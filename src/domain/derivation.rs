//! How a verdict came about: for every clock the record that started it and the one that ended it,
//! and for the whole alert where the time went. Nothing is judged here; [`super::verdict`] is, and
//! this only shows what it rests on.

use super::{
    alert::Alert,
    assignment::{Assignment, Step},
    event::{Event, TimePoint},
    id::{AlertId, AssignmentId},
    policy::{ClockRule, StartPoint},
    record::{Record, Seq},
    time::Timestamp,
    verdict::ClockReading,
};

/// One clock with everything its verdict rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Derivation {
    pub rule: ClockRule,
    pub reading: ClockReading,
    /// What started it; `None` while it has not.
    pub start: Option<Mark>,
    /// What reached its end point.
    pub end: Option<Mark>,
    /// What ended the alert while the end point was not reached.
    pub ended: Option<Mark>,
    /// The record that excused it.
    pub excused: Option<Seq>,
}

/// An instant, and the record it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub at: Timestamp,
    pub seq: Seq,
    /// Whose step it is.
    pub assignment: Option<AssignmentId>,
    /// The alert that was merged in, where its receipt is what counts.
    pub child: Option<AlertId>,
    /// What stood here before a supervisor corrected it.
    pub original: Option<Timestamp>,
}

/// A point on an alert's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waypoint {
    Received,
    Dispatched,
    Acknowledged,
    EnRoute,
    Arrived,
    Cleared,
    Resolved,
    Closed,
    Cancelled,
}

/// The time between two neighbouring points of an alert's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    pub from: Waypoint,
    pub from_at: Timestamp,
    /// `None` while it goes on.
    pub to: Option<Waypoint>,
    pub to_at: Timestamp,
}

impl Alert {
    /// How each clock's verdict came about, the governing one first, judged as of `now`. `records`
    /// are all of this alert's, in order.
    pub fn derivations(&self, records: &[Record], now: Timestamp) -> Vec<Derivation> {
        self.rules().map(|rule| self.derive(rule, records, now)).collect()
    }

    fn derive(&self, rule: &ClockRule, records: &[Record], now: Timestamp) -> Derivation {
        let reading = self.read_clock(rule, now);
        let end = self.clock_end(rule).and_then(|(at, assignment)| {
            let step = rule.end.step();
            let origin = origin(records, TimePoint::Step { assignment, step })?;
            Some(origin.mark(at, Some(assignment)))
        });
        let ended = if reading.reached_at.is_none() { self.end_mark(records) } else { None };
        let excuses = |record: &&Record| match &record.event {
            Event::VerdictExcused { rule: excused, .. } => *excused == rule.id,
            _ => false,
        };
        Derivation {
            start: self.start_mark(rule.start, records),
            end,
            ended,
            excused: records.iter().find(excuses).map(|record| record.seq),
            rule: rule.clone(),
            reading,
        }
    }

    fn start_mark(&self, start: StartPoint, records: &[Record]) -> Option<Mark> {
        match start {
            StartPoint::Received => self.receipt_mark(records),
            StartPoint::Reported => match self.reported_at {
                Some(at) if at <= self.started_at() => {
                    Some(origin(records, TimePoint::Reported)?.mark(at, None))
                }
                _ => self.receipt_mark(records),
            },
            StartPoint::Dispatched => {
                let dispatched = |one: &Assignment| Some((one.dispatched_at?, one.id));
                let (at, assignment) = self.assignments.iter().filter_map(dispatched).min()?;
                let origin = origin(records, TimePoint::Dispatched { assignment })?;
                Some(origin.mark(at, Some(assignment)))
            }
        }
    }

    /// The earliest receipt among it and what was merged into it.
    fn receipt_mark(&self, records: &[Record]) -> Option<Mark> {
        let at = self.started_at();
        if at == self.received_at {
            return Some(origin(records, TimePoint::Received)?.mark(at, None));
        }
        let (child, _) = *self.merged.iter().find(|(_, received_at)| *received_at == at)?;
        let joins = |record: &&Record| match &record.event {
            Event::AlertJoined { child: joined, .. } => *joined == child,
            _ => false,
        };
        let seq = records.iter().rev().find(joins)?.seq;
        Some(Mark { at, seq, assignment: None, child: Some(child), original: None })
    }

    /// The first of resolved, closed and cancelled.
    fn end_mark(&self, records: &[Record]) -> Option<Mark> {
        let at = self.ended_at()?;
        if self.resolved_at == Some(at) {
            return Some(origin(records, TimePoint::Resolved)?.mark(at, None));
        }
        let ends = |record: &&Record| {
            matches!(
                record.event,
                Event::AlertClosed { .. } | Event::AlertCancelled { .. } | Event::AlertImported(_)
            )
        };
        let seq = records.iter().rev().find(ends)?.seq;
        Some(Mark { at, seq, assignment: None, child: None, original: None })
    }

    /// Where the time went, from the receipt to the end or to `now`, along the assignment that
    /// reached the governing clock, else the first that arrived, else the first that was sent. A
    /// point that is not known is passed over.
    pub fn legs(&self, now: Timestamp) -> Vec<Leg> {
        let sent = self.leading_assignment();
        let step = |step| sent.and_then(|one| one.point(step));
        let known = [
            (Waypoint::Received, Some(self.started_at())),
            (Waypoint::Dispatched, sent.and_then(|one| one.dispatched_at)),
            (Waypoint::Acknowledged, step(Step::Acknowledge)),
            (Waypoint::EnRoute, step(Step::EnRoute)),
            (Waypoint::Arrived, step(Step::Arrive)),
            (Waypoint::Cleared, step(Step::Clear)),
            (Waypoint::Resolved, self.resolved_at),
            (Waypoint::Closed, self.closed_at),
            (Waypoint::Cancelled, self.cancelled_at),
        ];
        let mut points: Vec<(Waypoint, Timestamp)> =
            known.into_iter().filter_map(|(point, at)| Some((point, at?))).collect();
        // A correction may have put a step before the one it followed.
        points.sort_by_key(|(point, at)| (*at, *point));
        let mut legs: Vec<Leg> = points
            .windows(2)
            .map(|pair| {
                let ((from, from_at), (to, to_at)) = (pair[0], pair[1]);
                Leg { from, from_at, to: Some(to), to_at }
            })
            .collect();
        if self.stage().is_open()
            && let Some((from, from_at)) = points.last().copied()
        {
            legs.push(Leg { from, from_at, to: None, to_at: now.max(from_at) });
        }
        legs
    }

    fn leading_assignment(&self) -> Option<&Assignment> {
        let governing = self.selection.governing.as_ref().and_then(|id| self.policy.rule(id));
        let reached = governing.and_then(|rule| self.clock_end(rule));
        let arrived = || {
            let police = self.assignments.iter().filter(|one| one.unit_kind.is_police());
            police.filter_map(|one| Some((one.arrived_at?, one.id))).min()
        };
        let sent =
            || self.assignments.iter().filter_map(|one| Some((one.dispatched_at?, one.id))).min();
        let (_, id) = reached.or_else(arrived).or_else(sent)?;
        self.assignment(id)
    }
}

/// Where a time point's value comes from.
#[derive(Clone, Copy)]
struct Origin {
    seq: Seq,
    original: Option<Timestamp>,
}

impl Origin {
    fn mark(self, at: Timestamp, assignment: Option<AssignmentId>) -> Mark {
        let original = self.original.filter(|original| *original != at);
        Mark { at, seq: self.seq, assignment, child: None, original }
    }
}

/// The last record that set a time point, and what stood there before its first correction.
fn origin(records: &[Record], point: TimePoint) -> Option<Origin> {
    let mut found: Option<Origin> = None;
    for record in records {
        if let Event::TimePointCorrected { correction, .. } = &record.event {
            if correction.point == point {
                let before = found.and_then(|origin| origin.original).or(correction.old);
                found = Some(Origin { seq: record.seq, original: before });
            }
        } else if sets(&record.event, point) {
            found = Some(Origin { seq: record.seq, original: None });
        }
    }
    found
}

/// Whether an event, other than a correction, is where a time point comes from.
fn sets(event: &Event, point: TimePoint) -> bool {
    use Event::*;
    match (event, point) {
        // Everything another system told stands in one record.
        (AlertImported(_), _) => true,
        (AlertRaised(_), TimePoint::Occurred | TimePoint::Reported | TimePoint::Received)
        | (AlertResolved { .. }, TimePoint::Resolved) => true,
        (UnitDispatched(sent), TimePoint::Dispatched { assignment }) => {
            sent.assignment == assignment
        }
        (AssignmentDelivered(taken), TimePoint::Step { assignment, step: Step::Deliver })
        | (
            AssignmentAcknowledged(taken),
            TimePoint::Step { assignment, step: Step::Acknowledge },
        )
        | (AssignmentWentEnRoute(taken), TimePoint::Step { assignment, step: Step::EnRoute })
        | (AssignmentArrived(taken), TimePoint::Step { assignment, step: Step::Arrive })
        | (AssignmentCleared(taken), TimePoint::Step { assignment, step: Step::Clear }) => {
            taken.assignment == assignment
        }
        _ => false,
    }
}
