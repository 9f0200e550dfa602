//! What is to be done: which rows, how often, by which chance.

use std::{env, fmt};

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

/// One run's orders, from arguments and environment.
#[derive(Clone, Debug)]
pub struct Plan {
    pub only_list: bool,
    full: bool,
    seed: u64,
    filter: Vec<String>,
}

impl Plan {
    /// Reads them.
    ///
    /// # Errors
    /// What nobody understands.
    pub fn told() -> Result<Self, String> {
        let full = match env::var("FAULTS").as_deref() {
            Err(_) | Ok("" | "reduced") => false,
            Ok("full") => true,
            Ok(other) => return Err(format!("FAULTS is `{other}`, but can be `full` or unset")),
        };
        let seed = match env::var("FAULTS_SEED") {
            Ok(seed) => seed.parse().map_err(|_| format!("FAULTS_SEED `{seed}` is no number"))?,
            Err(_) => rand::rng().random(),
        };
        let mut plan = Self { only_list: false, full, seed, filter: Vec::new() };
        for argument in env::args().skip(1) {
            match argument.as_str() {
                "--list" => plan.only_list = true,
                // cargo hands the test harness's own options to every test binary.
                option if option.starts_with('-') => {}
                word => plan.filter.push(word.to_owned()),
            }
        }
        Ok(plan)
    }

    /// Whether a row is asked for.
    pub fn wants(&self, row: &str) -> bool {
        self.filter.is_empty() || self.filter.iter().any(|word| row.contains(word.as_str()))
    }

    /// How often: reduced, or as the table of faults has it.
    pub fn count<T>(&self, reduced: T, full: T) -> T {
        if self.full { full } else { reduced }
    }

    /// Whether spans are judged, too: in full counts, of the program as it is released.
    pub fn judges_spans(&self) -> bool {
        self.full && !cfg!(debug_assertions)
    }

    /// Chance of a row's own; the same seed, the same choices.
    pub fn chance(&self, salt: u64) -> Chance {
        Chance(Xoshiro256PlusPlus::seed_from_u64(self.seed ^ salt.wrapping_mul(0x9e37_79b9)))
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.count("reduced", "full");
        write!(f, "{counts} counts, FAULTS_SEED={}, binary ", self.seed)?;
        write!(f, "{}", crate::house::binary::path().display())
    }
}

/// Choices that a seed repeats.
#[derive(Clone, Debug)]
pub struct Chance(Xoshiro256PlusPlus);

impl Chance {
    /// One of a range, the end excluded.
    pub fn within(&mut self, from: u64, to: u64) -> u64 {
        self.0.random_range(from..to)
    }

    /// A place in something of that length.
    pub fn index(&mut self, length: usize) -> usize {
        self.0.random_range(0..length)
    }

    /// Once in so many times.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.within(0, times) == 0
    }

    /// A chance of somebody's own.
    pub fn of_another(&mut self) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(self.0.random()))
    }
}
