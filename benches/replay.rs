//! How long does a start take after 1,000,000 records, with a snapshot and without?
//!
//! The journal is SQLite on disk, 100,000 alerts from report to closing. `BENCH_RECORDS` sets how
//! many records there are.

mod invented;
mod life;

use std::{path::Path, sync::Arc, time::Instant};

use campus_dispatch::{
    domain::{Record, Within},
    engine::{Engine, Limits, SNAPSHOT_FORMAT, clock::SystemClock, core::Core, past::Past},
    journal::{Journal, snapshot::SnapshotStore, sqlite::SqliteJournal},
};
use invented::{START, told};

fn main() {
    let records = told("BENCH_RECORDS", 1_000_000) as usize;
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory");
    write(directory.path(), records);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        start(directory.path(), "without a snapshot", true).await;
        let bytes = std::fs::metadata(directory.path().join("snapshot")).map_or(0, |it| it.len());
        println!("the snapshot has {bytes} bytes");
        start(directory.path(), "with a snapshot", false).await;
    });
}

/// Writes the history, a batch at a time.
fn write(directory: &Path, records: usize) {
    let mut journal = SqliteJournal::open(directory).expect("a new journal");
    let mut core = Core::new(Past::default());
    let mut batch: Vec<Record> = Vec::new();
    let began = Instant::now();
    for submission in invented::setting_up() {
        batch.extend(core.step(&submission, START).expect("set up").records);
    }
    let mut n = 0;
    while (core.state().seq as usize) < records {
        let now = START + Within::from_millis(i64::from(n) * 200);
        life::live(n, &mut |submission| {
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
    println!("{} records written in {:.1} s", core.state().seq, began.elapsed().as_secs_f64());
}

async fn start(directory: &Path, label: &str, leave_snapshot: bool) {
    let began = Instant::now();
    let journal = Box::new(SqliteJournal::open(directory).expect("whole"));
    let opened = began.elapsed().as_secs_f64();
    let store = SnapshotStore::new(directory, SNAPSHOT_FORMAT);
    let clock = Arc::new(SystemClock::new());
    let engine = Engine::start(journal, Some(store), clock, Limits::default(), &mut |_, _| {})
        .expect("whole");
    let seconds = began.elapsed().as_secs_f64();
    let seq = engine.position().seq;
    println!("{label}: {seq} records, ready in {seconds:.2} s (journal opened in {opened:.2} s)");
    if leave_snapshot {
        let began = Instant::now();
        engine.stop().await;
        println!("stopped, with a snapshot written, in {:.2} s", began.elapsed().as_secs_f64());
    }
}
