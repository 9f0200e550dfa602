//! Response times and on-time rates, whole and by group.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use serde::Serialize;

use super::{
    bucket::{self, Buckets},
    fact::{Fact, LeftOut},
    group::Grouping,
    interval::wilson,
    percentile::Percentiles,
    query::Query,
};
use crate::{
    domain::{
        Alert, State, Timestamp, Verdict, Within,
        district::School,
        id::{SchoolId, UnitId},
        policy::PolicyRef,
    },
    engine::Board,
};

/// The arrival rates a table prints, in minutes.
const ARRIVAL_MINUTES: [u32; 5] = [1, 3, 5, 8, 10];

/// The answer to a [`Query`], with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResponseStatistics {
    pub from: Timestamp,
    pub to: Timestamp,
    /// As of when open alerts were judged.
    pub at: Timestamp,
    pub policies: Vec<PolicyShare>,
    pub total: ResponseRow,
    /// The equal period before, with the same filter.
    pub before: Before,
    pub rows: Vec<ResponseRow>,
}

/// The equal period before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Before {
    pub from: Timestamp,
    pub to: Timestamp,
    pub total: ResponseRow,
}

/// How many of the alerts one policy judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyShare {
    #[serde(flatten)]
    pub policy: PolicyRef,
    pub alerts: usize,
}

/// The figures of one group.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ResponseRow {
    /// The group's code; `None` for the total.
    pub group: Option<String>,
    /// Alerts received in the period that pass the filter.
    pub alerts: usize,
    /// Counted in the on-time rate; the rest is in `left_out`.
    pub n: usize,
    pub left_out: LeftOutCounts,
    pub met: usize,
    pub late: usize,
    pub missed: usize,
    pub breaching: usize,
    pub excused: usize,
    /// Met ÷ n; `None` when n is 0.
    pub on_time_rate: Option<f64>,
    /// Met ÷ (n − excused); `None` when that is 0.
    pub adjusted_rate: Option<f64>,
    /// Wilson's 95 % intervals of the two rates.
    pub on_time_interval: Option<[f64; 2]>,
    pub adjusted_interval: Option<[f64; 2]>,
    pub response: Percentiles,
    pub handling: Percentiles,
    pub acknowledgement: Percentiles,
    pub turnout: Percentiles,
    pub travel: Percentiles,
    pub control: Percentiles,
    pub first_feedback: Percentiles,
    pub result_feedback: Percentiles,
    pub close: Percentiles,
    pub arrivals: Arrivals,
    pub buckets: Buckets,
}

/// How many alerts were left out of the rate, by reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOutCounts {
    pub test: usize,
    pub merged: usize,
    pub inquiry: usize,
    pub ended_early: usize,
    pub advisory: usize,
    pub pending: usize,
}

/// Arrivals within N minutes of receipt, and the alerts that needed one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Arrivals {
    pub needed: usize,
    pub within: Vec<ArrivalsWithin>,
}

/// Arrivals within a number of minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArrivalsWithin {
    pub minutes: u32,
    pub count: usize,
}

/// Answers a query from the board, judging open alerts as of `now`.
pub fn response(board: &Board, query: &Query, now: Timestamp) -> ResponseStatistics {
    let alerts: Vec<_> = board.alerts_before(None).collect();
    answer(&alerts, board.schools(), query, now)
}

/// Answers a query from a state read from a data directory: the same figures as [`response`].
pub fn response_of(state: &State, query: &Query, now: Timestamp) -> ResponseStatistics {
    let alerts: Vec<_> = state.alerts.values().cloned().collect();
    answer(&alerts, state.schools.values().cloned(), query, now)
}

fn answer(
    alerts: &[Arc<Alert>],
    schools: impl IntoIterator<Item = Arc<School>>,
    query: &Query,
    now: Timestamp,
) -> ResponseStatistics {
    let schools: HashMap<SchoolId, Arc<School>> =
        schools.into_iter().map(|school| (school.id.clone(), school)).collect();
    let (mut total, mut before) = (Gathering::default(), Gathering::default());
    let mut groups = BTreeMap::<String, Gathering>::new();
    let mut policies = BTreeMap::<PolicyRef, usize>::new();
    let earlier = query.before();
    for alert in alerts {
        let school = alert.school.as_ref().and_then(|id| schools.get(id)).map(Arc::as_ref);
        if earlier.matches(alert, school) {
            before.add(&Fact::of_unit(alert, query.filter.unit.as_ref(), now));
        }
        if !query.matches(alert, school) {
            continue;
        }
        let fact = Fact::of_unit(alert, query.filter.unit.as_ref(), now);
        *policies.entry(alert.selection.policy.clone()).or_default() += 1;
        match units_of(alert, query) {
            Some(units) => units.into_iter().for_each(|unit| {
                let row = groups.entry(unit.to_string()).or_default();
                row.add(&Fact::of_unit(alert, Some(unit), now));
            }),
            None => groups.entry(query.grouping.key(alert, school)).or_default().add(&fact),
        }
        total.add(&fact);
    }
    ResponseStatistics {
        from: query.from,
        to: query.to,
        at: now,
        policies: policies
            .into_iter()
            .map(|(policy, alerts)| PolicyShare { policy, alerts })
            .collect(),
        total: total.row(None),
        before: Before { from: earlier.from, to: earlier.to, total: before.row(None) },
        rows: groups.into_iter().map(|(group, gathering)| gathering.row(Some(group))).collect(),
    }
}

