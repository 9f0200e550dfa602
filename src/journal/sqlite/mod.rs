//! The journal for keeps: SQLite with a write-ahead log, synced at every commit.
//!
//! [`SqliteJournal`] is the one writer and holds the data directory's lock for its life.
//! [`SqliteReader`] reads beside it or without it. `anchor` is what notices a history that has
//! become shorter; `schema` is the database's shape; `fault` says what SQLite's errors mean here.

mod anchor;
mod fault;
mod reader;
mod schema;

use std::{fs::File, io::ErrorKind, path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, TransactionBehavior, config::DbConfig};

use self::{
    anchor::{Anchor, AnchorFile},
    fault::{damaged, fault},
    reader::{check_anchor, column, fetch, hash_at, last, position, read_anchor},
};
use super::{
    Epoch, Head, Journal, JournalError, JournalReader,
    chain::{Chain, StoredRecord},
    directory::{DirectoryLock, Files, refused},
};
use crate::domain::record::{Record, Seq};

pub use self::{anchor::SYNC_EVERY, reader::SqliteReader};

/// How long a connection waits for another's recovery of the write-ahead log.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Pages in the write-ahead log (16 MiB) before they are folded into the database. Larger means
/// fewer syncs, smaller a quicker start after a crash.
const CHECKPOINT_PAGES: u32 = 4_096;

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
    _lock: DirectoryLock,
}

impl SqliteJournal {
    /// Opens the journal of a data directory, and makes both where they are missing.
    ///
    /// What is cheap is checked here, before anything is changed: that nobody else has it, its
    /// format, its head against the anchor, the number of records. The chain is checked by whoever reads: a start replays with
    /// [`JournalReader::read_after`], and each record is read once.
    ///
    /// # Errors
    /// When it is in use, damaged, newer than this release, or the storage refuses.
    pub fn open(directory: &Path) -> Result<Self, JournalError> {
        let files = Files::of(directory);
        let lock = files.take()?;
        if !files.database.exists() {
            schema::create(&files)?;
        }
        schema::make_files_private(&files)?;
        let told = read_anchor(&files)?;
        sync_log(&files)?;
        let connection = connect(&files.database)?;
        let epoch = schema::check(&connection, &files.database)?;
        let chain = last(&connection, &files.database)?;
        check_anchor(&connection, &files, &told, &epoch, chain)?;
        check_count(&connection, &files.database, chain.seq())?;
        check_last(&connection, &files.database, chain)?;
        fold_log(&connection).map_err(|error| fault(&files.database, chain.seq(), error))?;
        let anchor = AnchorFile::open(&files.anchor)
            .map_err(|error| refused(&files.anchor, format!("it cannot be written: {error}")))?;
        let mut journal =
            Self { connection, anchor, files, epoch, chain, poisoned: false, _lock: lock };
        journal.catch_up(&told)?;
        Ok(journal)
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
        {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO record (seq, alert, line, hash) VALUES (?1, ?2, ?3, ?4)",
            )?;
            for StoredRecord { seq, alert, line, hash } in batch {
                insert.execute((column(*seq), alert.map(|alert| alert.0), line, hash.0))?;
            }
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
        self.poisoned = true;
        let unknown = |cause: String| JournalError::OutcomeUnknown { cause };
        self.commit(&stored).map_err(|error| unknown(error.to_string()))?;
        self.chain = chain;
        let told = self.told();
        self.anchor.advance(&told).map_err(|error| unknown(format!("head.anchor: {error}")))?;
        self.files.check_in_place().map_err(|error| unknown(error.to_string()))?;
        self.poisoned = false;
        Ok(self.head())
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
/// write and its sync leaves commits that can be read and yet be lost with the next power cut.
fn sync_log(files: &Files) -> Result<(), JournalError> {
    let path = &files.write_ahead_log;
    let synced = match File::open(path) {
        Ok(log) => log.sync_all(),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    };
    synced.map_err(|error| refused(path, format!("it cannot be synced ({error}); check the disk")))
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
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(failed)?;
    // A journal that is refused stays as it was found, and a failed append is not made worse.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(failed)?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES).map_err(failed)?;
    let mode: String =
        connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).map_err(failed)?;
    if mode != "wal" {
        return Err(damaged(path, 0, format!("its journal mode is {mode} instead of wal")));
    }
    Ok(connection)
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
