//! The one source of chance. The same seed falls the same on every machine.

use campus_dispatch::domain::Within;
use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};

pub struct Dice(ChaCha8Rng);

impl Dice {
    pub fn of(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// 0 to `end - 1`; 0 where there is nothing to choose from.
    pub fn below(&mut self, end: usize) -> usize {
        // Not usize: its width differs between machines.
        if end == 0 { 0 } else { self.0.random_range(0..end as u64) as usize }
    }

    pub fn between(&mut self, first: i64, last: i64) -> i64 {
        self.0.random_range(first..=last)
    }

    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    pub fn pick_any<T>(&mut self, list: impl IntoIterator<Item = T>) -> Option<T> {
        let mut list: Vec<T> = list.into_iter().collect();
        let index = self.below(list.len());
        (index < list.len()).then(|| list.swap_remove(index))
    }

    /// One of a list in which each thing stands with its weight.
    pub fn weighted<T: Copy>(&mut self, list: &[(usize, T)]) -> T {
        let total: usize = list.iter().map(|(weight, _)| weight).sum();
        let mut left = self.below(total);
        for (weight, thing) in list {
            if left < *weight {
                return *thing;
            }
            left -= weight;
        }
        unreachable!("the weights add up")
    }

    /// A span as it occurs between two happenings: mostly seconds, now and then none or long.
    pub fn span(&mut self) -> Within {
        let milliseconds = match self.below(16) {
            0..2 => self.between(1, 999),
            2..10 => self.between(1_000, 15_000),
            10..14 => self.between(15_000, 120_000),
            14 => self.between(120_000, 900_000),
            _ => self.between(900_000, 30 * 3_600_000),
        };
        Within::from_millis(milliseconds)
    }
}