/// The units whose rows an alert counts in, where figures are set side by side by unit.
fn units_of<'a>(alert: &'a Alert, query: &Query) -> Option<BTreeSet<&'a UnitId>> {
    let asked = query.filter.unit.as_ref();
    let sent = alert.assignments.iter().map(|assignment| &assignment.unit);
    let units: BTreeSet<_> = sent.filter(|unit| asked.is_none_or(|asked| asked == *unit)).collect();
    (query.grouping == Grouping::Unit && !units.is_empty()).then_some(units)
}

/// What a row is made of, gathered alert by alert.
#[derive(Default)]
pub(super) struct Gathering {
    row: ResponseRow,
    response: Vec<Within>,
    handling: Vec<Within>,
    acknowledgement: Vec<Within>,
    turnout: Vec<Within>,
    travel: Vec<Within>,
    control: Vec<Within>,
    first_feedback: Vec<Within>,
    result_feedback: Vec<Within>,
    close: Vec<Within>,
    arrived: Vec<Within>,
}

impl Gathering {
    pub(super) fn add(&mut self, fact: &Fact) {
        let row = &mut self.row;
        row.alerts += 1;
        let counter = match fact.counted {
            Ok(Verdict::Met) => &mut row.met,
            Ok(Verdict::Late) => &mut row.late,
            Ok(Verdict::Breaching) => &mut row.breaching,
            Ok(Verdict::Excused) => &mut row.excused,
            Ok(Verdict::Missed | Verdict::Pending | Verdict::NotApplicable) => &mut row.missed,
            Err(LeftOut::Test) => &mut row.left_out.test,
            Err(LeftOut::Merged) => &mut row.left_out.merged,
            Err(LeftOut::Inquiry) => &mut row.left_out.inquiry,
            Err(LeftOut::EndedEarly) => &mut row.left_out.ended_early,
            Err(LeftOut::Advisory) => &mut row.left_out.advisory,
            Err(LeftOut::Pending) => &mut row.left_out.pending,
        };
        *counter += 1;
        row.n += usize::from(fact.counted.is_ok());
        self.response.extend(fact.response);
        self.handling.extend(fact.handling);
        self.acknowledgement.extend(&fact.acknowledgement);
        self.turnout.extend(&fact.turnout);
        self.travel.extend(&fact.travel);
        self.control.extend(fact.control);
        self.first_feedback.extend(fact.first_feedback);
        self.result_feedback.extend(fact.result_feedback);
        self.close.extend(fact.close);
        if fact.needs_arrival {
            row.arrivals.needed += 1;
            self.arrived.extend(fact.response);
        }
    }

    pub(super) fn row(self, group: Option<String>) -> ResponseRow {
        let rate = |of: usize| (of > 0).then(|| self.row.met as f64 / of as f64);
        let within = ARRIVAL_MINUTES.map(|minutes| {
            let limit = Within::from_seconds(i64::from(minutes) * 60);
            let count = self.arrived.iter().filter(|response| **response <= limit).count();
            ArrivalsWithin { minutes, count }
        });
        ResponseRow {
            group,
            on_time_rate: rate(self.row.n),
            adjusted_rate: rate(self.row.n - self.row.excused),
            on_time_interval: wilson(self.row.met, self.row.n),
            adjusted_interval: wilson(self.row.met, self.row.n - self.row.excused),
            buckets: Buckets {
                acknowledgement: bucket::within(&bucket::ACKNOWLEDGEMENT, &self.acknowledgement),
                turnout: bucket::within(&bucket::TURNOUT, &self.turnout),
                feedback: bucket::within(&bucket::FEEDBACK, &self.result_feedback),
                arrival: bucket::within(&bucket::ARRIVAL, &self.response),
            },
            response: Percentiles::of(self.response),
            handling: Percentiles::of(self.handling),
            acknowledgement: Percentiles::of(self.acknowledgement),
            turnout: Percentiles::of(self.turnout),
            travel: Percentiles::of(self.travel),
            control: Percentiles::of(self.control),
            first_feedback: Percentiles::of(self.first_feedback),
            result_feedback: Percentiles::of(self.result_feedback),
            close: Percentiles::of(self.close),
            arrivals: Arrivals { within: within.into(), ..self.row.arrivals },
            ..self.row
        }
    }
}
