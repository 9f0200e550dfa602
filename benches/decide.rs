//! What does one command cost the writer, journal aside: digest, command memory, decide, apply and
//! deadline queue, by verb, beside 20,000 closed alerts?
//!
//! What was decided last is kept as the feed keeps it, so that changed things are copied as they
//! are in service. `BENCH_LIVES` sets how many alerts are handled.

mod invented;
mod life;

use std::{
    collections::{BTreeMap, VecDeque},
    time::{Duration, Instant},
};

use campus_dispatch::{
    domain::Within,
    engine::{core::Core, past::Past},
};
use invented::{START, told};

const KEPT: usize = 16_384;

fn main() {
    let mut core = Core::new(Past::default());
    for submission in invented::setting_up() {
        core.step(&submission, START).expect("set up");
    }
    let lives = told("BENCH_LIVES", 20_000) as u32;
    let mut taken: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    let mut kept = VecDeque::new();
    for n in 0..lives {
        let now = START + Within::from_millis(i64::from(n) * 200);
        life::live(n, &mut |submission| {
            let before = Instant::now();
            let decided = core.step(&submission, now).expect("allowed");
            taken.entry(submission.command.verb()).or_default().push(before.elapsed());
            kept.push_back(decided.changes.clone());
            kept.drain(..kept.len().saturating_sub(KEPT));
            decided
        });
    }
    println!("{:<24} {:>9} {:>9} {:>9}", "verb", "p50 ns", "p99 ns", "max ns");
    for (verb, mut taken) in taken {
        taken.sort_unstable();
        let at = |percent: usize| taken[(taken.len() * percent).div_ceil(100) - 1].as_nanos();
        println!("{verb:<24} {:>9} {:>9} {:>9}", at(50), at(99), at(100));
    }
}
