//! The database's shape, and how a new one comes to be.

use std::{fs, path::Path};

use chrono::{SecondsFormat, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::{
    anchor::{Anchor, AnchorFile},
    fault::{damaged, fault},
};
use crate::journal::{
    Epoch, JournalError,
    chain::Hash,
    directory::{Files, make_private, open_private, refused, rename},
};

/// The version of the database's shape this release writes, and the newest it reads.
pub const FORMAT: u32 = 1;

const META: &str = "CREATE TABLE meta (format INTEGER NOT NULL, epoch TEXT NOT NULL, created TEXT NOT NULL) STRICT";
const RECORD: &str = "CREATE TABLE record (seq INTEGER PRIMARY KEY, alert INTEGER, line TEXT NOT NULL, \
     hash BLOB NOT NULL) STRICT";
/// Finds an alert's records. It holds records without an alert too, which makes it the small thing
/// to count when the records are counted.
const RECORD_BY_ALERT: &str = "CREATE INDEX record_by_alert ON record (alert)";

/// Makes an empty journal. The database appears under its name last and whole, so that one which is
/// there but empty or cut is damage and never an interrupted beginning.
pub fn create(files: &Files) -> Result<(), JournalError> {
    refuse_to_bury(files)?;
    let epoch = Epoch::random();
    let new = files.directory.join("journal.db.new");
    for suffix in ["", "-journal", "-wal", "-shm"] {
        let leftover = files.directory.join(format!("journal.db.new{suffix}"));
        if leftover.exists() {
            fs::remove_file(&leftover).map_err(|error| refused(&leftover, error))?;
        }
    }
    let cannot_write = |path: &Path| {
        let path = path.to_owned();
        move |error: std::io::Error| refused(&path, format!("it cannot be written: {error}"))
    };
    let mut options = fs::OpenOptions::new();
    open_private(&new, options.write(true).create_new(true)).map_err(cannot_write(&new))?;
    write_schema(&new, &epoch).map_err(|error| fault(&new, 0, error))?;
    let anchor = Anchor { seq: 0, hash: Hash::GENESIS, epoch };
    AnchorFile::create(&files.anchor, &anchor).map_err(cannot_write(&files.anchor))?;
    rename(&new, &files.database).map_err(cannot_write(&files.database))
}

/// A database that is gone is not a new beginning.
fn refuse_to_bury(files: &Files) -> Result<(), JournalError> {
    let gone = |seq, what: &str| damaged(&files.database, seq, what);
    if files.anchor.exists() {
        let anchor = Anchor::read(&files.anchor).map_err(|error| refused(&files.anchor, error))?;
        let anchor = anchor.ok_or_else(|| {
            gone(0, "the file is missing, and how long it was cannot be read from head.anchor")
        })?;
        if anchor.seq > 0 {
            return Err(gone(
                1,
                &format!("the file is missing, and it held {} records", anchor.seq),
            ));
        }
    }
    if fs::metadata(&files.write_ahead_log).is_ok_and(|log| log.len() > 0) {
        return Err(gone(1, "the file is missing, and its write-ahead log is still here"));
    }
    Ok(())
}

/// Makes the tables of an empty journal in an empty file.
pub fn write_schema(path: &Path, epoch: &Epoch) -> rusqlite::Result<()> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    let created = Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true);
    connection.execute_batch(&format!("BEGIN; {META}; {RECORD}; {RECORD_BY_ALERT};"))?;
    connection.execute("INSERT INTO meta VALUES (?1, ?2, ?3)", (FORMAT, &epoch.0, created))?;
    connection.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE);")?;
    connection.close().map_err(|(_, error)| error)
}

/// Checks that the database is a journal this release can read, and returns which history it holds.
pub fn check(connection: &Connection, path: &Path) -> Result<Epoch, JournalError> {
    let failed = |error| fault(path, 0, error);
    let tables: u32 = connection
        .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'meta'", [], |row| row.get(0))
        .map_err(failed)?;
    if tables == 0 {
        return Err(damaged(path, 0, "it is not a journal of campus-dispatch"));
    }
    let meta = connection
        .query_row("SELECT format, epoch FROM meta", [], |row| {
            Ok((row.get::<_, u32>(0)?, Epoch(row.get(1)?)))
        })
        .optional()
        .map_err(failed)?;
    let (format, epoch) = meta.ok_or_else(|| damaged(path, 0, "its format is not told"))?;
    if format > FORMAT {
        return Err(JournalError::NewerFormat {
            path: path.to_owned(),
            found: format,
            known: FORMAT,
        });
    }
    let mut statement =
        connection.prepare("SELECT sql FROM sqlite_schema ORDER BY rowid").map_err(failed)?;
    let shape: rusqlite::Result<Vec<String>> =
        statement.query_map([], |row| row.get(0)).and_then(Iterator::collect);
    if format != FORMAT || shape.map_err(failed)? != [META, RECORD, RECORD_BY_ALERT] {
        return Err(damaged(path, 0, "its tables are not those of a journal"));
    }
    Ok(epoch)
}

/// Takes the database's files from everybody but their owner. By path, since closing a file that
/// SQLite has open elsewhere in this process would drop SQLite's locks.
pub fn make_files_private(files: &Files) -> Result<(), JournalError> {
    for path in [&files.database, &files.write_ahead_log, &files.log_index] {
        if path.exists() {
            make_private(path).map_err(|error| {
                refused(path, format!("its mode cannot be set to 0600 ({error}); own the file"))
            })?;
        }
    }
    Ok(())
}
