//! Response times and on-time rates, whole and by group.

use serde::Serialize;

use super::{
    bucket::{self, Buckets},
    columns::{By, Columns, Ending, Pass},
    fact::LeftOut,
    gather::{Gathered, What, gather},
    interval::wilson,
    measure::Measure,
    percentile::Percentiles,
    query::Query,
};
use crate::domain::{Timestamp, Verdict, policy::PolicyRef};

/// The arrival rates a table prints, in minutes: those of [`bucket::ARRIVAL`].
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
    pub endings: Endings,
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

/// How alerts ended; the rates are of all received ([`ResponseRow::alerts`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Endings {
    pub valid: usize,
    pub false_alarm: usize,
    pub malicious: usize,
    /// Closed as a duplicate, or merged into another.
    pub duplicate: usize,
    /// A unit declined.
    pub declined: usize,
    pub reopened: usize,
}

/// Judges open alerts as of `now`.
impl Columns {
    /// Everything about the alerts a query asks for, whole, of the equal period before, and by
    /// group.
    pub fn response(&self, query: &Query, now: Timestamp) -> ResponseStatistics {
        let earlier = query.before();
        let (first, last) = self.reach(query.from, query.to);
        let by = By::of(self, query.grouping, first, last);
        let pass = Pass::of(self, query, by, now);
        let code = |number| pass.by.code(self, number);
        let mut rows = gather(&pass, EVERYTHING, |number, it| row(Some(code(number)), it));
        rows.sort_by(|one, other| one.group.cmp(&other.group));
        ResponseStatistics {
            from: query.from,
            to: query.to,
            at: now,
            policies: self.policies(query, now),
            total: self.total(query, now),
            before: Before { from: earlier.from, to: earlier.to, total: self.total(&earlier, now) },
            rows,
        }
    }

    /// Everything about the alerts a query asks for, as one row.
    pub fn total(&self, query: &Query, now: Timestamp) -> ResponseRow {
        let pass = Pass::of(self, query, By::Whole, now);
        let mut rows = gather(&pass, EVERYTHING, |_, gathered| row(None, gathered));
        rows.pop().unwrap_or_else(|| row(None, Gathered::nothing(EVERYTHING)))
    }

    /// The policies that judged the alerts a query asks for.
    pub fn policies(&self, query: &Query, now: Timestamp) -> Vec<PolicyShare> {
        let pass = Pass::of(self, query, By::Policy, now);
        let nothing = What { measures: &[], details: false };
        let share = |number, gathered: Gathered| {
            let policy = self.policy(number)?;
            Some(PolicyShare { policy, alerts: gathered.alerts() })
        };
        let mut shares: Vec<_> = gather(&pass, nothing, share).into_iter().flatten().collect();
        shares.sort_by(|one, other| one.policy.cmp(&other.policy));
        shares
    }
}

const EVERYTHING: What<'static> = What { measures: &Measure::ALL, details: true };

/// Turns what was gathered into a table's row.
fn row(group: Option<String>, mut gathered: Gathered) -> ResponseRow {
    let of = |counted| gathered.counted(counted);
    let verdict = |verdict| of(Ok(verdict));
    let left_out = |reason| of(Err(reason));
    let (met, excused, n) = (verdict(Verdict::Met), verdict(Verdict::Excused), gathered.n());
    let details = gathered.details;
    let ending = |ending: Ending| details.endings[ending as usize] as usize;
    let arrived = ARRIVAL_MINUTES.into_iter().zip(details.arrived);
    let within = |measure: Measure, limits: &[i64]| {
        let at = Measure::ALL.iter().position(|each| *each == measure);
        at.map(|at| gathered.spans[at].within(limits)).unwrap_or_default()
    };
    ResponseRow {
        group,
        alerts: gathered.alerts(),
        n,
        left_out: LeftOutCounts {
            test: left_out(LeftOut::Test),
            merged: left_out(LeftOut::Merged),
            inquiry: left_out(LeftOut::Inquiry),
            ended_early: left_out(LeftOut::EndedEarly),
            advisory: left_out(LeftOut::Advisory),
            pending: left_out(LeftOut::Pending),
        },
        met,
        late: verdict(Verdict::Late),
        missed: verdict(Verdict::Missed),
        breaching: verdict(Verdict::Breaching),
        excused,
        on_time_rate: share(met, n),
        adjusted_rate: share(met, n - excused),
        on_time_interval: wilson(met, n),
        adjusted_interval: wilson(met, n - excused),
        arrivals: Arrivals {
            needed: details.needed as usize,
            within: arrived
                .map(|(minutes, count)| ArrivalsWithin { minutes, count: count as usize })
                .collect(),
        },
        endings: Endings {
            valid: ending(Ending::Valid),
            false_alarm: ending(Ending::FalseAlarm),
            malicious: ending(Ending::Malicious),
            duplicate: ending(Ending::Duplicate),
            declined: details.declined as usize,
            reopened: details.reopened as usize,
        },
        buckets: Buckets {
            acknowledgement: within(Measure::Acknowledgement, &bucket::ACKNOWLEDGEMENT),
            turnout: within(Measure::Turnout, &bucket::TURNOUT),
            feedback: within(Measure::ResultFeedback, &bucket::FEEDBACK),
            arrival: within(Measure::Response, &bucket::ARRIVAL),
        },
        ..distributions(&mut gathered)
    }
}

fn distributions(gathered: &mut Gathered) -> ResponseRow {
    let mut row = ResponseRow::default();
    for (measure, spans) in Measure::ALL.into_iter().zip(&mut gathered.spans) {
        *row.of_mut(measure) = spans.distribution();
    }
    row
}

/// A share of something; `None` of nothing.
pub(super) fn share(count: usize, n: usize) -> Option<f64> {
    (n > 0).then(|| count as f64 / n as f64)
}

impl ResponseRow {
    /// The distribution of a measure.
    pub fn of(&self, measure: Measure) -> &Percentiles {
        match measure {
            Measure::Response => &self.response,
            Measure::Handling => &self.handling,
            Measure::Acknowledgement => &self.acknowledgement,
            Measure::Turnout => &self.turnout,
            Measure::Travel => &self.travel,
            Measure::Control => &self.control,
            Measure::FirstFeedback => &self.first_feedback,
            Measure::ResultFeedback => &self.result_feedback,
            Measure::Close => &self.close,
        }
    }

    fn of_mut(&mut self, measure: Measure) -> &mut Percentiles {
        match measure {
            Measure::Response => &mut self.response,
            Measure::Handling => &mut self.handling,
            Measure::Acknowledgement => &mut self.acknowledgement,
            Measure::Turnout => &mut self.turnout,
            Measure::Travel => &mut self.travel,
            Measure::Control => &mut self.control,
            Measure::FirstFeedback => &mut self.first_feedback,
            Measure::ResultFeedback => &mut self.result_feedback,
            Measure::Close => &mut self.close,
        }
    }
}
