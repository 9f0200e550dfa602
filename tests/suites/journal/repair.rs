//! A damaged journal made whole again: what can be saved is, what is lost is said, and what was
//! found is kept.

use std::{
    fs,
    path::{Path, PathBuf},
};

use campus_dispatch::{
    domain::{
        event::{Event, JournalRepaired},
        record::{Record, Seq},
    },
    journal::{
        Epoch, Head, Journal, JournalError, JournalReader,
        sqlite::{
            SqliteJournal, SqliteReader,
            backup::Manifest,
            repair::{Damage, Examination, examine},
            restore,
        },
    },
};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{
    contract::read_after,
    records::{record, records},
};

/// A data directory with a backup of an early part of it.
struct Place {
    root: TempDir,
    head: Head,
    epoch: Epoch,
}

impl Place {
    fn filled(to: Seq) -> Self {
        let root = tempfile::tempdir().unwrap();
        let mut journal = SqliteJournal::open(&root.path().join("data")).unwrap();
        journal.append(&records(1, to)).unwrap();
        let (head, epoch) = (journal.head(), journal.epoch().clone());
        Self { root, head, epoch }
    }

    /// A backup at one position, and a journal that went on to another.
    fn with_backup(at: Seq, to: Seq) -> Self {
        let place = Self::filled(at);
        place.back_up(&place.backup());
        let mut journal = SqliteJournal::open(&place.data()).unwrap();
        let head = journal.append(&records(at + 1, to)).unwrap();
        drop(journal);
        Self { head, ..place }
    }

    fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    fn backup(&self) -> PathBuf {
        self.root.path().join("backup")
    }

    fn back_up(&self, to: &Path) -> Manifest {
        SqliteReader::open(&self.data()).unwrap().back_up(to, &mut |_, _, _| ()).unwrap()
    }

    fn meddle(&self, statement: &str) {
        let database = Connection::open(self.data().join("journal.db")).unwrap();
        database.execute(statement, []).unwrap();
    }

    fn examine(&self, backup: Option<&Path>) -> Result<Examination, JournalError> {
        examine(&self.data(), backup, &mut |_, _, _| ())
    }

    fn damage(&self, backup: Option<&Path>) -> Damage {
        match self.examine(backup).unwrap() {
            Examination::Damaged(damage) => *damage,
            Examination::Whole(head) => panic!("whole at {}", head.seq),
        }
    }

    fn all(&self) -> Vec<Record> {
        let journal = SqliteJournal::open(&self.data()).unwrap();
        read_after(&*journal.reader().unwrap(), 0)
    }

    fn kept_epoch(&self) -> Epoch {
        SqliteReader::open(&self.data()).unwrap().epoch().unwrap()
    }
}

fn repair(damage: Damage) -> PathBuf {
    damage.repair(&mut |_, _, _| ()).unwrap().aside
}

/// The record that tells of a loss.
fn told(record: &Record) -> &JournalRepaired {
    match &record.event {
        Event::JournalRepaired(repaired) => repaired,
        other => panic!("{}", other.kind()),
    }
}

#[test]
fn a_whole_journal_is_left_alone() {
    let place = Place::filled(20);
    assert!(matches!(place.examine(None), Ok(Examination::Whole(head)) if head == place.head));
    assert!(matches!(place.examine(None), Ok(Examination::Whole(head)) if head == place.head));
}

#[test]
fn a_journal_in_use_is_not_repaired() {
    let place = Place::filled(3);
    let _server = SqliteJournal::open(&place.data()).unwrap();
    assert!(matches!(place.examine(None), Err(JournalError::InUse { .. })));
}

#[test]
fn a_directory_without_a_journal_is_not_repaired() {
    let place = Place::filled(3);
    fs::remove_dir_all(place.data()).unwrap();
    assert!(place.examine(None).is_err());
    assert!(!place.data().exists());
    fs::create_dir(place.data()).unwrap();
    assert!(place.examine(None).is_err());
}

