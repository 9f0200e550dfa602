//! Reading a SQLite journal, beside its writer or without one.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};

use rusqlite::{Connection, OpenFlags, OptionalExtension, Row};

use super::{
    BUSY_TIMEOUT,
    anchor::Anchor,
    fault::{damaged, fault},
    schema,
};
use crate::{
    domain::{
        id::AlertId,
        record::{Record, Seq},
    },
    journal::{
        Epoch, Head, JournalError, JournalReader,
        chain::{Chain, Hash, StoredRecord},
        directory::{Files, refused},
        read_stored,
        seal::Link,
    },
};

/// How many records are fetched at once. Between two fetches no lock is held and no read
/// transaction is open, so that a long read neither holds up other callers nor keeps the
/// write-ahead log from being folded into the database.
const FETCH: u32 = 1_024;

const COLUMNS: &str = "SELECT seq, alert, line, hash FROM record";

/// A reading end with a connection of its own.
#[derive(Debug)]
pub struct SqliteReader {
    files: Files,
    connection: Mutex<Option<Connection>>,
}

impl SqliteReader {
    /// Opens a data directory for reading only, whether a server has it or not: for `journal
    /// verify` and `export`. It takes no lock and changes nothing.
    ///
    /// # Errors
    /// When there is no journal, or not one this release can read.
    pub fn open(directory: &Path) -> Result<Self, JournalError> {
        let reader = Self::lazy(Files::of(directory));
        reader.with(|_| Ok(()))?;
        Ok(reader)
    }

    /// A reader that opens its connection when it is first used.
    pub(super) fn lazy(files: Files) -> Self {
        Self { files, connection: Mutex::new(None) }
    }

    /// Which history this is.
    ///
    /// # Errors
    /// When the storage cannot be read.
    pub fn epoch(&self) -> Result<Epoch, JournalError> {
        self.with(|connection| schema::check(connection, &self.files.database))
    }

    /// The end of the durable history.
    ///
    /// # Errors
    /// When the storage cannot be read.
    pub fn head(&self) -> Result<Head, JournalError> {
        Ok(self.with(|connection| last(connection, &self.files.database))?.head())
    }

    pub(super) fn files(&self) -> &Files {
        &self.files
    }

    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        let mut open = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let connection = match open.take() {
            Some(connection) => connection,
            None => self.connect()?,
        };
        work(open.insert(connection))
    }

    fn connect(&self) -> Result<Connection, JournalError> {
        let path = &self.files.database;
        if !path.exists() {
            return Err(refused(path, "there is no journal here; name its directory with --data"));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)
            .and_then(|connection| connection.busy_timeout(BUSY_TIMEOUT).map(|()| connection))
            .map_err(|error| fault(path, 0, error))?;
        check_mode(&connection, path)?;
        schema::check(&connection, path)?;
        Ok(connection)
    }

    /// Walks the chain from `chain` to `end`, calling `take` with each record.
    fn walk(
        &self,
        mut chain: Chain,
        end: Seq,
        take: &mut dyn FnMut(Record),
        progress: &mut dyn FnMut(Seq),
    ) -> Result<(), JournalError> {
        let path = &self.files.database;
        let mut fetched = Vec::new();
        while chain.seq() < end {
            fetched.clear();
            let ended = self.with(|connection| {
                let from = chain.seq();
                fetch(connection, from, end, &mut fetched)
                    .map_err(|error| fault(path, from + 1 + fetched.len() as Seq, error))
            });
            for stored in &fetched {
                take(chain.follow(stored).map_err(|broken| broken.in_file(path))?);
            }
            ended?;
            if fetched.is_empty() {
                return Err(damaged(path, chain.seq() + 1, "the record is missing"));
            }
            progress(chain.seq());
        }
        Ok(())
    }

    /// What the side file told before the records were looked at, which cannot be more than they
    /// are.
    fn anchor(&self) -> Result<Anchor, JournalError> {
        read_anchor(&self.files)
    }
}

impl JournalReader for SqliteReader {
    fn read_after(&self, after: Seq, take: &mut dyn FnMut(Record)) -> Result<(), JournalError> {
        let path = &self.files.database;
        let (start, end) = self.with(|connection| {
            let end = last(connection, path)?.seq();
            if end <= after {
                return Ok((Chain::START, 0));
            }
            let hash = hash_at(connection, path, after)?;
            let hash = hash.ok_or_else(|| damaged(path, after, "the record is missing"))?;
            Ok((Chain::after(after, hash), end))
        })?;
        self.walk(start, end, take, &mut |_| ())
    }

