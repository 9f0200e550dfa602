//! Percentiles by nearest rank, exact.

use serde::Serialize;

use crate::domain::Within;

/// Below this many values a percentile says nothing; the count and the maximum do.
pub(super) const ENOUGH: usize = 10;

/// Where the nearest rank of a percentage lies among `n` sorted values, at least one: at the
/// smallest value that so many percent do not exceed.
pub(super) const fn rank(n: usize, percent: usize) -> usize {
    (n * percent).div_ceil(100) - 1
}

/// The distribution of one interval, in milliseconds. Percentiles are `None` below 10 values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Percentiles {
    pub n: usize,
    pub p50_ms: Option<i64>,
    pub p90_ms: Option<i64>,
    pub p95_ms: Option<i64>,
    pub p99_ms: Option<i64>,
    pub max_ms: Option<i64>,
}

impl Percentiles {
    /// Of these spans, in any order. A negative span is an error of a record and is left out.
    pub fn of(spans: impl IntoIterator<Item = Within>) -> Self {
        let mut spans: Vec<i64> =
            spans.into_iter().map(Within::millis).filter(|span| *span >= 0).collect();
        spans.sort_unstable();
        let n = spans.len();
        let at = |percent| (n >= ENOUGH).then(|| spans[rank(n, percent)]);
        Self {
            n,
            p50_ms: at(50),
            p90_ms: at(90),
            p95_ms: at(95),
            p99_ms: at(99),
            max_ms: spans.last().copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Percentiles;
    use crate::domain::Within;

    fn of(spans: impl IntoIterator<Item = i64>) -> Percentiles {
        Percentiles::of(spans.into_iter().map(Within::from_millis))
    }

    #[test]
    fn nearest_rank_picks_a_value_that_occurred() {
        let figures = of((1..=100).rev());
        assert_eq!(
            (figures.p50_ms, figures.p90_ms, figures.p95_ms, figures.p99_ms, figures.max_ms),
            (Some(50), Some(90), Some(95), Some(99), Some(100))
        );
    }

    #[test]
    fn nearest_rank_rounds_the_rank_up() {
        assert_eq!(of(1..=11).p50_ms, Some(6));
        assert_eq!(of(1..=11).p90_ms, Some(10));
    }

    #[test]
    fn fewer_than_ten_values_give_the_count_and_the_maximum_only() {
        let figures = of([5, 3, 9]);
        assert_eq!((figures.n, figures.p50_ms, figures.max_ms), (3, None, Some(9)));
    }

    #[test]
    fn no_value_gives_no_figure() {
        assert_eq!(of([]), Percentiles::default());
    }

    #[test]
    fn a_negative_span_is_left_out() {
        assert_eq!(of([-6_141_000, 5]).n, 1);
    }
}