#[test]
fn a_loss_is_cut_off_told_and_another_history() {
    let place = Place::filled(20);
    place.meddle("UPDATE record SET line = replace(line, 'l1-a', 'l1-b') WHERE seq = 13");
    let damage = place.damage(None);
    assert_eq!((damage.kept_to, damage.known_to, damage.is_loss), (12, Some(20), true));
    let aside = repair(damage);
    let all = place.all();
    assert_eq!(all[..12], records(1, 12));
    assert_eq!(all.len(), 13);
    let JournalRepaired { kept_to, known_to, damage } = told(&all[12]);
    assert_eq!((*kept_to, *known_to), (12, Some(20)));
    assert!(damage.contains("seq 13"), "{damage}");
    assert_ne!(place.kept_epoch(), place.epoch);
    assert!(aside.join("journal.db").exists() && aside.join("head.anchor").exists());
    assert!(matches!(place.examine(None), Ok(Examination::Whole(_))));
}

#[test]
fn an_examination_changes_nothing() {
    let place = Place::filled(20);
    place.meddle("DELETE FROM record WHERE seq = 13");
    let content =
        || ["journal.db", "head.anchor"].map(|file| fs::read(place.data().join(file)).unwrap());
    let before = content();
    drop(place.damage(None));
    assert!(content() == before);
    assert!(SqliteJournal::open(&place.data()).is_err());
}

#[test]
fn what_stands_beside_the_records_is_put_right_without_a_loss() {
    for meddling in [
        "UPDATE record SET alert = 77 WHERE seq = 7",
        "UPDATE record SET alert = NULL WHERE seq = 8",
    ] {
        let place = Place::filled(20);
        place.meddle(meddling);
        let damage = place.damage(None);
        assert!(!damage.is_loss, "{damage:?}");
        repair(damage);
        assert_eq!(place.all(), records(1, 20));
        assert_eq!(place.kept_epoch(), place.epoch);
    }
}

#[test]
fn a_damaged_index_is_made_anew_without_a_loss() {
    let place = Place::filled(200);
    let path = place.data().join("journal.db");
    let database = Connection::open(&path).unwrap();
    let page: i64 = database
        .query_row("SELECT rootpage FROM sqlite_schema WHERE type = 'index'", [], |row| row.get(0))
        .unwrap();
    drop(database);
    let mut bytes = fs::read(&path).unwrap();
    bytes[usize::try_from(page - 1).unwrap() * 4_096 + 4_000] ^= 0x5a;
    fs::write(&path, bytes).unwrap();
    let damage = place.damage(None);
    assert!(!damage.is_loss, "{damage:?}");
    repair(damage);
    assert_eq!(place.all(), records(1, 200));
}

#[test]
fn a_backup_and_what_followed_it_lose_nothing() {
    let place = Place::with_backup(10, 20);
    place.meddle("DELETE FROM record WHERE seq BETWEEN 4 AND 9");
    let damage = place.damage(Some(&place.backup()));
    assert_eq!((damage.from_backup, damage.kept_to, damage.is_loss), (10, 20, false));
    repair(damage);
    assert_eq!(place.all(), records(1, 20));
    assert_eq!(place.kept_epoch(), place.epoch);
    assert_eq!(SqliteReader::open(&place.data()).unwrap().head().unwrap(), place.head);
}

#[test]
fn a_backup_alone_brings_back_a_lost_database_and_tells_the_loss() {
    let place = Place::with_backup(10, 20);
    for file in ["journal.db", "journal.db-wal"] {
        let _ = fs::remove_file(place.data().join(file));
    }
    let damage = place.damage(Some(&place.backup()));
    assert_eq!((damage.kept_to, damage.known_to, damage.is_loss), (10, Some(20), true));
    repair(damage);
    let all = place.all();
    assert_eq!(all[..10], records(1, 10));
    assert_eq!(told(&all[10]).known_to, Some(20));
}

#[test]
fn a_lost_anchor_is_a_loss_that_must_be_accepted() {
    let place = Place::filled(20);
    fs::remove_file(place.data().join("head.anchor")).unwrap();
    let damage = place.damage(None);
    assert_eq!((damage.kept_to, damage.known_to, damage.is_loss), (20, Some(20), true));
    repair(damage);
    let all = place.all();
    assert_eq!(all[..20], records(1, 20));
    assert_eq!(told(&all[20]).kept_to, 20);
}

