//! The engine in a world of chance: one thread, one seed, no sleeping. Everything that may happen
//! to it happens in some order; after every step the oracle says what must be so.
//!
//! `SIM_SEED=n cargo test --test suites simulation::one_seed -- --nocapture` tells a seed step by
//! step. A seed that found something stays in `tests/data/simulation-seeds.txt`.

mod board;
mod cast;
mod dice;
mod disk;
mod follower;
mod ledger;
mod model;
mod start;
mod steps;
mod tally;
mod turn;
mod wish;
mod world;

use std::{
    env,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use tally::Tally;
use world::World;

/// Seeds 1 to this are run every time.
const SEEDS: u64 = 2_000;
const STEPS: usize = 120;

/// What a seed came to.
struct Run {
    tally: Tally,
    /// The hash of every byte of its journal.
    digest: String,
    records: u64,
}

/// Plays one seed to its end.
fn play(seed: u64, tells: bool) -> Result<Run, String> {
    let told =
        |fault: String| format!("seed {seed}: {fault}\nSIM_SEED={seed} tells it step by step");
    let mut world = World::open(seed, tells).map_err(told)?;
    for step in 0..STEPS {
        world.step().map_err(|fault| told(format!("step {step}: {fault}")))?;
    }
    world.come_to_rest().map_err(told)?;
    let (digest, records) = (world.ledger.digest(), world.ledger.seq());
    Ok(Run { tally: world.tally, digest, records })
}

/// Plays a seed; a panic is a finding like any other.
fn play_whatever_comes(seed: u64) -> Result<Run, String> {
    catch_unwind(AssertUnwindSafe(|| play(seed, false)))
        .unwrap_or_else(|_| Err(format!("seed {seed} panics; SIM_SEED={seed} tells how")))
}

/// Plays many seeds, as many at once as there are processors. Each is one thread's.
fn play_all(seeds: &[u64]) -> (Tally, u64) {
    let (next, total) = (AtomicU64::new(0), Mutex::new((Tally::default(), 0, Vec::new())));
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed) as usize) {
                    let run = play_whatever_comes(*seed);
                    let mut total = total.lock().expect("no worker panics");
                    match run {
                        Ok(run) => {
                            total.0.add(&run.tally);
                            total.1 += run.records;
                        }
                        Err(finding) => {
                            total.2.push(finding);
                            // One finding is enough to look at.
                            next.store(seeds.len() as u64, Ordering::Relaxed);
                        }
                    }
                }
            });
        }
    });
    let (tally, records, findings) = total.into_inner().expect("no worker panics");
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    (tally, records)
}

#[test]
fn whatever_happens_nothing_acknowledged_is_lost() {
    let began = Instant::now();
    let seeds = env::var("SIM_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(SEEDS);
    let (tally, records) = play_all(&(1..=seeds).collect::<Vec<_>>());
    let seconds = began.elapsed().as_secs_f64();
    println!("{seeds} seeds, {STEPS} steps each, {records} records, {seconds:.1} s{tally}");
    let missing = tally.missing();
    assert!(missing.is_empty(), "these never occurred: {missing:?}");
}

#[test]
fn a_seed_nobody_has_seen_holds_too() {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    let seed = since.as_nanos() as u64;
    println!("fresh seed {seed}");
    play_all(&[seed]);
}

#[test]
fn what_was_found_once_stays_found() {
    let seeds = include_str!("../../data/simulation-seeds.txt").lines();
    let seeds = seeds.map(|line| line.split('#').next().unwrap_or_default().trim());
    let seeds = seeds.filter(|line| !line.is_empty());
    play_all(&seeds.map(|seed| seed.parse().expect("a seed per line")).collect::<Vec<u64>>());
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    for seed in 1..=20 {
        let [first, second] = [(); 2].map(|()| play(seed, false).unwrap_or_else(|f| panic!("{f}")));
        assert_eq!((first.records, first.digest), (second.records, second.digest), "seed {seed}");
        assert_eq!(first.tally, second.tally, "seed {seed}");
    }
}

#[test]
fn one_seed() {
    let seed = env::var("SIM_SEED").ok().map(|seed| seed.parse().expect("SIM_SEED is a number"));
    let run = play(seed.unwrap_or(1), seed.is_some()).unwrap_or_else(|finding| panic!("{finding}"));
    println!("{} records, {}{}", run.records, run.digest, run.tally);
}
