//! One measure by group: what charts are drawn from.

use serde::Serialize;

use super::{
    columns::{By, Columns, Pass},
    gather::{Gathered, What, gather},
    interval::wilson,
    measure::Measure,
    query::Query,
    response::share,
};
use crate::domain::{Timestamp, Verdict};

/// One group's on-time rate and one measure's spans.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProfileRow<const N: usize> {
    pub group: String,
    pub alerts: usize,
    /// Counted in the on-time rate.
    pub n: usize,
    pub met: usize,
    /// Met ÷ n; `None` when n is 0.
    pub on_time_rate: Option<f64>,
    /// Wilson's 95 % interval of it.
    pub on_time_interval: Option<[f64; 2]>,
    /// Spans measured.
    pub measured: usize,
    /// The percentiles asked for, in milliseconds; `None` below 10 spans.
    #[serde(serialize_with = "as_list")]
    pub percentiles_ms: [Option<i64>; N],
    pub max_ms: Option<i64>,
}

impl Columns {
    /// The on-time rate and the spans of one measure (of none: the rate alone) by group, with the
    /// percentiles at `percents`, which come in rising order. Far less work than
    /// [`Columns::response`].
    pub fn profile<const N: usize>(
        &self,
        query: &Query,
        measure: impl Into<Option<Measure>>,
        percents: [usize; N],
        now: Timestamp,
    ) -> Vec<ProfileRow<N>> {
        let (first, last) = self.reach(query.from, query.to);
        let by = By::of(self, query.grouping, first, last);
        let pass = Pass::of(self, query, by, now);
        let measure = measure.into();
        let what = What { measures: measure.as_slice(), details: false };
        let mut rows = gather(&pass, what, |number, gathered| {
            row(pass.by.code(self, number), gathered, percents)
        });
        rows.sort_by(|one, other| one.group.cmp(&other.group));
        rows
    }
}

fn row<const N: usize>(
    group: String,
    mut gathered: Gathered,
    percents: [usize; N],
) -> ProfileRow<N> {
    let (n, met) = (gathered.n(), gathered.counted(Ok(Verdict::Met)));
    let alerts = gathered.alerts();
    let mut spans = gathered.spans.pop().unwrap_or_default();
    ProfileRow {
        group,
        alerts,
        n,
        met,
        on_time_rate: share(met, n),
        on_time_interval: wilson(met, n),
        measured: spans.n(),
        max_ms: spans.max(),
        percentiles_ms: spans.percentiles(percents),
    }
}

fn as_list<S: serde::Serializer, const N: usize>(
    list: &[Option<i64>; N],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(list)
}
