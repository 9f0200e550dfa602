//! The spans of one measure in one group, and what is asked of them.

use super::{
    bucket::Bucket,
    columns::{BEYOND, is_measured, is_within, millis},
    percentile::{ENOUGH, Percentiles, rank},
};

/// Codes are counted by so many of their leading bits.
const LEADING_BITS: u32 = 11;

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

    /// Those of these that are measured, of which none is beyond a code; without a branch for each.
    pub fn extend(&mut self, codes: &[u32]) {
        let before = self.codes.len();
        self.codes.resize(before + codes.len(), 0);
        let room = &mut self.codes[before..];
        let mut next = 0;
        for code in codes {
            room[next] = *code;
            next += usize::from(is_measured(*code));
        }
        self.codes.truncate(before + next);
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

    /// The nearest rank of each percentage; none below 10 spans.
    pub fn percentiles<const N: usize>(&mut self, percents: [usize; N]) -> [Option<i64>; N] {
        let n = self.n();
        if n < ENOUGH || N == 0 {
            return [None; N];
        }
        self.beyond.sort_unstable();
        let ranks = percents.map(|percent| rank(n, percent));
        let values = self.at_ranks(ranks).into_iter().zip(ranks);
        let mut values = values.map(|(code, at)| match code {
            BEYOND => self.beyond[at + self.beyond.len() - n],
            code => millis(code),
        });
        percents.map(|_| values.next())
    }

    /// The codes at these places of the sorted list, without sorting it: codes are counted by their
    /// leading bits, and only those that share them with a code asked for are looked at again.
    fn at_ranks<const N: usize>(&self, ranks: [usize; N]) -> [u32; N] {
        let largest = self.codes.iter().copied().max().unwrap_or(0);
        let shift = (u32::BITS - largest.leading_zeros()).saturating_sub(LEADING_BITS);
        let mut counts = [0_u32; 1 << LEADING_BITS];
        for code in &self.codes {
            counts[(code >> shift) as usize] += 1;
        }
        // Where each rank lies: its leading bits, and its place among those that share them.
        let places = ranks.map(|rank| {
            let (mut leading, mut before) = (0, 0);
            while before + counts[leading] as usize <= rank {
                before += counts[leading] as usize;
                leading += 1;
            }
            (leading as u32, rank - before)
        });
        let mut shared: [Vec<u32>; N] = std::array::from_fn(|_| Vec::new());
        for code in &self.codes {
            for (place, codes) in places.iter().zip(&mut shared) {
                if code >> shift == place.0 {
                    codes.push(*code);
                }
            }
        }
        std::array::from_fn(|which| *shared[which].select_nth_unstable(places[which].1).1)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Spans, rank};

    proptest! {
        #[test]
        fn a_rank_is_what_sorting_puts_there(
            codes in proptest::collection::vec(
                prop_oneof![2..40_u32, 2..600_000_u32, 2..u32::MAX], 10..400,
            ),
        ) {
            let mut sorted = codes.clone();
            sorted.sort_unstable();
            let ranks = [50, 90, 95, 99, 100].map(|percent| rank(codes.len(), percent));
            let spans = Spans { codes, beyond: Vec::new() };
            prop_assert_eq!(spans.at_ranks(ranks), ranks.map(|rank| sorted[rank]));
        }
    }
}
