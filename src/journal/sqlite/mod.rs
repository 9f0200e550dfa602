//! The journal for keeps: SQLite with a write-ahead log, synced at every commit.
//!
//! [`SqliteJournal`] is the one writer and holds the data directory's lock for its life.
//! [`SqliteReader`] reads beside it or without it. [`backup`], [`restore`] and [`repair`] are for
//! what a disk does to it. `anchor` is what notices a history that has
//! become shorter; `schema` is the database's shape; `fault` says what SQLite's errors mean here.

mod anchor;
pub mod backup;
mod fault;
mod reader;
pub mod repair;
mod restore;
mod schema;
mod staging;

use std::{
    ffi::c_int,
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::Path,
    time::Duration,
};

use rusqlite::{
    Connection, ErrorCode, OpenFlags, TransactionBehavior, config::DbConfig, hooks::Wal,
};

use self::{
    anchor::{Anchor, AnchorFile},
    fault::{damaged, fault},
    reader::{check_anchor, check_mode, fetch, hash_at, last, position, read_anchor},
    staging::{insert, settle},
};
use super::{
    Epoch, Head, Journal, JournalError, JournalReader, Shortage,
    chain::{Chain, StoredRecord},
    directory::{DirectoryLock, Files, refused},
    room,
};
use crate::{
    domain::record::{Record, Seq},
    planted::{self, Planted},
};

pub use self::{anchor::SYNC_EVERY, reader::SqliteReader, restore::restore};

/// How long a connection waits for another's recovery of the write-ahead log.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Pages in the write-ahead log (1 MiB) before they are folded into the database. Whatever comes
/// meanwhile waits, deadlines too, so the log is kept short: with 16 MiB it waited for some 20 ms
/// each time, and was no faster on the whole.
const CHECKPOINT_PAGES: c_int = 256;

/// The writing end of a journal in a data directory.
#[derive(Debug)]
pub struct SqliteJournal {
    // Dropped in this order: the lock goes last.
    connection: Connection,
    anchor: AnchorFile,
    files: Files,
    epoch: Epoch,
    chain: Chain,
    poisoned: bool,
    reserve: u64,
    _lock: DirectoryLock,
}

impl SqliteJournal {
    /// Opens the journal of a data directory, and makes both where they are missing.
    ///
    /// What is cheap is checked here, before anything is changed: that nobody else has it, its
    /// format, its head against the anchor, the number of records. The chain is checked by whoever
    /// reads: a start replays with [`JournalReader::read_after`], and each record is read once.
    ///
    /// # Errors
    /// When it is in use, damaged, newer than this release, or the storage refuses.
    pub fn open(directory: &Path) -> Result<Self, JournalError> {
        let files = Files::of(directory);
        if files.manifest.exists() {
            let cause = "this is a backup, and would be none once it is served; put it into a data \
                         directory with `campus-dispatch restore`";
            return Err(refused(directory, cause));
        }
        let lock = files.take()?;
        settle(&files)?;
        if !files.database.exists() {
            schema::create(&files)?;
        }
        schema::make_files_private(&files)?;
        let told = read_anchor(&files)?;
        sync_log(&files)?;
        let connection = connect(&files.database)?;
        let epoch = schema::check(&connection, &files.database)?;
        check_length(&connection, &files)?;
        let chain = last(&connection, &files.database)?;
        check_anchor(&connection, &files, &told, &epoch, chain)?;
        check_count(&connection, &files.database, chain.seq())?;
        check_last(&connection, &files.database, chain)?;
        allow_full(fold_log(&connection))
            .map_err(|error| fault(&files.database, chain.seq(), error))?;
        let anchor = AnchorFile::open(&files.anchor)
            .map_err(|error| refused(&files.anchor, format!("it cannot be written: {error}")))?;
        let mut journal = Self {
            connection,
            anchor,
            files,
            epoch,
            chain,
            poisoned: false,
            reserve: 0,
            _lock: lock,
        };
        journal.catch_up(&told)?;
        Ok(journal)
    }

    /// Has no room for more once so many bytes or fewer are free on its disk.
    pub fn keep_free(mut self, reserve: u64) -> Self {
        self.reserve = reserve;
        self
    }

    /// After a crash the anchor may be behind.
    fn catch_up(&mut self, told: &Anchor) -> Result<(), JournalError> {
        if told.seq == self.chain.seq() {
            return Ok(());
        }
        let told = self.told();
        self.anchor
            .advance(&told)
            .map_err(|error| refused(&self.files.anchor, format!("it cannot be written: {error}")))
    }

    fn told(&self) -> Anchor {
        Anchor { seq: self.chain.seq(), hash: self.chain.hash(), epoch: self.epoch.clone() }
    }

    fn commit(&mut self, batch: &[StoredRecord]) -> rusqlite::Result<()> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for stored in batch {
            insert(&transaction, stored)?;
        }
        transaction.commit()
    }
}

impl Journal for SqliteJournal {
    fn epoch(&self) -> &Epoch {
        &self.epoch
    }

    fn head(&self) -> Head {
        self.chain.head()
    }

    fn append(&mut self, batch: &[Record]) -> Result<Head, JournalError> {
        if self.poisoned {
            return Err(JournalError::Poisoned);
        }
        if batch.is_empty() {
            return Ok(self.head());
        }
        let mut chain = self.chain;
        let stored: Vec<StoredRecord> =
            batch.iter().map(|record| chain.extend(record)).collect::<Result<_, _>>()?;
        self.poisoned = !planted::has(Planted::RetryAfterFailedSync);
        let unknown = |cause: String| JournalError::OutcomeUnknown { cause };
        self.commit(&stored).map_err(|error| unknown(error.to_string()))?;
        self.chain = chain;
        let told = self.told();
        self.anchor.advance(&told).map_err(|error| unknown(format!("head.anchor: {error}")))?;
        self.files.check_in_place().map_err(|error| unknown(error.to_string()))?;
        self.poisoned = false;
        Ok(self.head())
    }