    fn read_some(&self, after: Seq, max: usize) -> Result<Vec<Record>, JournalError> {
        let path = &self.files.database;
        let to = after.saturating_add(max as Seq);
        let (start, end) = self.with(|connection| {
            let end = last(connection, path)?.seq().min(to);
            let hash = hash_at(connection, path, after)?.unwrap_or(Hash::GENESIS);
            Ok((Chain::after(after, hash), end))
        })?;
        let mut records = Vec::new();
        self.walk(start, end, &mut |record| records.push(record), &mut |_| ())?;
        Ok(records)
    }

    fn records_of(&self, alert: AlertId) -> Result<Vec<Record>, JournalError> {
        let found = self.stored_of(Some(alert), 0, usize::MAX)?;
        let read = |(before, stored): (Hash, StoredRecord)| {
            read_stored(before, &stored).map_err(|broken| broken.in_file(&self.files.database))
        };
        found.into_iter().map(read).collect()
    }

    fn stored_of(
        &self,
        alert: Option<AlertId>,
        after: Seq,
        max: usize,
    ) -> Result<Vec<(Hash, StoredRecord)>, JournalError> {
        let path = &self.files.database;
        let query = "SELECT r.seq, r.alert, r.line, r.hash, before.hash FROM record r \
                     LEFT JOIN record before ON before.seq = r.seq - 1 \
                     WHERE r.alert IS ?1 AND r.seq > ?2 ORDER BY r.seq LIMIT ?3";
        let mut found: Vec<(Option<Hash>, StoredRecord)> = Vec::new();
        self.with(|connection| {
            let mut read = || -> rusqlite::Result<()> {
                let max = i64::try_from(max).unwrap_or(i64::MAX);
                let mut statement = connection.prepare_cached(query)?;
                let mut rows = statement.query((alert.map(|id| id.0), column(after), max))?;
                while let Some(row) = rows.next()? {
                    let before = row.get::<_, Option<[u8; 32]>>(4)?.map(Hash);
                    found.push((before, stored(row)?));
                }
                Ok(())
            };
            read().map_err(|error| fault(path, 0, error))
        })?;
        let after_another = |(before, stored): (Option<Hash>, StoredRecord)| {
            let before_seq = stored.seq.saturating_sub(1);
            let before = if before_seq == 0 { Some(Hash::GENESIS) } else { before };
            let before =
                before.ok_or_else(|| damaged(path, before_seq, "the record is missing"))?;
            Ok((before, stored))
        };
        found.into_iter().map(after_another).collect()
    }

    fn hashes_after(&self, after: Seq, max: usize) -> Result<Vec<Link>, JournalError> {
        let path = &self.files.database;
        let query = "SELECT seq, alert, hash FROM record WHERE seq > ?1 ORDER BY seq LIMIT ?2";
        let link = |row: &Row| {
            let alert = row.get::<_, Option<u32>>(1)?.map(AlertId);
            Ok(Link { seq: position(row, 0)?, alert, hash: Hash(row.get(2)?) })
        };
        self.with(|connection| {
            let read = || -> rusqlite::Result<Vec<Link>> {
                let max = i64::try_from(max).unwrap_or(i64::MAX);
                let mut statement = connection.prepare_cached(query)?;
                statement.query_map((column(after), max), link)?.collect()
            };
            read().map_err(|error| fault(path, after + 1, error))
        })
    }

    fn hash_at(&self, seq: Seq) -> Result<Option<String>, JournalError> {
        let hash = self.with(|connection| hash_at(connection, &self.files.database, seq))?;
        Ok(hash.map(|hash| hash.to_string()))
    }

    fn verify(&self, progress: &mut dyn FnMut(Seq)) -> Result<Head, JournalError> {
        let path = &self.files.database;
        let anchor = self.anchor()?;
        let (epoch, end) = self
            .with(|connection| Ok((schema::check(connection, path)?, last(connection, path)?)))?;
        self.walk(Chain::START, end.seq(), &mut |_| (), progress)?;
        self.with(|connection| {
            check_anchor(connection, &self.files, &anchor, &epoch, end)?;
            check_database(connection, path)
        })?;
        Ok(end.head())
    }
}

