//! Copies of the journal, taken while it is written, and put back.

use std::{
    fs,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use campus_dispatch::journal::{
    Journal, JournalError, JournalReader,
    sqlite::{
        SqliteJournal, SqliteReader,
        backup::{Backup, Manifest, Stage},
        restore,
    },
};
use tempfile::TempDir;

use super::{
    contract::read_after,
    records::{record, records},
};

fn place() -> (TempDir, SqliteJournal) {
    let root = tempfile::tempdir().unwrap();
    let journal = SqliteJournal::open(&root.path().join("data")).unwrap();
    (root, journal)
}

fn back_up(root: &TempDir, to: &str) -> Result<Manifest, JournalError> {
    let reader = SqliteReader::open(&root.path().join("data")).unwrap();
    reader.back_up(&root.path().join(to), &mut |_, _, _| ())
}

fn bring_back(root: &TempDir, from: &str, to: &str) -> Result<Manifest, JournalError> {
    restore(&root.path().join(from), &root.path().join(to), &mut |_, _, _| ())
}

#[test]
fn a_backup_holds_what_was_durable_and_says_so() {
    let (root, mut journal) = place();
    let head = journal.append(&records(1, 500)).unwrap();
    let manifest = back_up(&root, "backup").unwrap();
    assert_eq!((manifest.seq, &manifest.hash), (head.seq, &head.hash));
    assert_eq!(manifest.epoch, journal.epoch().0);
    assert_eq!(manifest.files.len(), 2);
    assert_eq!(Backup::find(&root.path().join("backup")).unwrap().manifest, manifest);
    let mut found: Vec<_> = fs::read_dir(root.path().join("backup"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    assert_eq!(found, ["head.anchor", "journal.db", "manifest.json"]);
}

#[cfg(unix)]
#[test]
fn a_backup_is_its_owners_only() {
    use std::os::unix::fs::PermissionsExt;
    let (root, mut journal) = place();
    journal.append(&records(1, 5)).unwrap();
    back_up(&root, "backup").unwrap();
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(root.path().join("backup")), 0o700);
    for entry in fs::read_dir(root.path().join("backup")).unwrap() {
        assert_eq!(mode(entry.unwrap().path()), 0o600);
    }
}

#[test]
fn a_backup_is_put_back_as_a_history_of_its_own() {
    let (root, mut journal) = place();
    journal.append(&records(1, 500)).unwrap();
    back_up(&root, "backup").unwrap();
    journal.append(&records(501, 600)).unwrap();
    let manifest = bring_back(&root, "backup", "new").unwrap();
    assert_eq!(manifest.seq, 500);
    let mut restored = SqliteJournal::open(&root.path().join("new")).unwrap();
    assert_eq!(restored.head().hash, manifest.hash);
    assert_ne!(restored.epoch(), journal.epoch());
    assert_eq!(read_after(&*restored.reader().unwrap(), 0), records(1, 500));
    restored.append(&[record(501)]).unwrap();
}

#[test]
fn an_empty_journal_is_backed_up_and_put_back() {
    let (root, _journal) = place();
    assert_eq!(back_up(&root, "backup").unwrap().seq, 0);
    bring_back(&root, "backup", "new").unwrap();
    assert_eq!(SqliteJournal::open(&root.path().join("new")).unwrap().head().seq, 0);
}

/// Batches are appended while copies are taken: each copy is a whole prefix, and none holds up the
/// writer or is begun again for ever.
#[test]
fn backups_under_load_are_whole_prefixes() {
    let (root, mut journal) = place();
    journal.append(&records(1, 2_000)).unwrap();
    let stop = AtomicBool::new(false);
    let taken: Vec<Manifest> = thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut seq = 2_000;
            while !stop.load(Ordering::SeqCst) {
                journal.append(&records(seq + 1, seq + 20)).unwrap();
                seq += 20;
            }
            seq
        });
        let taken: Vec<_> =
            (0..5).map(|n| back_up(&root, &format!("backup-{n}")).unwrap()).collect();
        stop.store(true, Ordering::SeqCst);
        assert!(writer.join().unwrap() > 2_000, "nothing was written meanwhile");
        taken
    });
    for (n, manifest) in taken.iter().enumerate() {
        assert_eq!(manifest.seq % 20, 0, "within a batch");
        bring_back(&root, &format!("backup-{n}"), &format!("new-{n}")).unwrap();
        let reader = SqliteReader::open(&root.path().join(format!("new-{n}"))).unwrap();
        assert_eq!(read_after(&reader, 0), records(1, manifest.seq));
    }
}

