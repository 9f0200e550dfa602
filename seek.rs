//! How long does it take to see the board as it stood at any second of a year of 1,000,000 records?
//!
//! The journal is SQLite on disk, 100,000 alerts over 365 days, an alert's life lasting an hour.
//! First a look back is taken with nothing prepared, then the history is gone through once as a
//! server does after its start, then 200 instants from all over the year are looked at. Then a
//! replay is read page by page. `BENCH_RECORDS` sets how many records there are.

mod invented;
mod life;

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use campus_dispatch::{
    domain::{Record, Timestamp, Within},
    engine::{core::Core, hindsight::Hindsight, past::Past},
    journal::{Journal, sqlite::SqliteJournal},
};
use invented::{START, told};
use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

const YEAR: Within = Within::from_seconds(365 * 24 * 3600);
const LOOKS: usize = 200;
/// Records on a page of a replay, and how many pages.
const PAGE: usize = 200;
const PAGES: usize = 50;

fn main() {
    let records = told("BENCH_RECORDS", 1_000_000);
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory");
    let (head, ends) = write(directory.path(), records);
    let journal = SqliteJournal::open(directory.path()).expect("whole");
    let before = resident();
    let hindsight = Arc::new(Hindsight::new(journal.reader().expect("readable").into()));
    let mut dice = Xoshiro256PlusPlus::seed_from_u64(1);
    let mut any = || START + Within::from_millis(dice.random_range(0..(ends - START).millis()));

    let began = Instant::now();
    hindsight.at(ends, head).expect("readable");
    println!("nothing prepared, the end of the year: {:.2} s", began.elapsed().as_secs_f64());
    println!("memory taken by what is kept: {} MiB", resident().saturating_sub(before) / 1024);

    let mut looks = Vec::new();
    let mut alerts = 0;
    for _ in 0..LOOKS {
        let at = any();
        let began = Instant::now();
        let standing = hindsight.at(at, head).expect("readable");
        alerts += standing.picture(journal.epoch().clone(), at).alerts.len();
        looks.push(began.elapsed());
    }
    tell("a look at any second", looks);
    println!("alerts on a board: {} on average", alerts / LOOKS);

    let from = any();
    let mut seq = hindsight.at(from, head).expect("readable").seq();
    let mut pages = Vec::new();
    for _ in 0..PAGES {
        let began = Instant::now();
        let stretch = hindsight.after(seq, ends, PAGE, head).expect("readable");
        seq = stretch.standing.seq();
        pages.push(began.elapsed());
    }
    tell(&format!("a page of {PAGE} records"), pages);

    let mut days = Vec::new();
    for _ in 0..LOOKS {
        let from = any();
        let began = Instant::now();
        let day = Within::from_seconds(24 * 3600);
        hindsight.marks(from, from + day, 5_000, head).expect("readable");
        days.push(began.elapsed());
    }
    tell("the marks of a day", days);
}

/// Writes a year, a batch at a time; its last record and that one's instant.
fn write(directory: &Path, records: u64) -> (u64, Timestamp) {
    let mut journal = SqliteJournal::open(directory).expect("a new journal");
    let mut core = Core::new(Past::default());
    let mut batch: Vec<Record> = Vec::new();
    let began = Instant::now();
    for submission in invented::setting_up() {
        batch.extend(core.step(&submission, START).expect("set up").records);
    }
    let lives = u32::try_from(records / 10).expect("not so many");
    let apart = YEAR.millis() / i64::from(lives);
    let mut n = 0;
    let mut now = START;
    while core.state().seq < records {
        now = START + Within::from_millis(i64::from(n) * apart);
        let step = Within::from_millis(apart / 12);
        life::live(n, &mut |submission| {
            now = now + step;
            let mut decided = core.step(&submission, now).expect("allowed");
            batch.append(&mut decided.records);
            decided
        });
        n += 1;
        if batch.len() >= 10_000 {
            journal.append(&batch).expect("written");
            batch.clear();
        }
    }
    journal.append(&batch).expect("written");
    let seq = core.state().seq;
    println!("{seq} records written in {:.1} s", began.elapsed().as_secs_f64());
    (seq, now)
}

fn tell(label: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |percent: usize| {
        let rank = (took.len() * percent).div_ceil(100).max(1);
        took[rank - 1].as_secs_f64() * 1e3
    };
    let (n, p50, p99, max) = (took.len(), at(50), at(99), at(100));
    println!("{label}: n {n}, p50 {p50:.1} ms, p99 {p99:.1} ms, max {max:.1} ms");
}

/// Resident memory in KiB, where the system tells it.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}