    /// Folding the log writes it once more, before its own space is free.
    fn room(&self) -> Result<(), Shortage> {
        let log = fs::metadata(&self.files.write_ahead_log).map_or(0, |log| log.len());
        room::check(&self.files.directory, log, self.reserve)
    }

    fn reader(&self) -> Result<Box<dyn JournalReader>, JournalError> {
        Ok(Box::new(SqliteReader::lazy(self.files.clone())))
    }
}

impl Drop for SqliteJournal {
    /// Leaves everything in one file. After a failed append nothing more is written.
    fn drop(&mut self) {
        if !self.poisoned {
            // What fails here is made up for by the next start.
            let _ = self.anchor.sync();
            let _ = fold_log(&self.connection);
        }
    }
}

/// Makes the write-ahead log durable before it is believed. A process that was killed between a
/// write and its sync, or whose sync failed, leaves commits that can be read and yet be lost with
/// the next power cut. After a failed sync the system takes the pages for written and another sync
/// says yes to nothing, so the same bytes are written again.
fn sync_log(files: &Files) -> Result<(), JournalError> {
    let path = &files.write_ahead_log;
    let rewrite = || {
        let bytes = match fs::read(path) {
            Ok(bytes) if !bytes.is_empty() => bytes,
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let mut log = OpenOptions::new().write(true).open(path)?;
        log.write_all(&bytes)?;
        log.sync_all()
    };
    rewrite()
        .map_err(|error| refused(path, format!("it cannot be synced ({error}); check the disk")))
}

/// A log that cannot be folded for want of space is kept, and folded when there is some.
fn allow_full(folded: rusqlite::Result<()>) -> rusqlite::Result<()> {
    match folded {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DiskFull) => Ok(()),
        folded => folded,
    }
}

/// Folds a log that has grown long. SQLite's own way of it passes over a failed sync and tries
/// again the next time, when the system says yes to nothing; here it fails the commit, and nothing
/// is written any more.
fn fold_long_log(log: &mut Wal, pages: c_int) -> rusqlite::Result<()> {
    if pages < CHECKPOINT_PAGES {
        return Ok(());
    }
    match log.checkpoint() {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(()),
        folded => allow_full(folded),
    }
}

/// Folds the write-ahead log into the database, as far as readers allow, without waiting for them.
fn fold_log(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::ZERO)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    connection.busy_timeout(BUSY_TIMEOUT)
}

fn connect(path: &Path) -> Result<Connection, JournalError> {
    let failed = |error| fault(path, 0, error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(failed)?;
    // A journal that is refused stays as it was found, and a failed append is not made worse.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(failed)?;
    let synchronous = if planted::has(Planted::SkipSync) { "OFF" } else { "FULL" };
    connection.pragma_update(None, "synchronous", synchronous).map_err(failed)?;
    connection.wal_hook(Some(fold_long_log)).map_err(failed)?;
    check_mode(&connection, path)?;
    Ok(connection)
}

/// SQLite reads what is cut off the end of a file as zeros. While the log holds pages the file may
/// be the shorter.
fn check_length(connection: &Connection, files: &Files) -> Result<(), JournalError> {
    let path = &files.database;
    if fs::metadata(&files.write_ahead_log).is_ok_and(|log| log.len() > 0) {
        return Ok(());
    }
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let told = number("page_count")
        .and_then(|pages| Ok(pages * number("page_size")?))
        .map_err(|error| fault(path, 0, error))?;
    let found = fs::metadata(path).map_err(|error| refused(path, error))?.len();
    if u64::try_from(told) == Ok(found) {
        return Ok(());
    }
    Err(damaged(path, 0, format!("it has {found} bytes, and says that it has {told}")))
}

/// A history without a gap has as many records as its last one's number. The index is what is
/// counted, so this is cheap.
fn check_count(connection: &Connection, path: &Path, end: Seq) -> Result<(), JournalError> {
    let failed = |error| fault(path, 0, error);
    let count: Seq = connection
        .query_row("SELECT count(*) FROM record", [], |row| position(row, 0))
        .map_err(failed)?;
    if count == end {
        return Ok(());
    }
    let first_gap = "SELECT min(seq) + 1 FROM (SELECT 0 AS seq UNION ALL SELECT seq FROM record) r \
                     WHERE NOT EXISTS (SELECT 1 FROM record n WHERE n.seq = r.seq + 1)";
    let gap: Seq = connection.query_row(first_gap, [], |row| position(row, 0)).map_err(failed)?;
    let what = if gap <= end {
        "the record is missing".to_owned()
    } else {
        format!("it ends at seq {end}, and its index knows {count} records")
    };
    Err(damaged(path, gap.min(end), what))
}

/// The last record must be whole, or nothing can be put after it.
fn check_last(connection: &Connection, path: &Path, end: Chain) -> Result<(), JournalError> {
    if end.seq() == 0 {
        return Ok(());
    }
    let before = end.seq() - 1;
    let hash = hash_at(connection, path, before)?;
    let hash = hash.ok_or_else(|| damaged(path, before, "the record is missing"))?;
    let mut found = Vec::new();
    fetch(connection, before, end.seq(), &mut found)
        .map_err(|error| fault(path, end.seq(), error))?;
    let stored = found.first().ok_or_else(|| damaged(path, end.seq(), "the record is missing"))?;
    Chain::after(before, hash).follow(stored).map(|_| ()).map_err(|broken| broken.in_file(path))
}
