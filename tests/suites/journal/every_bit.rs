//! Damage at rest, all of it (faults.md row 3): a small data directory as a crash leaves it, each
//! of its files cut at every byte and flipped at every bit. A start comes to the right state or is
//! refused with file, position and remedy. Never is a history silently shorter: what a start can
//! do without and somebody might ask for later, `verify` finds.
//!
//! Here each byte gets one flipped bit; with `FAULTS=full` each of its eight.

use std::{
    collections::BTreeMap,
    fmt, fs,
    ops::AddAssign,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use campus_dispatch::{
    domain::{Record, Role, classification::Category, district::School, id::AlertId},
    engine::{Engine, Limits, SNAPSHOT_FORMAT, clock::ManualClock, past::Past},
    journal::{
        Journal, JournalError, JournalReader,
        snapshot::{Snapshot, SnapshotStore},
        sqlite::{SqliteJournal, SqliteReader},
    },
};
use tempfile::TempDir;

use crate::{
    domain::{
        ask,
        centre::{Centre, START, account, one, operator, school},
    },
    storage::is_full,
};

const FILES: [&str; 5] =
    ["journal.db", "journal.db-wal", "journal.db-shm", "head.anchor", "snapshot"];

/// A data directory, byte by byte, and what it tells.
struct Left {
    files: BTreeMap<&'static str, Vec<u8>>,
    records: Vec<Record>,
    past: Past,
}

/// In memory where the machine has such a place: nothing here outlasts the test.
fn directory() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a temporary directory")
}

/// All records in the database, as a server leaves it that was told to stop.
fn closed() -> Left {
    left(&["journal.db", "head.anchor"], |live, records| {
        SqliteJournal::open(live).unwrap().append(records).unwrap();
        None
    })
}

/// Half of the records in the database, half in its log, a snapshot between them.
fn crashed() -> Left {
    left(&FILES, |live, records| {
        let (early, late) = records.split_at(records.len() / 2);
        let mut journal = SqliteJournal::open(live).unwrap();
        journal.append(early).unwrap();
        let (epoch, head) = (journal.epoch().clone(), journal.head());
        drop(journal);
        let state = folded(early).to_snapshot().unwrap();
        let snapshots = SnapshotStore::new(live, SNAPSHOT_FORMAT);
        snapshots.save(&Snapshot { epoch, head, state }).unwrap();
        let mut journal = SqliteJournal::open(live).unwrap();
        let (first, rest) = late.split_at(1);
        journal.append(first).unwrap();
        journal.append(rest).unwrap();
        Some(journal)
    })
}

/// What lies in a directory while the writer that `write` returns still has it.
fn left(
    files: &[&'static str],
    write: impl FnOnce(&Path, &[Record]) -> Option<SqliteJournal>,
) -> Left {
    let mut centre = Centre::empty();
    let console = one(Role::Console);
    let operator = operator();
    centre.does(&console, ask::define_school(School { station: None, ..school(0) }));
    centre.does(&console, ask::add_account(account(&operator)));
    let alert = centre.raise(Category::Dispute, "S-A");
    centre.does(&operator, ask::note(alert, "示例"));
    centre.raise(Category::Hazard, "S-A");
    centre.does(&operator, ask::note(alert, "示例：其后"));
    let records = centre.records;
    let live = directory();
    let writer = write(live.path(), &records);
    let read = |file: &&'static str| (*file, fs::read(live.path().join(file)).unwrap());
    let files = files.iter().map(read).collect();
    drop(writer);
    Left { files, past: folded(&records), records }
}

fn folded(records: &[Record]) -> Past {
    let mut past = Past::default();
    for record in records {
        past.apply(record);
    }
    past
}

/// What becomes of a case.
#[derive(Clone, Copy, Default)]
struct Count {
    tried: usize,
    /// The state is right and everything can be read.
    whole: usize,
    /// The state is right; what is damaged was not needed for it, and `verify` names it.
    found_by_verify: usize,
    refused: usize,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.tried += other.tried;
        self.whole += other.whole;
        self.found_by_verify += other.found_by_verify;
        self.refused += other.refused;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tried, whole, found_by_verify, refused } = self;
        write!(
            f,
            "{tried} tried: {whole} right, {found_by_verify} right with damage found by \
                   verify, {refused} refused, 0 violations"
        )
    }
}

impl Left {
    fn lay_out(&self, directory: &Path, damaged: &str, bytes: &[u8]) {
        for (file, whole) in &self.files {
            let content = if *file == damaged { bytes } else { whole };
            fs::write(directory.join(file), content).unwrap();
        }
    }

    /// Starts on a damaged copy.
    fn start(&self, damaged: &str, bytes: &[u8], case: &dyn fmt::Display) -> Count {
        let place = directory();
        self.lay_out(place.path(), damaged, bytes);
        let refused = Count { tried: 1, refused: 1, ..Count::default() };
        let journal = match SqliteJournal::open(place.path()) {
            Ok(journal) => journal,
            Err(error) => return refusal(&error, case).map(|()| refused).unwrap(),
        };
        let snapshots = SnapshotStore::new(place.path(), SNAPSHOT_FORMAT);
        let clock = Arc::new(ManualClock::at(START));
        let limits = Limits { mailbox_max: 1, ring_max: 1, ..Limits::default() };
        let started =
            Engine::open(Box::new(journal), Some(snapshots), clock, limits, &mut |_, _| ());
        let (_engine, writer) = match started {
            Ok(started) => started,
            Err(error) => return refusal(&error, case).map(|()| refused).unwrap(),
        };
        assert!(*writer.past() == self.past, "{case}: another state");
        let reader = SqliteReader::open(place.path()).unwrap();
        match reader.verify(&mut |_| ()) {
            Ok(_) => {
                self.reads_right(&reader, case);
                Count { tried: 1, whole: 1, ..Count::default() }
            }
            Err(error) => {
                refusal(&error, case).unwrap();
                Count { tried: 1, found_by_verify: 1, ..Count::default() }
            }
        }
    }

