//! The SQLite journal: the contract, and what is its own.

use std::{fs, path::Path};

use campus_dispatch::journal::{
    Journal, JournalError, JournalReader,
    sqlite::{SYNC_EVERY, SqliteJournal, SqliteReader},
};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{
    contract::{Adapter, contract, read_after},
    records::{alert_at, record, records},
};

struct Sqlite(TempDir);

impl Sqlite {
    fn directory(&self) -> &Path {
        self.0.path()
    }

    fn filled(to: u64) -> (Self, SqliteJournal) {
        let place = Self::fresh();
        let mut journal = SqliteJournal::open(place.directory()).unwrap();
        journal.append(&records(1, to)).unwrap();
        (place, journal)
    }

    /// A connection of its own, for doing to the database what nobody should.
    fn meddle(&self) -> Connection {
        Connection::open(self.directory().join("journal.db")).unwrap()
    }
}

impl Adapter for Sqlite {
    fn fresh() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn open(&self) -> Result<Box<dyn Journal>, JournalError> {
        Ok(Box::new(SqliteJournal::open(self.directory())?))
    }
}

contract!(Sqlite);

fn damage(found: Result<impl Sized, JournalError>) -> (String, u64, String) {
    let error = found.err().expect("damage is refused");
    let text = error.to_string();
    match error {
        JournalError::Damaged { path, seq, what } => {
            assert!(text.contains("journal verify"), "{text}");
            (path.file_name().unwrap().to_str().unwrap().to_owned(), seq, what)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_missing_data_directory_is_made() {
    let place = Sqlite::fresh();
    let deep = place.directory().join("a").join("b");
    SqliteJournal::open(&deep).unwrap().append(&[record(1)]).unwrap();
    assert_eq!(SqliteJournal::open(&deep).unwrap().head().seq, 1);
}

#[test]
fn a_data_directory_that_is_none_is_refused_with_the_remedy() {
    let place = Sqlite::fresh();
    let file = place.directory().join("file");
    fs::write(&file, "not a directory").unwrap();
    for path in [file.clone(), file.join("below")] {
        let error = SqliteJournal::open(&path).unwrap_err();
        assert!(matches!(error, JournalError::Storage { .. }), "{error:?}");
        assert!(error.to_string().contains("--data"), "{error}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "not a directory");
}

#[test]
fn a_second_writer_changes_nothing_for_the_first() {
    let (place, mut journal) = Sqlite::filled(3);
    let refused = SqliteJournal::open(place.directory()).unwrap_err();
    assert!(refused.to_string().contains(place.directory().to_str().unwrap()), "{refused}");
    journal.append(&records(4, 9)).unwrap();
    assert_eq!(read_after(&*journal.reader().unwrap(), 0), records(1, 9));
}

#[cfg(unix)]
#[test]
fn a_directory_removed_while_it_is_written_promises_nothing_more() {
    for file in ["journal.db", "journal.db-wal", "head.anchor"] {
        let (place, mut journal) = Sqlite::filled(3);
        fs::remove_file(place.directory().join(file)).unwrap();
        let error = journal.append(&[record(4)]).unwrap_err();
        assert!(matches!(error, JournalError::OutcomeUnknown { .. }), "{error:?}");
        assert!(error.to_string().contains(file), "{error}");
        assert!(matches!(journal.append(&[record(5)]), Err(JournalError::Poisoned)));
    }
}

#[cfg(unix)]
#[test]
fn files_are_their_owners_only_however_they_were_left() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let place = Sqlite::fresh();
    let directory = place.directory().join("data");
    let mut journal = SqliteJournal::open(&directory).unwrap();
    journal.append(&[record(1)]).unwrap();
    assert_eq!(mode(&directory), 0o700);
    let modes = || {
        let files = fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().path());
        files.map(|path| (path.clone(), mode(&path))).collect::<Vec<_>>()
    };
    assert!(modes().len() >= 4, "{:?}", modes());
    assert!(modes().iter().all(|(_, mode)| *mode == 0o600), "{:?}", modes());
    drop(journal);
    for (path, _) in modes() {
        fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
    }
    let _journal = SqliteJournal::open(&directory).unwrap();
    assert!(modes().iter().all(|(_, mode)| *mode == 0o600), "{:?}", modes());
}

#[test]
fn a_failed_append_poisons_and_the_restart_settles_it() {
    let (place, mut journal) = Sqlite::filled(3);
    // Somebody else's row is in the way of the third record of the batch.
    place
        .meddle()
        .execute("INSERT INTO record VALUES (6, NULL, 'in the way', zeroblob(32))", [])
        .unwrap();
    let failed = journal.append(&records(4, 7));
    assert!(matches!(failed, Err(JournalError::OutcomeUnknown { .. })), "{failed:?}");
    place.meddle().execute("DELETE FROM record WHERE seq = 6", []).unwrap();
    for batch in [records(4, 7), records(1, 1), Vec::new()] {
        assert!(matches!(journal.append(&batch), Err(JournalError::Poisoned)));
    }
    drop(journal);
    let mut journal = SqliteJournal::open(place.directory()).unwrap();
    assert_eq!(read_after(&*journal.reader().unwrap(), 0), records(1, 3));
    journal.append(&records(4, 7)).unwrap();
}

#[test]
fn a_newer_format_is_refused() {
    let (place, journal) = Sqlite::filled(3);
    drop(journal);
    place.meddle().execute("UPDATE meta SET format = 2", []).unwrap();
    place.meddle().execute("ALTER TABLE record ADD COLUMN later TEXT", []).unwrap();
    let newer = |found: JournalError| {
        assert!(matches!(found, JournalError::NewerFormat { found: 2, known: 1, .. }), "{found:?}");
    };
    newer(SqliteJournal::open(place.directory()).unwrap_err());
    newer(SqliteReader::open(place.directory()).unwrap_err());
}

#[test]
fn a_newer_record_is_refused_and_not_called_damage() {
    let (place, journal) = Sqlite::filled(3);
    let before = journal.head().hash;
    drop(journal);
    let line = r#"{"v":2,"seq":4,"event":"a shape to come"}"#;
    use sha2::{Digest, Sha256};
    let hash: [u8; 32] = Sha256::new()
        .chain_update(hex::decode(before).unwrap())
        .chain_update(line)
        .finalize()
        .into();
    place.meddle().execute("INSERT INTO record VALUES (4, NULL, ?1, ?2)", (line, hash)).unwrap();
    let error = SqliteJournal::open(place.directory()).unwrap_err();
    assert!(matches!(error, JournalError::NewerFormat { found: 2, known: 1, .. }), "{error:?}");
    let reader = SqliteReader::open(place.directory()).unwrap();
    let mut read = Vec::new();
    let ended = reader.read_after(0, &mut |record| read.push(record));
    assert!(matches!(ended, Err(JournalError::NewerFormat { .. })), "{ended:?}");
    assert_eq!(read, records(1, 3));
}

#[test]
fn each_link_is_the_digest_of_the_hash_before_and_the_line_as_written() {
    use sha2::{Digest, Sha256};
    let (place, journal) = Sqlite::filled(50);
    let meddler = place.meddle();
    let mut statement = meddler.prepare("SELECT line, hash FROM record ORDER BY seq").unwrap();
    let lines = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))
        .unwrap();
    let mut hash = vec![0; 32];
    for (seq, line) in (1..).zip(lines) {
        let (line, stored) = line.unwrap();
        assert!(line.starts_with(&format!("{{\"v\":1,\"seq\":{seq},\"at\":\"2026-")), "{line}");
        hash = Sha256::digest([&hash[..], line.as_bytes()].concat()).to_vec();
        assert_eq!(stored, hash);
    }
    assert_eq!(hex::encode(hash), journal.head().hash);
}

#[test]
fn a_changed_missing_or_misfiled_record_is_named() {
    // How the record is meddled with; what verify names; whether a record before it is still read.
    for (meddling, seq) in [
        (
            "UPDATE record SET line = replace(line, 'example-operator', 'example-imposter') WHERE seq = 7",
            7,
        ),
        ("UPDATE record SET hash = zeroblob(32) WHERE seq = 7", 7),
        ("UPDATE record SET alert = 77 WHERE seq = 7", 7),
        ("UPDATE record SET alert = NULL WHERE seq = 8", 8),
        ("UPDATE record SET line = 'x' WHERE seq = 7", 7),
        ("DELETE FROM record WHERE seq = 7", 7),
        ("DELETE FROM record WHERE seq BETWEEN 1 AND 3", 1),
        ("UPDATE record SET seq = 1000 WHERE seq = 7", 7),
    ] {
        let (place, journal) = Sqlite::filled(20);
        drop(journal);
        place.meddle().execute(meddling, []).unwrap();
        let reader = SqliteReader::open(place.directory()).unwrap();
        let (file, found, _) = damage(reader.verify(&mut |_| ()));
        assert_eq!((file.as_str(), found), ("journal.db", seq), "{meddling}");
        let mut read = Vec::new();
        let ended = reader.read_after(0, &mut |record| read.push(record));
        assert_eq!(damage(ended).1, seq, "{meddling}");
        assert_eq!(read, records(1, seq - 1), "{meddling}");
    }
}

#[test]
fn an_alerts_records_are_checked_one_by_one() {
    let (place, journal) = Sqlite::filled(20);
    place.meddle().execute("UPDATE record SET line = replace(line, 'l1-a', 'l1-b')", []).unwrap();
    let reader = journal.reader().unwrap();
    let (_, seq, _) = damage(reader.records_of(alert_at(4)));
    assert_eq!(seq, 4);
    assert_eq!(reader.records_of(alert_at(9)).unwrap(), [record(9), record(18)]);
}

#[test]
fn a_gap_is_noticed_at_the_start_already() {
    let (place, journal) = Sqlite::filled(20);
    drop(journal);
    place.meddle().execute("DELETE FROM record WHERE seq = 7", []).unwrap();
    let (file, seq, _) = damage(SqliteJournal::open(place.directory()));
    assert_eq!((file.as_str(), seq), ("journal.db", 7));
}

#[test]
fn a_journal_that_ends_before_its_anchor_is_refused() {
    let (place, journal) = Sqlite::filled(20);
    drop(journal);
    place.meddle().execute("DELETE FROM record WHERE seq > 18", []).unwrap();
    for found in [
        damage(SqliteJournal::open(place.directory())),
        damage(SqliteReader::open(place.directory()).unwrap().verify(&mut |_| ())),
    ] {
        let (file, seq, what) = found;
        assert_eq!((file.as_str(), seq), ("journal.db", 19));
        assert!(what.contains("20"), "{what}");
    }
}

#[test]
fn a_history_written_anew_is_refused() {
    let (place, journal) = Sqlite::filled(20);
    drop(journal);
    let (other, journal) = Sqlite::filled(19);
    drop(journal);
    let meddler = place.meddle();
    let path = other.directory().join("journal.db");
    meddler.execute("ATTACH ?1 AS other", [path.to_str().unwrap()]).unwrap();
    // The same records, the last one told otherwise, with a chain that is whole.
    let mut journal = SqliteJournal::open(other.directory()).unwrap();
    journal.append(&[campus_dispatch::domain::record::Record { seq: 20, ..record(2) }]).unwrap();
    drop(journal);
    meddler.execute("DELETE FROM record", []).unwrap();
    meddler.execute("INSERT INTO record SELECT * FROM other.record", []).unwrap();
    let (_, seq, what) = damage(SqliteJournal::open(place.directory()));
    assert_eq!(seq, 20);
    assert!(what.contains("head.anchor"), "{what}");
}

#[test]
fn a_missing_file_is_not_a_new_beginning() {
    for file in ["journal.db", "head.anchor"] {
        let (place, journal) = Sqlite::filled(20);
        drop(journal);
        fs::remove_file(place.directory().join(file)).unwrap();
        assert_eq!(damage(SqliteJournal::open(place.directory())).0, file);
        assert_eq!(damage(SqliteJournal::open(place.directory())).0, file);
    }
}

#[test]
fn an_interrupted_beginning_is_begun_again() {
    let place = Sqlite::fresh();
    drop(SqliteJournal::open(place.directory()).unwrap());
    // As if the power had gone just before the database got its name.
    let at = |name: &str| place.directory().join(name);
    fs::rename(at("journal.db"), at("journal.db.new")).unwrap();
    fs::write(at("journal.db.new-wal"), "left over").unwrap();
    let mut journal = SqliteJournal::open(place.directory()).unwrap();
    journal.append(&[record(1)]).unwrap();
    drop(journal);
    assert_eq!(SqliteJournal::open(place.directory()).unwrap().head().seq, 1);
}

#[test]
fn an_anchor_left_behind_by_a_power_cut_is_brought_up() {
    let (place, mut journal) = Sqlite::filled(20);
    let anchor = place.directory().join("head.anchor");
    let behind = fs::read(&anchor).unwrap();
    journal.append(&records(21, 30)).unwrap();
    drop(journal);
    fs::write(&anchor, behind).unwrap();
    let journal = SqliteJournal::open(place.directory()).unwrap();
    assert_eq!(journal.head().seq, 30);
    drop(journal);
    place.meddle().execute("DELETE FROM record WHERE seq > 25", []).unwrap();
    assert_eq!(damage(SqliteJournal::open(place.directory())).1, 26);
}

#[test]
fn the_anchor_is_kept_over_many_syncs() {
    let (place, mut journal) = Sqlite::filled(1);
    let last = 2 * SYNC_EVERY + 10;
    for from in (2..=last).step_by(250) {
        journal.append(&records(from, (from + 249).min(last))).unwrap();
    }
    drop(journal);
    place
        .meddle()
        .execute("DELETE FROM record WHERE seq = (SELECT max(seq) FROM record)", [])
        .unwrap();
    assert_eq!(damage(SqliteJournal::open(place.directory())).1, last);
}

#[test]
fn a_reader_opens_with_and_without_a_server() {
    let (place, mut journal) = Sqlite::filled(20);
    let beside = SqliteReader::open(place.directory()).unwrap();
    assert_eq!(beside.head().unwrap(), journal.head());
    assert_eq!(beside.epoch().unwrap(), *journal.epoch());
    let head = journal.append(&records(21, 30)).unwrap();
    assert_eq!(beside.verify(&mut |_| ()).unwrap(), head);
    drop((beside, journal));
    let alone = SqliteReader::open(place.directory()).unwrap();
    assert_eq!(alone.verify(&mut |_| ()).unwrap(), head);
    assert_eq!(read_after(&alone, 0), records(1, 30));
    // A reader takes nothing from the next server.
    SqliteJournal::open(place.directory()).unwrap().append(&[record(31)]).unwrap();
    assert_eq!(read_after(&alone, 30), records(31, 31));
}

#[test]
fn a_reader_of_an_empty_directory_is_refused_and_makes_nothing() {
    let place = Sqlite::fresh();
    let error = SqliteReader::open(place.directory()).unwrap_err();
    assert!(error.to_string().contains("--data"), "{error}");
    assert_eq!(fs::read_dir(place.directory()).unwrap().count(), 0);
}

#[test]
fn a_closed_journal_lies_in_the_database_alone() {
    let (place, journal) = Sqlite::filled(20);
    drop(journal);
    let log = place.directory().join("journal.db-wal");
    assert!(!log.exists() || fs::metadata(log).unwrap().len() == 0);
}
