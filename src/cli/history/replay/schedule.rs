//! From records to acts: what gateway, operator and units did when, in order. A pure function, so
//! that a whole file is played on virtual time in tests.
//!
//! The live path knows no record it could not have written itself, so a few points are bent: an act
//! never comes before the one it follows. Arrivals are kept true where anything is.

use std::collections::BTreeMap;

use super::cast::{self, Cast};
use crate::{
    cli::history::report::HistoricCall,
    domain::{
        Timestamp, Within,
        assignment::{Assignment, Step},
        limit::UNITS_PER_DISPATCH_MAX,
    },
};

/// Something somebody did, at its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    pub at: Timestamp,
    /// The call, as an index into the schedule's calls.
    pub call: usize,
    pub deed: Deed,
}

/// What was done. A leg is one unit's part of a call, as an index into its assignments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    Raise,
    Dispatch { legs: Vec<usize> },
    Acknowledge { leg: usize },
    GoEnRoute { leg: usize },
    Arrive { leg: usize },
    Clear { leg: usize },
    CallBack { leg: usize },
    Resolve,
    Close,
}

/// A file's acts, in order, with the units they need.
#[derive(Clone, Debug)]
pub struct Schedule {
    pub calls: Vec<HistoricCall>,
    pub acts: Vec<Act>,
    pub cast: Cast,
    /// Points that had to be moved to keep the order of things.
    pub moved: usize,
    /// Points that lie after one that they lead to, and units without any point.
    pub left_out: usize,
    /// Units sent at their first known point, since their dispatch is not known.
    pub supposed_dispatches: usize,
}

/// Lays out the acts of some calls.
pub fn schedule(calls: Vec<HistoricCall>) -> Schedule {
    let mut draft = Draft::default();
    for (index, call) in calls.iter().enumerate() {
        draft.lay_out(index, call);
    }
    // Between acts of one instant: what was done to a call in its own order, calls in theirs.
    draft.acts.sort_by(|a, b| (a.at, a.call, &a.deed).cmp(&(b.at, b.call, &b.deed)));
    let cast = cast::cast(&calls, &draft.spans);
    let Draft { acts, moved, left_out, supposed_dispatches, .. } = draft;
    Schedule { calls, acts, cast, moved, left_out, supposed_dispatches }
}

/// When a leg binds its unit; without an end where the unit never came free.
pub type Spans = BTreeMap<(usize, usize), (Timestamp, Option<Timestamp>)>;

#[derive(Default)]
struct Draft {
    acts: Vec<Act>,
    spans: Spans,
    moved: usize,
    left_out: usize,
    supposed_dispatches: usize,
}

/// One unit's points, bent into order.
struct Leg {
    index: usize,
    dispatched: Timestamp,
    acknowledged: Option<Timestamp>,
    en_route: Option<Timestamp>,
    arrived: Option<Timestamp>,
    ended: Option<Timestamp>,
}

impl Draft {
    fn lay_out(&mut self, call: usize, record: &HistoricCall) {
        let alert = &record.alert;
        let legs: Vec<Leg> = alert
            .assignments
            .iter()
            .enumerate()
            .filter_map(|(index, sent)| self.leg(index, sent, alert.received_at))
            .collect();
        let last = legs.iter().map(Leg::last).fold(alert.received_at, Timestamp::max);
        let all_ended = legs.iter().map(|leg| leg.ended).collect::<Option<Vec<_>>>();
        let stood_down = all_ended.filter(|ended| !ended.is_empty()).map(|_| last);
        let ended = alert.closed_at.or(stood_down).map(|at| self.not_before(at, last));

        self.push(alert.received_at, call, Deed::Raise);
        self.dispatch(call, &legs);
        for leg in legs {
            let end = leg.ended.or(ended);
            self.spans.insert((call, leg.index), (leg.dispatched, end));
            self.steps(call, &leg, ended);
        }
        if let Some(at) = ended {
            self.push(at, call, Deed::Resolve);
            self.push(at, call, Deed::Close);
        }
    }

