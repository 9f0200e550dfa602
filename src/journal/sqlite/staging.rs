//! A restored or repaired journal on its way into a data directory: made whole beside what lies
//! there, then put in its place.
//!
//! It is built under `incoming/`. The file `complete` is written last and names the directory that
//! takes the files found before; from then on the exchange is finished by whoever opens the data
//! directory next, however often it is interrupted. Without it nothing was decided, and what lies
//! there is thrown away.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags, Transaction};

use super::{
    anchor::{Anchor, AnchorFile},
    fault::fault,
    reader::{SqliteReader, column},
    schema,
};
use crate::{
    domain::record::Seq,
    journal::{
        Epoch, JournalError, JournalReader,
        chain::{Chain, StoredRecord},
        directory::{Files, create_directory, open_private, refused, rename, replace_file},
    },
};

const COMPLETE: &str = "complete";

/// A journal under `incoming/`.
pub struct Staging {
    /// Of the data directory.
    target: Files,
    /// Of the journal that is being made.
    files: Files,
}

impl Staging {
    /// Begins with nothing. The data directory must be this process's.
    pub fn begin(target: &Files) -> Result<Self, JournalError> {
        let files = Files::of(&target.incoming);
        create_directory(&files.directory).map_err(|error| unwritable(&files.directory, error))?;
        Ok(Self { target: target.clone(), files })
    }

    /// Where its database is to be.
    pub fn database(&self) -> &Path {
        &self.files.database
    }

    /// Makes an empty database.
    pub fn create(&self, epoch: &Epoch) -> Result<(), JournalError> {
        let path = &self.files.database;
        let mut options = fs::OpenOptions::new();
        open_private(path, options.write(true).create_new(true))
            .map_err(|error| unwritable(path, error))?;
        schema::write_schema(path, epoch).map_err(|error| fault(path, 0, error))
    }

    /// Changes the database in one transaction.
    pub fn change(
        &self,
        work: impl FnOnce(&mut Writing<'_>) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        let path = &self.files.database;
        let failed = |error| fault(path, 0, error);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
        {
            let transaction = connection.transaction().map_err(failed)?;
            let mut writing = Writing { transaction, path };
            work(&mut writing)?;
            writing.transaction.commit().map_err(failed)?;
        }
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(failed)?;
        connection.close().map_err(|(_, error)| failed(error))
    }

    /// Reads all of it again, and puts it in the place of what lies in the data directory. What was
    /// found there goes into `aside`, where a name is given.
    pub fn finish(
        self,
        end: Chain,
        epoch: &Epoch,
        aside: Option<&str>,
        progress: &mut dyn FnMut(Seq),
    ) -> Result<(), JournalError> {
        let anchor = Anchor { seq: end.seq(), hash: end.hash(), epoch: epoch.clone() };
        AnchorFile::create(&self.files.anchor, &anchor)
            .map_err(|error| unwritable(&self.files.anchor, error))?;
        SqliteReader::open(&self.files.directory)?.verify(progress)?;
        let complete = self.files.directory.join(COMPLETE);
        replace_file(&complete, &[aside.unwrap_or_default().as_bytes()])
            .map_err(|error| unwritable(&complete, error))?;
        settle(&self.target)
    }
}

/// A database under `incoming/`, within a transaction.
pub struct Writing<'a> {
    transaction: Transaction<'a>,
    path: &'a Path,
}

impl Writing<'_> {
    /// Puts a record after the others, as it was stored.
    pub fn put(&mut self, stored: &StoredRecord) -> Result<(), JournalError> {
        insert(&self.transaction, stored).map_err(|error| fault(self.path, stored.seq, error))
    }

    /// Makes the history another one.
    pub fn set_epoch(&mut self, epoch: &Epoch) -> Result<(), JournalError> {
        let set = self.transaction.execute("UPDATE meta SET epoch = ?1", [&epoch.0]);
        set.map(|_| ()).map_err(|error| fault(self.path, 0, error))
    }
}

/// Writes one record.
pub fn insert(connection: &Connection, stored: &StoredRecord) -> rusqlite::Result<()> {
    let StoredRecord { seq, alert, line, hash } = stored;
    let mut insert = connection
        .prepare_cached("INSERT INTO record (seq, alert, line, hash) VALUES (?1, ?2, ?3, ?4)")?;
    insert.execute((column(*seq), alert.map(|alert| alert.0), line, hash.0)).map(|_| ())
}

/// Finishes or forgets what was begun under `incoming/`. The data directory must be this process's.
pub fn settle(target: &Files) -> Result<(), JournalError> {
    let incoming = Files::of(&target.incoming);
    if !incoming.directory.exists() {
        return Ok(());
    }
    let exchanged = match fs::read_to_string(incoming.directory.join(COMPLETE)) {
        Ok(aside) => exchange(target, &incoming, &aside),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    };
    exchanged
        .and_then(|()| fs::remove_dir_all(&incoming.directory))
        .map_err(|error| unwritable(&incoming.directory, error))
}

/// Each step is taken once, whichever were taken before an interruption.
fn exchange(target: &Files, incoming: &Files, aside: &str) -> io::Result<()> {
    let aside = target.directory.join(aside);
    let set_aside = |paths: &[&PathBuf]| -> io::Result<()> {
        for path in paths.iter().filter(|path| path.exists()) {
            let name = path.file_name().unwrap_or_default();
            if !aside.exists() {
                create_directory(&aside)?;
            }
            rename(path, &aside.join(name))?;
        }
        Ok(())
    };
    if incoming.database.exists() {
        let Files { database, write_ahead_log, log_index, snapshot, .. } = target;
        set_aside(&[write_ahead_log, log_index, snapshot, database])?;
    }
    if incoming.anchor.exists() {
        set_aside(&[&target.anchor])?;
        rename(&incoming.anchor, &target.anchor)?;
    }
    if incoming.database.exists() {
        rename(&incoming.database, &target.database)?;
    }
    Ok(())
}

/// Something that could not be written.
pub fn unwritable(path: &Path, error: impl std::fmt::Display) -> JournalError {
    refused(path, format!("it cannot be written: {error}"))
}
