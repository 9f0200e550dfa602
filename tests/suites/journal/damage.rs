//! Damage at rest: bits flipped and files cut. Either the journal is as it was, or it is refused
//! with the file and what helps; it is never quietly shorter.

use std::{fs, path::Path};

use campus_dispatch::{
    domain::record::Record,
    journal::{
        Journal, JournalError, JournalReader,
        sqlite::{SqliteJournal, SqliteReader},
    },
};
use tempfile::TempDir;

use super::records::records;

const RECORDS: u64 = 120;
const FILES: [&str; 4] = ["journal.db", "journal.db-wal", "journal.db-shm", "head.anchor"];

/// A data directory as a crash leaves it: some records in the database, some in its log only.
fn crashed() -> TempDir {
    let live = tempfile::tempdir().unwrap();
    let mut journal = SqliteJournal::open(live.path()).unwrap();
    journal.append(&records(1, 70)).unwrap();
    drop(journal);
    let mut journal = SqliteJournal::open(live.path()).unwrap();
    for from in (71..RECORDS).step_by(5) {
        journal.append(&records(from, from + 4)).unwrap();
    }
    let left = tempfile::tempdir().unwrap();
    copy(live.path(), left.path());
    left
}

/// A data directory as a server leaves it that was told to stop.
fn closed() -> TempDir {
    let left = tempfile::tempdir().unwrap();
    SqliteJournal::open(left.path()).unwrap().append(&records(1, RECORDS)).unwrap();
    left
}

fn copy(from: &Path, to: &Path) {
    for file in FILES {
        if from.join(file).exists() {
            fs::copy(from.join(file), to.join(file)).unwrap();
        }
    }
}

/// What a start does: opens and replays.
fn start(directory: &Path) -> Result<Vec<Record>, JournalError> {
    let journal = SqliteJournal::open(directory)?;
    let mut replayed = Vec::new();
    journal.reader()?.read_after(0, &mut |record| replayed.push(record))?;
    assert_eq!(journal.head().seq, replayed.len() as u64);
    Ok(replayed)
}

/// Damages one file of a fresh copy and starts on it; true when that was refused.
fn is_refused(left: &Path, file: &str, damage: impl FnOnce(&mut Vec<u8>), case: &str) -> bool {
    let directory = tempfile::tempdir().unwrap();
    copy(left, directory.path());
    let path = directory.path().join(file);
    let mut bytes = fs::read(&path).unwrap();
    damage(&mut bytes);
    fs::write(&path, bytes).unwrap();
    match start(directory.path()) {
        Ok(replayed) => {
            assert!(replayed == records(1, RECORDS), "{case}: {} records", replayed.len());
            false
        }
        Err(error) => {
            let text = error.to_string();
            let named = text.contains("journal.db") || text.contains("head.anchor");
            assert!(named, "{case}: {text}");
            assert!(
                matches!(
                    error,
                    JournalError::Damaged { .. }
                        | JournalError::NewerFormat { .. }
                        | JournalError::Storage { .. }
                ),
                "{case}: {error:?}"
            );
            true
        }
    }
}

/// Flips one bit at every `step`-th byte, a different bit each time; the number of refusals.
fn flips(left: &TempDir, file: &str, step: usize) -> usize {
    let length = fs::metadata(left.path().join(file)).unwrap().len() as usize;
    assert!(length > 4_096, "{file} has {length} bytes");
    let flip = |at: usize| {
        let case = format!("{file} byte {at}");
        is_refused(left.path(), file, |bytes| bytes[at] ^= 1 << (at / step % 8), &case)
    };
    (0..length).step_by(step).filter(|at| flip(*at)).count()
}