#[test]
fn a_database_that_is_none_any_more_leaves_the_record_of_its_loss() {
    let place = Place::filled(20);
    fs::write(place.data().join("journal.db"), [0x5a; 9_000]).unwrap();
    let damage = place.damage(None);
    assert_eq!((damage.kept_to, damage.known_to), (0, Some(20)));
    repair(damage);
    let all = place.all();
    assert_eq!(all.len(), 1);
    assert_eq!(told(&all[0]).known_to, Some(20));
}

#[test]
fn a_repaired_journal_is_written_on() {
    let place = Place::filled(20);
    place.meddle("DELETE FROM record WHERE seq = 13");
    repair(place.damage(None));
    let mut journal = SqliteJournal::open(&place.data()).unwrap();
    journal.append(&[Record { seq: 14, ..record(14) }]).unwrap();
    drop(journal);
    assert_eq!(place.all().len(), 14);
    SqliteReader::open(&place.data()).unwrap().verify(&mut |_| ()).unwrap();
}

#[test]
fn a_backup_of_another_history_is_refused() {
    let place = Place::filled(20);
    let other = Place::with_backup(10, 20);
    place.meddle("DELETE FROM record WHERE seq = 4");
    let refused = place.examine(Some(&other.backup())).err().expect("refused");
    assert!(refused.to_string().contains("another history"), "{refused}");
}

#[test]
fn a_damaged_backup_is_refused_and_nothing_is_changed() {
    let place = Place::with_backup(10, 20);
    place.meddle("DELETE FROM record WHERE seq = 4");
    let copy = place.backup().join("journal.db");
    let mut bytes = fs::read(&copy).unwrap();
    bytes[5_000] ^= 1;
    fs::write(&copy, bytes).unwrap();
    let before = fs::read(place.data().join("journal.db")).unwrap();
    let refused = place.damage(Some(&place.backup())).repair(&mut |_, _, _| ());
    assert!(matches!(refused, Err(JournalError::Damaged { .. })), "{refused:?}");
    assert!(fs::read(place.data().join("journal.db")).unwrap() == before);
    let refused = restore(&place.backup(), &place.root.path().join("new"), &mut |_, _, _| ());
    assert!(matches!(refused, Err(JournalError::Damaged { .. })), "{refused:?}");
}

/// Every point at which a repair may be interrupted once it is decided.
#[test]
fn an_interrupted_repair_is_finished_by_the_next_start() {
    let names = ["journal.db-wal", "snapshot", "journal.db", "head.anchor"];
    for steps in 0..=names.len() + 2 {
        let place = Place::filled(20);
        fs::write(place.data().join("snapshot"), "of the damaged one").unwrap();
        place.meddle("DELETE FROM record WHERE seq = 13");
        // What lies there once the new journal is whole: made elsewhere, put in by hand.
        let other = Place::filled(20);
        other.meddle("DELETE FROM record WHERE seq = 13");
        repair(other.damage(None));
        let (data, incoming) = (place.data(), place.data().join("incoming"));
        let aside = data.join("damaged-then");
        fs::create_dir(&incoming).unwrap();
        for file in ["journal.db", "head.anchor"] {
            fs::copy(other.data().join(file), incoming.join(file)).unwrap();
        }
        fs::write(incoming.join("complete"), "damaged-then").unwrap();
        if steps > 0 {
            fs::create_dir(&aside).unwrap();
        }
        for name in names.iter().take(steps).filter(|name| data.join(name).exists()) {
            fs::rename(data.join(name), aside.join(name)).unwrap();
        }
        for name in ["head.anchor", "journal.db"].iter().take(steps.saturating_sub(names.len())) {
            fs::rename(incoming.join(name), data.join(name)).unwrap();
        }
        let all = place.all();
        assert_eq!(all[..12], records(1, 12), "after {steps} steps");
        assert_eq!(told(&all[12]).kept_to, 12, "after {steps} steps");
        assert!(aside.join("snapshot").exists() && !incoming.exists(), "after {steps} steps");
        assert!(!data.join("snapshot").exists(), "after {steps} steps");
    }
}

#[test]
fn a_repair_interrupted_before_it_was_decided_changes_nothing() {
    let place = Place::filled(20);
    let incoming = place.data().join("incoming");
    fs::create_dir(&incoming).unwrap();
    fs::write(incoming.join("journal.db"), "half of one").unwrap();
    assert_eq!(place.all(), records(1, 20));
    assert!(!incoming.exists());
}
