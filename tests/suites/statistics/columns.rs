//! The columns against the naive second implementation, on histories by chance.

use std::sync::Arc;

use campus_dispatch::{
    domain::{Alert, Timestamp, Within, district::School},
    statistics::{Behind, Columns, Figure, Query, ResponseRow},
};
use proptest::prelude::*;
use serde_json::Value;

use super::{chance::Chance, naive};

/// Small segments, so that a short history fills, splits and rewrites several.
fn small() -> Columns {
    Columns::of_sizes(9, 40)
}

/// What the columns and the naive implementation say of one state.
struct Both {
    columns: Columns,
    alerts: Vec<Arc<Alert>>,
    schools: Vec<Arc<School>>,
    now: Timestamp,
}

impl Both {
    /// After so many steps, the columns kept up change by change.
    fn after(chance: &mut Chance, steps: usize) -> Self {
        Self::in_columns(small(), chance, steps)
    }

    fn in_columns(mut columns: Columns, chance: &mut Chance, steps: usize) -> Self {
        chance.state.schools.values().for_each(|school| columns.define_school(school));
        for _ in 0..steps {
            chance.goes_on().iter().for_each(|change| columns.apply(change));
        }
        let alerts = chance.state.alerts.values().cloned().collect();
        let schools = chance.state.schools.values().cloned().collect();
        Self { columns, alerts, schools, now: chance.now() }
    }

    fn naive(&self, query: &Query) -> Value {
        naive::response(&self.alerts, &self.schools, query, self.now)
    }
}

/// Every figure of a row, with its name and limit.
fn figures_of(row: &ResponseRow) -> Vec<(Figure, Option<Within>, usize)> {
    use Figure::*;
    let out = &row.left_out;
    let plain = [
        (Alerts, row.alerts),
        (N, row.n),
        (Met, row.met),
        (Late, row.late),
        (Missed, row.missed),
        (Breaching, row.breaching),
        (Excused, row.excused),
        (Test, out.test),
        (Merged, out.merged),
        (Inquiry, out.inquiry),
        (EndedEarly, out.ended_early),
        (Advisory, out.advisory),
        (Pending, out.pending),
        (Needed, row.arrivals.needed),
        (Valid, row.endings.valid),
        (FalseAlarm, row.endings.false_alarm),
        (Malicious, row.endings.malicious),
        (Duplicate, row.endings.duplicate),
        (Declined, row.endings.declined),
        (Reopened, row.endings.reopened),
        (Response, row.response.n),
        (Handling, row.handling.n),
        (Acknowledgement, row.acknowledgement.n),
        (Turnout, row.turnout.n),
        (Travel, row.travel.n),
        (Control, row.control.n),
        (FirstFeedback, row.first_feedback.n),
        (ResultFeedback, row.result_feedback.n),
        (Close, row.close.n),
    ];
    let arrived = row
        .arrivals
        .within
        .iter()
        .map(|it| (Needed, Some(Within::from_seconds(i64::from(it.minutes) * 60)), it.count));
    let buckets = [
        (Acknowledgement, &row.buckets.acknowledgement),
        (Turnout, &row.buckets.turnout),
        (ResultFeedback, &row.buckets.feedback),
        (Response, &row.buckets.arrival),
    ];
    let buckets = buckets.into_iter().flat_map(|(figure, buckets)| {
        let limit = |seconds| Some(Within::from_seconds(seconds));
        buckets.iter().map(move |it| (figure, limit(it.within_seconds), it.count))
    });
    plain
        .map(|(figure, count)| (figure, None, count))
        .into_iter()
        .chain(arrived)
        .chain(buckets)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    /// Blocks that a period or a day covers are counted whole, which short segments never are.
    #[test]
    fn segments_of_many_blocks_answer_as_the_naive_implementation(seed: u64) {
        let mut chance = Chance::of(seed);
        let both = Both::in_columns(Columns::of_sizes(400, 1_500), &mut chance, 2_500);
        for _ in 0..24 {
            let query = chance.question();
            let figures = both.columns.response(&query, both.now);
            prop_assert_eq!(serde_json::to_value(figures).unwrap(), both.naive(&query), "{:?}", query);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn columns_kept_up_by_changes_answer_as_the_naive_implementation(seed: u64) {
        let mut chance = Chance::of(seed);
        let both = Both::after(&mut chance, 300);
        prop_assert_eq!(both.columns.alerts(), both.alerts.len());
        for _ in 0..12 {
            let query = chance.question();
            let figures = both.columns.response(&query, both.now);
            prop_assert_eq!(serde_json::to_value(figures).unwrap(), both.naive(&query), "{:?}", query);
        }
    }

    #[test]
    fn columns_built_of_a_state_answer_as_those_kept_up(seed: u64) {
        let mut chance = Chance::of(seed);
        let both = Both::after(&mut chance, 200);
        let built = Columns::of_state(&chance.state);
        for _ in 0..6 {
            let query = chance.question();
            let (one, other) = (built.response(&query, both.now), both.columns.response(&query, both.now));
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn behind_every_figure_stand_as_many_alerts_as_it_says(seed: u64) {
        let mut chance = Chance::of(seed);
        let both = Both::after(&mut chance, 200);
        let query = chance.question();
        let figures = both.columns.response(&query, both.now);
        for row in figures.rows.iter().chain([&figures.total]) {
            for (figure, within, count) in figures_of(row) {
                let behind = Behind { figure, within, group: row.group.as_deref() };
                let listed = both.columns.alerts_of(&query, behind, both.now);
                prop_assert_eq!(listed.len(), count, "{:?} in {:?}", behind, query);
            }
        }
    }

    #[test]
    fn a_profile_has_the_percentiles_of_the_whole_answer(seed: u64) {
        let mut chance = Chance::of(seed);
        let both = Both::after(&mut chance, 300);
        for measure in campus_dispatch::statistics::Measure::ALL {
            let query = chance.question();
            let rows = both.columns.response(&query, both.now).rows;
            let profile = both.columns.profile(&query, measure, [50, 90, 95, 99], both.now);
            prop_assert_eq!(rows.len(), profile.len());
            for (row, profile) in rows.iter().zip(&profile) {
                let spans = row.of(measure);
                let percentiles = [spans.p50_ms, spans.p90_ms, spans.p95_ms, spans.p99_ms];
                prop_assert_eq!(profile.percentiles_ms, percentiles);
                prop_assert_eq!(
                    (row.group.as_ref(), row.n, row.met, spans.n, spans.max_ms),
                    (Some(&profile.group), profile.n, profile.met, profile.measured, profile.max_ms)
                );
            }
        }
    }
}

#[test]
fn chance_brings_every_verdict_and_every_reason_to_leave_out() {
    let mut chance = Chance::of(7);
    let both = Both::after(&mut chance, 3_000);
    let period = Query {
        from: Timestamp::default(),
        to: Timestamp::from_millis(i64::MAX / 2),
        filter: Default::default(),
        grouping: Default::default(),
    };
    let of = |mode| {
        let mut query = period.clone();
        query.filter.mode = mode;
        both.columns.response(&query, both.now).total
    };
    use campus_dispatch::domain::classification::Mode;
    let (actual, test) = (of(Mode::Actual), of(Mode::Test));
    for (figure, within, count) in figures_of(&actual) {
        if within.is_none() && ![Figure::Test, Figure::Pending, Figure::Breaching].contains(&figure)
        {
            assert!(count > 0, "no {figure:?}");
        }
    }
    assert!(actual.left_out.pending + actual.breaching > 0 && test.left_out.test > 0);
}