/// In another mode SQLite would not look at the write-ahead log.
pub(super) fn check_mode(connection: &Connection, path: &Path) -> Result<(), JournalError> {
    let mode: String = connection
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .map_err(|error| fault(path, 0, error))?;
    if mode == "wal" {
        return Ok(());
    }
    Err(damaged(path, 0, format!("its journal mode is {mode} instead of wal")))
}

/// The newest anchor of a data directory.
pub(super) fn read_anchor(files: &Files) -> Result<Anchor, JournalError> {
    let what = match Anchor::read(&files.anchor) {
        Ok(Some(anchor)) => return Ok(anchor),
        Ok(None) => "neither of its two entries is whole",
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => "the file is missing",
        Err(error) => return Err(refused(&files.anchor, error)),
    };
    Err(damaged(&files.anchor, 0, what))
}

/// Refuses a history that is another, or ends before what was told of it.
pub(super) fn check_anchor(
    connection: &Connection,
    files: &Files,
    anchor: &Anchor,
    epoch: &Epoch,
    end: Chain,
) -> Result<(), JournalError> {
    let path = &files.database;
    if anchor.epoch != *epoch {
        return Err(damaged(path, 0, "head.anchor tells of another journal"));
    }
    if anchor.seq > end.seq() {
        let what = format!("it ends at seq {}, and held {} records", end.seq(), anchor.seq);
        return Err(damaged(path, end.seq() + 1, what));
    }
    if hash_at(connection, path, anchor.seq)? != Some(anchor.hash) {
        return Err(damaged(path, anchor.seq, "the record is not the one head.anchor tells of"));
    }
    Ok(())
}

/// SQLite's own opinion, which knows the index and the free pages, and nothing of lost commits.
fn check_database(connection: &Connection, path: &Path) -> Result<(), JournalError> {
    let opinion: String = connection
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|error| fault(path, 0, error))?;
    if opinion == "ok" { Ok(()) } else { Err(damaged(path, 0, opinion)) }
}

/// The last record's place in the chain.
pub(super) fn last(connection: &Connection, path: &Path) -> Result<Chain, JournalError> {
    let query = "SELECT seq, hash FROM record ORDER BY seq DESC LIMIT 1";
    let place = |row: &Row| Ok(Chain::after(position(row, 0)?, Hash(row.get(1)?)));
    let found = connection
        .prepare_cached(query)
        .and_then(|mut statement| statement.query_row([], place).optional());
    Ok(found.map_err(|error| fault(path, 0, error))?.unwrap_or(Chain::START))
}

/// The hash at a position, `None` where there is no record.
pub(super) fn hash_at(
    connection: &Connection,
    path: &Path,
    seq: Seq,
) -> Result<Option<Hash>, JournalError> {
    if seq == 0 {
        return Ok(Some(Hash::GENESIS));
    }
    let found = connection.prepare_cached("SELECT hash FROM record WHERE seq = ?1").and_then(
        |mut statement| statement.query_row([column(seq)], |row| row.get(0).map(Hash)).optional(),
    );
    found.map_err(|error| fault(path, seq, error))
}

/// The records after `after` up to `end`, at most [`FETCH`] of them; those before a failure stay.
pub(super) fn fetch(
    connection: &Connection,
    after: Seq,
    end: Seq,
    into: &mut Vec<StoredRecord>,
) -> rusqlite::Result<()> {
    let query = format!("{COLUMNS} WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT {FETCH}");
    let mut statement = connection.prepare_cached(&query)?;
    let mut rows = statement.query([column(after), column(end)])?;
    while let Some(row) = rows.next()? {
        into.push(stored(row)?);
    }
    Ok(())
}

/// A position as SQLite keeps numbers.
pub(super) fn column(seq: Seq) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

/// A position out of a row.
pub(super) fn position(row: &Row, index: usize) -> rusqlite::Result<Seq> {
    let number: i64 = row.get(index)?;
    Seq::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(index, number))
}

fn stored(row: &Row) -> rusqlite::Result<StoredRecord> {
    Ok(StoredRecord {
        seq: position(row, 0)?,
        alert: row.get::<_, Option<u32>>(1)?.map(AlertId),
        line: row.get(2)?,
        hash: Hash(row.get(3)?),
    })
}