    fn leg(&mut self, index: usize, sent: &Assignment, received: Timestamp) -> Option<Leg> {
        let steps = [Step::Acknowledge, Step::EnRoute, Step::Arrive, Step::Clear];
        let first_known = steps.into_iter().filter_map(|step| sent.point(step)).min();
        let Some(told) = sent.dispatched_at.or(first_known) else {
            self.left_out += 1;
            return None;
        };
        self.supposed_dispatches += usize::from(sent.dispatched_at.is_none());
        let arrived = sent.arrived_at.map(|at| self.not_before(at, received));
        let dispatched = arrived.map_or(told, |arrived| told.min(arrived));
        self.moved += usize::from(dispatched != told);
        let dispatched = self.not_before(dispatched, received);
        // What leads to the arrival must lie before it; where nobody arrived, before the end.
        let goal = arrived.or(sent.cleared_at);
        let mut lead = |point: Option<Timestamp>, from: Timestamp| {
            let fits = |at: &Timestamp| *at >= from && goal.is_none_or(|goal| *at <= goal);
            let kept = point.filter(fits);
            self.left_out += usize::from(point.is_some() && kept.is_none());
            kept
        };
        let acknowledged = lead(sent.acknowledged_at, dispatched);
        let en_route = lead(sent.en_route_at, acknowledged.unwrap_or(dispatched));
        let last = [Some(dispatched), acknowledged, en_route, arrived].into_iter().flatten().max();
        let ended = sent.cleared_at.map(|at| self.not_before(at, last.unwrap_or(dispatched)));
        Some(Leg { index, dispatched, acknowledged, en_route, arrived, ended })
    }

    /// Units sent at one instant are sent by one command.
    fn dispatch(&mut self, call: usize, legs: &[Leg]) {
        let mut waves = BTreeMap::<Timestamp, Vec<usize>>::new();
        for leg in legs {
            waves.entry(leg.dispatched).or_default().push(leg.index);
        }
        for (at, wave) in waves {
            for legs in wave.chunks(UNITS_PER_DISPATCH_MAX) {
                self.push(at, call, Deed::Dispatch { legs: legs.to_vec() });
            }
        }
    }

    fn steps(&mut self, call: usize, leg: &Leg, call_ended: Option<Timestamp>) {
        let index = leg.index;
        let mut take = |at: Option<Timestamp>, deed: Deed| {
            if let Some(at) = at {
                self.push(at, call, deed);
            }
        };
        take(leg.acknowledged, Deed::Acknowledge { leg: index });
        take(leg.en_route, Deed::GoEnRoute { leg: index });
        take(leg.arrived, Deed::Arrive { leg: index });
        match leg.arrived {
            // A unit on scene clears at the latest when its call is closed.
            Some(_) => take(leg.ended.or(call_ended), Deed::Clear { leg: index }),
            None => take(leg.ended, Deed::CallBack { leg: index }),
        }
    }

    fn push(&mut self, at: Timestamp, call: usize, deed: Deed) {
        self.acts.push(Act { at, call, deed });
    }

    fn not_before(&mut self, at: Timestamp, floor: Timestamp) -> Timestamp {
        self.moved += usize::from(at < floor);
        at.max(floor)
    }
}

impl Leg {
    fn last(&self) -> Timestamp {
        let later = [self.acknowledged, self.en_route, self.arrived, self.ended];
        later.into_iter().flatten().fold(self.dispatched, Timestamp::max)
    }
}

/// When each act is due, counted from the first, in order.
///
/// `longest_gap` shortens silences of the record; the intervals that run over them shrink with it.
pub fn pace(acts: &[Act], speed: f64, longest_gap: Option<Within>) -> Vec<std::time::Duration> {
    let mut due = Within::default();
    let mut before = acts.first().map(|act| act.at);
    let mut offsets = Vec::with_capacity(acts.len());
    for act in acts {
        let gap = before.map_or(Within::default(), |before| act.at - before);
        let gap = longest_gap.map_or(gap, |longest| gap.min(longest));
        due = Within::from_millis(due.millis() + gap.millis());
        before = Some(act.at);
        let seconds = due.millis() as f64 / 1000.0 / speed;
        offsets.push(std::time::Duration::try_from_secs_f64(seconds).unwrap_or_default());
    }
    offsets
}