    fn reads_right(&self, reader: &SqliteReader, case: &dyn fmt::Display) {
        let mut read = Vec::new();
        reader.read_after(0, &mut |record| read.push(record)).unwrap();
        assert!(read == self.records, "{case}: other records");
        for alert in [1, 2].map(AlertId) {
            let of_alert = self.records.iter().filter(|it| it.event.alert() == Some(alert));
            let read = reader.records_of(alert).unwrap();
            assert!(read.iter().eq(of_alert), "{case}: other records of alert {alert}");
        }
    }

    /// Tries all cases of a file, on every core.
    fn try_all(
        &self,
        file: &'static str,
        cases: usize,
        damage: impl Fn(&mut Vec<u8>, usize) + Sync,
    ) -> Count {
        let (next, sum) = (AtomicUsize::new(0), Mutex::new(Count::default()));
        let work = || {
            loop {
                let case = next.fetch_add(1, Ordering::Relaxed);
                if case >= cases {
                    return;
                }
                let mut bytes = self.files[file].clone();
                damage(&mut bytes, case);
                let count = self.start(file, &bytes, &format_args!("{file}, case {case}"));
                *sum.lock().unwrap() += count;
            }
        };
        thread::scope(|scope| {
            let threads = thread::available_parallelism().map_or(1, usize::from);
            (0..threads).for_each(|_| drop(scope.spawn(work)));
        });
        let sum = *sum.lock().unwrap();
        assert_eq!(sum.tried, cases);
        sum
    }

    fn flips(&self, file: &'static str) -> Count {
        let bytes = self.files[file].len();
        let count = if is_full() {
            self.try_all(file, bytes * 8, |bytes, case| bytes[case / 8] ^= 1 << (case % 8))
        } else {
            self.try_all(file, bytes, |bytes, case| bytes[case] ^= 1 << (case % 8))
        };
        println!("bits flipped in {file} ({bytes} bytes): {count}");
        count
    }

    fn cuts(&self, file: &'static str) -> Count {
        let bytes = self.files[file].len();
        let count = self.try_all(file, bytes, |bytes, to| bytes.truncate(to));
        println!("{file} cut short ({bytes} bytes): {count}");
        count
    }
}

/// Says what is wrong with a refusal as somebody reads it.
fn refusal(error: &JournalError, case: &dyn fmt::Display) -> Result<(), String> {
    let text = error.to_string();
    let path: &PathBuf = match error {
        JournalError::Damaged { path, seq, .. } => {
            for part in [&format!("seq {seq}"), "journal verify", "journal repair"] {
                if !text.contains(part) {
                    return Err(format!("{case}: no {part} in: {text}"));
                }
            }
            path
        }
        // One bit makes the format number another.
        JournalError::NewerFormat { path, .. } => path,
        other => return Err(format!("{case}: {other:?}")),
    };
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let is_named = FILES.contains(&name) && text.contains(name);
    is_named.then_some(()).ok_or_else(|| format!("{case}: no file in: {text}"))
}

#[test]
fn what_is_left_by_a_crash_is_right() {
    let left = crashed();
    let count = left.start("journal.db", &left.files["journal.db"], &"undamaged");
    assert_eq!(count.whole, 1);
}

#[test]
fn every_bit_of_the_database_may_flip() {
    let count = closed().flips("journal.db");
    assert!(count.refused > 1_000 && count.found_by_verify > 0, "{count}");
}

#[test]
fn every_bit_of_the_log_may_flip() {
    let count = crashed().flips("journal.db-wal");
    assert!(count.refused > 1_000, "{count}");
}

#[test]
fn every_bit_of_the_anchor_and_the_snapshot_may_flip() {
    let left = crashed();
    for file in ["head.anchor", "snapshot"] {
        let count = left.flips(file);
        assert_eq!(count.whole, count.tried, "{file}: {count}");
    }
}

#[test]
fn the_database_may_be_cut_at_every_byte() {
    let count = closed().cuts("journal.db");
    assert_eq!(count.refused, count.tried, "{count}");
}

#[test]
fn the_log_may_be_cut_at_every_byte() {
    let count = crashed().cuts("journal.db-wal");
    assert_eq!(count.refused, count.tried, "{count}");
}

#[test]
fn the_anchor_and_the_snapshot_may_be_cut_at_every_byte() {
    let left = crashed();
    let anchor = left.cuts("head.anchor");
    assert!(anchor.refused > 0 && anchor.whole > 0, "{anchor}");
    let snapshot = left.cuts("snapshot");
    assert_eq!(snapshot.whole, snapshot.tried, "{snapshot}");
}
