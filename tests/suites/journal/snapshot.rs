//! Snapshots: whole and of this history, or passed over with a reason.

use std::fs;

use campus_dispatch::journal::{
    Epoch, Journal, JournalError,
    memory::{MemoryDisk, MemoryJournal},
    snapshot::{Snapshot, SnapshotStore, Unusable},
};
use tempfile::TempDir;

use super::records::records;

const FORMAT: u32 = 3;

/// A store with a snapshot at seq 5 of a journal of 8 records.
fn saved() -> (TempDir, SnapshotStore, MemoryJournal, Snapshot) {
    let directory = tempfile::tempdir().unwrap();
    let store = SnapshotStore::new(directory.path(), FORMAT);
    let mut journal = MemoryDisk::default().open().unwrap();
    let head = journal.append(&records(1, 5)).unwrap();
    let state = b"the state\nin the engine's own bytes \x00\xff".to_vec();
    let snapshot = Snapshot { epoch: journal.epoch().clone(), head, state };
    store.save(&snapshot).unwrap();
    journal.append(&records(6, 8)).unwrap();
    (directory, store, journal, snapshot)
}

fn load(store: &SnapshotStore, journal: &MemoryJournal) -> Result<Snapshot, Unusable> {
    store.load(journal.epoch(), &*journal.reader().unwrap())
}

#[test]
fn a_snapshot_is_loaded_as_it_was_saved_and_the_newer_replaces_the_older() {
    let (_directory, store, journal, snapshot) = saved();
    assert_eq!(load(&store, &journal), Ok(snapshot));
    let newer =
        Snapshot { epoch: journal.epoch().clone(), head: journal.head(), state: Vec::new() };
    store.save(&newer).unwrap();
    assert_eq!(load(&store, &journal), Ok(newer));
}

#[test]
fn no_snapshot_is_no_failure() {
    let (directory, store, journal, _) = saved();
    fs::remove_file(directory.path().join("snapshot")).unwrap();
    assert_eq!(load(&store, &journal), Err(Unusable::Missing));
}

#[test]
fn a_snapshot_with_any_bit_flipped_or_any_byte_cut_is_passed_over() {
    let (directory, store, journal, snapshot) = saved();
    let path = directory.path().join("snapshot");
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&path, bytes).unwrap();
        assert!(matches!(load(&store, &journal), Err(Unusable::Damaged(_))), "byte {at}");
        fs::write(&path, &whole[..at]).unwrap();
        assert!(matches!(load(&store, &journal), Err(Unusable::Damaged(_))), "{at} bytes");
    }
    fs::write(&path, whole).unwrap();
    assert_eq!(load(&store, &journal), Ok(snapshot));
}

#[test]
fn a_snapshot_of_another_format_epoch_or_history_is_passed_over() {
    let (directory, store, journal, snapshot) = saved();
    let reader = journal.reader().unwrap();
    let other_release = SnapshotStore::new(directory.path(), FORMAT + 1);
    assert_eq!(
        load(&other_release, &journal),
        Err(Unusable::OtherFormat { found: FORMAT, known: FORMAT + 1 })
    );
    let other_epoch = Epoch("another".to_owned());
    assert_eq!(store.load(&other_epoch, &*reader), Err(Unusable::OtherHistory));

    let mut shorter = MemoryDisk::default().open().unwrap();
    shorter.append(&records(1, 4)).unwrap();
    assert_eq!(load(&store, &shorter), Err(Unusable::Ahead { seq: 5 }));

    let mut forked = snapshot;
    forked.head.hash = "f".repeat(64);
    store.save(&forked).unwrap();
    assert_eq!(load(&store, &journal), Err(Unusable::OtherHistory));
}

#[test]
fn a_snapshot_that_cannot_be_written_leaves_the_one_before() {
    let (directory, store, journal, snapshot) = saved();
    fs::create_dir(directory.path().join("snapshot.new")).unwrap();
    let newer = Snapshot { head: journal.head(), ..snapshot.clone() };
    assert!(matches!(store.save(&newer), Err(JournalError::Storage { .. })));
    assert_eq!(load(&store, &journal), Ok(snapshot));
}

#[cfg(unix)]
#[test]
fn a_snapshot_is_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let (directory, ..) = saved();
    let mode = fs::metadata(directory.path().join("snapshot")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
