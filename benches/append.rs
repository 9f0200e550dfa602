//! How many records a second the journal makes durable, by the size of a batch, and how fast it is
//! read back. Run with `cargo bench --bench append`; the data lie under `target/`, on a real disk.

use std::{hint::black_box, time::Instant};

use campus_dispatch::{
    domain::{
        account::{Actor, Channel, Role},
        event::{Event, StepTaken},
        id::{AlertId, AssignmentId},
        record::{CommandKey, Record, Seq},
        time::Timestamp,
    },
    journal::{Journal, sqlite::SqliteJournal},
};

fn main() {
    println!("{:>8} {:>10} {:>12} {:>14}", "batch", "records", "records/s", "ms per append");
    for (size, batches) in [(1, 2_000), (64, 1_000), (512, 400)] {
        append(size, batches);
    }
    read(read_back_records());
}

/// `JOURNAL_BENCH_RECORDS` sets how many records are read back; 1000000 is the promised figure.
fn read_back_records() -> Seq {
    let told = std::env::var("JOURNAL_BENCH_RECORDS").ok().and_then(|told| told.parse().ok());
    told.unwrap_or(200_000)
}

fn append(size: Seq, batches: Seq) {
    let directory = directory();
    let mut journal = SqliteJournal::open(directory.path()).unwrap();
    let batches: Vec<Vec<Record>> =
        (0..batches).map(|batch| records(batch * size + 1, (batch + 1) * size)).collect();
    let started = Instant::now();
    for batch in &batches {
        journal.append(batch).unwrap();
    }
    let seconds = started.elapsed().as_secs_f64();
    let appended = journal.head().seq;
    println!(
        "{size:>8} {appended:>10} {:>12.0} {:>14.3}",
        appended as f64 / seconds,
        seconds * 1_000.0 / batches.len() as f64
    );
}

fn read(count: Seq) {
    let directory = directory();
    let mut journal = SqliteJournal::open(directory.path()).unwrap();
    for from in (1..=count).step_by(10_000) {
        journal.append(&records(from, (from + 9_999).min(count))).unwrap();
    }
    drop(journal);
    let bytes = std::fs::metadata(directory.path().join("journal.db")).unwrap().len();
    println!("{count} records take {} bytes each on disk", bytes / count);
    let started = Instant::now();
    let journal = SqliteJournal::open(directory.path()).unwrap();
    println!("opened in {:.3} s", started.elapsed().as_secs_f64());
    let reader = journal.reader().unwrap();
    let started = Instant::now();
    reader.read_after(0, &mut |record| drop(black_box(record))).unwrap();
    let seconds = started.elapsed().as_secs_f64();
    println!("read and checked in {seconds:.3} s, {:.0} records/s", count as f64 / seconds);
    let started = Instant::now();
    reader.verify(&mut |_| ()).unwrap();
    println!("verified in {:.3} s", started.elapsed().as_secs_f64());
}

fn directory() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

fn records(from: Seq, to: Seq) -> Vec<Record> {
    (from..=to).map(record).collect()
}

/// An acknowledgement, the most usual of records (示例).
fn record(seq: Seq) -> Record {
    let alert = AlertId((seq / 12) as u32 + 1);
    let step = StepTaken { alert, assignment: AssignmentId(seq as u32), pressed_at: None };
    Record {
        seq,
        at: Timestamp::from_millis(1_790_000_000_000 + seq as i64),
        actor: Actor {
            account: "example-unit-17".into(),
            role: Role::Unit,
            channel: Channel::Http,
        },
        command: Some(CommandKey {
            id: format!("3f0c2a58-0000-4000-8000-{seq:012}").into(),
            digest: format!("{seq:016x}"),
        }),
        event: Event::AssignmentAcknowledged(step),
    }
}