#[test]
fn a_backup_tells_its_stages() {
    let (root, mut journal) = place();
    journal.append(&records(1, 15_000)).unwrap();
    let mut stages = Vec::new();
    let reader = SqliteReader::open(&root.path().join("data")).unwrap();
    reader
        .back_up(&root.path().join("backup"), &mut |stage, done, all| {
            assert!(done <= all, "{stage:?}: {done} of {all}");
            if stages.last() != Some(&stage) {
                stages.push(stage);
            }
        })
        .unwrap();
    assert_eq!(stages, [Stage::Copying, Stage::Checking, Stage::Summing]);
}

#[test]
fn a_backup_goes_into_an_empty_directory_only() {
    let (root, mut journal) = place();
    journal.append(&records(1, 5)).unwrap();
    back_up(&root, "backup").unwrap();
    let refused = back_up(&root, "backup").unwrap_err();
    assert!(refused.to_string().contains("not empty"), "{refused}");
    assert_eq!(Backup::find(&root.path().join("backup")).unwrap().manifest.seq, 5);
}

#[test]
fn a_restore_goes_into_an_empty_directory_only() {
    let (root, mut journal) = place();
    journal.append(&records(1, 5)).unwrap();
    back_up(&root, "backup").unwrap();
    drop(journal);
    let refused = bring_back(&root, "backup", "data").unwrap_err();
    assert!(refused.to_string().contains("not empty"), "{refused}");
    let journal = SqliteJournal::open(&root.path().join("data")).unwrap();
    assert_eq!(journal.head().seq, 5);
}

#[test]
fn a_damaged_journal_is_not_backed_up_and_leaves_nothing() {
    let (root, mut journal) = place();
    journal.append(&records(1, 50)).unwrap();
    drop(journal);
    rusqlite::Connection::open(root.path().join("data").join("journal.db"))
        .unwrap()
        .execute("DELETE FROM record WHERE seq = 7", [])
        .unwrap();
    let refused = back_up(&root, "backup").unwrap_err();
    assert!(matches!(refused, JournalError::Damaged { seq: 7, .. }), "{refused:?}");
    assert!(!root.path().join("backup").exists());
}

#[test]
fn a_backup_without_its_manifest_is_none() {
    let (root, mut journal) = place();
    journal.append(&records(1, 5)).unwrap();
    back_up(&root, "backup").unwrap();
    fs::remove_file(root.path().join("backup").join("manifest.json")).unwrap();
    let refused = bring_back(&root, "backup", "new").unwrap_err();
    assert!(refused.to_string().contains("manifest.json"), "{refused}");
    assert!(!root.path().join("new").exists());
}

#[test]
fn a_newer_backup_is_refused() {
    let (root, mut journal) = place();
    journal.append(&records(1, 5)).unwrap();
    back_up(&root, "backup").unwrap();
    let path = root.path().join("backup").join("manifest.json");
    let manifest = fs::read_to_string(&path).unwrap();
    for field in ["\"backup\": 1", "\"format\": 1"] {
        let newer = manifest.replace(field, &field.replace('1', "2"));
        assert_ne!(newer, manifest);
        fs::write(&path, newer).unwrap();
        let refused = bring_back(&root, "backup", "new").unwrap_err();
        assert!(matches!(refused, JournalError::NewerFormat { found: 2, .. }), "{refused:?}");
    }
}

#[test]
fn a_manifest_cannot_name_a_file_elsewhere() {
    let (root, mut journal) = place();
    journal.append(&records(1, 5)).unwrap();
    back_up(&root, "backup").unwrap();
    let path = root.path().join("backup").join("manifest.json");
    let manifest = fs::read_to_string(&path).unwrap();
    fs::write(&path, manifest.replace("\"journal.db\"", "\"../data/journal.db\"")).unwrap();
    let refused = bring_back(&root, "backup", "new").unwrap_err();
    assert!(matches!(refused, JournalError::Damaged { .. }), "{refused:?}");
}

#[test]
fn a_backup_is_not_served() {
    let (root, mut journal) = place();
    journal.append(&records(1, 5)).unwrap();
    back_up(&root, "backup").unwrap();
    let refused = SqliteJournal::open(&root.path().join("backup")).unwrap_err();
    assert!(refused.to_string().contains("campus-dispatch restore"), "{refused}");
    SqliteReader::open(&root.path().join("backup")).unwrap().verify(&mut |_| ()).unwrap();
}
