//! The spans of one measure in one group, and what is asked of them.

use super::{
    bucket::Bucket,
    columns::{BEYOND, is_within, millis},
    percentile::{ENOUGH, Percentiles, rank},
};

/// Codes of measured spans, in any order.
#[derive(Debug, Default)]
pub struct Spans {
    pub codes: Vec<u32>,
    /// Milliseconds of those whose code says only that they are long.
    pub beyond: Vec<i64>,
}

impl Spans {
    /// None yet, with room for so many.
    pub fn with_room(room: usize) -> Self {
        Self { codes: Vec::with_capacity(room), beyond: Vec::new() }
    }

    pub fn append(&mut self, mut other: Self) {
        if self.codes.len() < other.codes.len() {
            std::mem::swap(self, &mut other);
        }
        self.codes.append(&mut other.codes);
        self.beyond.append(&mut other.beyond);
    }

    pub fn n(&self) -> usize {
        self.codes.len()
    }

    /// The nearest rank of each percentage, which come in rising order; none below 10 spans.
    pub fn percentiles<const N: usize>(&mut self, percents: [usize; N]) -> [Option<i64>; N] {
        let n = self.n();
        if n < ENOUGH {
            return [None; N];
        }
        self.beyond.sort_unstable();
        let mut sorted_from = 0;
        percents.map(|percent| {
            let at = rank(n, percent);
            // What lies before the rank taken last is smaller, and need not be looked at again.
            if at >= sorted_from {
                self.codes[sorted_from..].select_nth_unstable(at - sorted_from);
                sorted_from = at + 1;
            }
            Some(self.at(at))
        })
    }

    fn at(&self, at: usize) -> i64 {
        match self.codes[at] {
            BEYOND => self.beyond[at + self.beyond.len() - self.n()],
            code => millis(code),
        }
    }

    /// The longest, in milliseconds.
    pub fn max(&self) -> Option<i64> {
        let beyond = self.beyond.iter().copied().max();
        beyond.or_else(|| self.codes.iter().copied().max().map(millis))
    }

    /// Percentiles and the longest.
    pub fn distribution(&mut self) -> Percentiles {
        let max_ms = self.max();
        let [p50_ms, p90_ms, p95_ms, p99_ms] = self.percentiles([50, 90, 95, 99]);
        Percentiles { n: self.n(), p50_ms, p90_ms, p95_ms, p99_ms, max_ms }
    }

    /// How many are within each limit.
    pub fn within(&self, limits: &[i64]) -> Vec<Bucket> {
        let n = self.n();
        let bucket = |&within_seconds: &i64| {
            let limit = within_seconds as u32 * 1_000;
            let count = self.codes.iter().filter(|code| is_within(**code, limit)).count();
            Bucket { within_seconds, count, n }
        };
        limits.iter().map(bucket).collect()
    }
}