/// Cuts the file at every `step`-th byte; the number of refusals, and of cuts.
fn cuts(left: &TempDir, file: &str, step: usize) -> (usize, usize) {
    let length = fs::metadata(left.path().join(file)).unwrap().len() as usize;
    let cut = |to: usize| {
        let case = format!("{file} cut to {to} of {length} bytes");
        is_refused(left.path(), file, |bytes| bytes.truncate(to), &case)
    };
    let refused = (0..length).step_by(step).filter(|to| cut(*to)).count();
    (refused, length.div_ceil(step))
}

#[test]
fn a_crash_alone_loses_nothing() {
    assert!(!is_refused(crashed().path(), "journal.db", |_| (), "undamaged"));
}

#[test]
fn bits_flipped_in_the_database_are_survived_or_refused() {
    assert!(flips(&closed(), "journal.db", 251) > 50);
    flips(&crashed(), "journal.db", 601);
}

#[test]
fn bits_flipped_in_the_databases_head_are_survived_or_refused() {
    let left = crashed();
    for at in 0..100 {
        for bit in [0, 1, 7] {
            let case = format!("journal.db byte {at} bit {bit}");
            is_refused(left.path(), "journal.db", |bytes| bytes[at] ^= 1 << bit, &case);
        }
    }
}

#[test]
fn bits_flipped_in_the_log_are_survived_or_refused() {
    assert!(flips(&crashed(), "journal.db-wal", 251) > 50);
}

#[test]
fn bits_flipped_in_the_logs_index_are_survived() {
    assert_eq!(flips(&crashed(), "journal.db-shm", 499), 0);
}

#[test]
fn bits_flipped_in_the_anchor_are_survived() {
    assert_eq!(flips(&crashed(), "head.anchor", 17), 0);
}

#[test]
fn a_cut_database_is_refused() {
    let (refused, cuts) = cuts(&closed(), "journal.db", 1_021);
    assert_eq!(refused, cuts);
}

#[test]
fn a_cut_log_is_refused() {
    let (refused, cuts) = cuts(&crashed(), "journal.db-wal", 1_021);
    assert_eq!(refused, cuts);
}

#[test]
fn a_cut_anchor_is_survived_or_refused() {
    let (refused, cuts) = cuts(&crashed(), "head.anchor", 97);
    assert!(refused > 0 && refused < cuts, "{refused} of {cuts}");
}

#[test]
fn a_lost_log_is_refused() {
    let left = crashed();
    fs::remove_file(left.path().join("journal.db-wal")).unwrap();
    match start(left.path()) {
        Err(JournalError::Damaged { seq, what, .. }) => {
            assert_eq!(seq, 71);
            assert!(what.contains("120"), "{what}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_refused_journal_stays_as_it_was_found() {
    let left = crashed();
    let log = left.path().join("journal.db-wal");
    let mut bytes = fs::read(&log).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&log, bytes).unwrap();
    let content = || {
        let kept = ["journal.db", "journal.db-wal", "head.anchor"];
        kept.map(|file| fs::read(left.path().join(file)).unwrap())
    };
    let found = content();
    for _ in 0..2 {
        assert!(matches!(start(left.path()), Err(JournalError::Damaged { .. })));
        assert!(content() == found);
    }
}

#[test]
fn verify_finds_what_sqlite_calls_ok() {
    let left = crashed();
    let log = left.path().join("journal.db-wal");
    let mut bytes = fs::read(&log).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&log, bytes).unwrap();
    fs::remove_file(left.path().join("journal.db-shm")).unwrap();
    let database = rusqlite::Connection::open(left.path().join("journal.db")).unwrap();
    let opinion: String =
        database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    let count: u64 = database
        .query_row("SELECT count(*) FROM record", [], |row| row.get::<_, i64>(0))
        .unwrap()
        .unsigned_abs();
    assert_eq!(opinion, "ok");
    assert!(count < RECORDS);
    let verdict = SqliteReader::open(left.path()).unwrap().verify(&mut |_| ());
    match verdict {
        Err(JournalError::Damaged { seq, .. }) => assert_eq!(seq, count + 1),
        other => panic!("{other:?}"),
    }
}
