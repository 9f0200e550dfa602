//! A damaged journal made whole again, as far as that goes.
//!
//! [`Examination`] finds out how far the records can still be followed, alone or from a backup on;
//! [`Examination::repair`] builds a new journal of those and sets the damaged files aside. Where
//! nothing is lost it is the same history. Where something is, the new one says so in a record of
//! its own and is another history.

use std::path::{Path, PathBuf};

use chrono::Utc;
use rusqlite::{Connection, OpenFlags};

use super::{
    BUSY_TIMEOUT,
    anchor::Anchor,
    backup::{Backup, Progress, Stage, stamp},
    reader::{SqliteReader, fetch, last},
    restore::copy,
    schema,
    staging::{Staging, settle},
};
use crate::{
    domain::{
        account::{Actor, Channel},
        event::{Event, JournalRepaired},
        record::{Record, Seq},
        time::Timestamp,
    },
    journal::{
        Epoch, Head, JournalError, JournalReader,
        chain::{Chain, StoredRecord},
        directory::{DirectoryLock, Files, refused},
    },
};

/// What was found in a data directory that nobody serves.
pub enum Examination {
    /// Nothing is wrong.
    Whole(Head),
    /// Something is.
    Damaged(Box<Damage>),
}

/// A damaged journal and what can be saved of it.
pub struct Damage {
    files: Files,
    backup: Option<Backup>,
    /// As an open would have refused it.
    pub found: JournalError,
    /// The last record that is saved.
    pub kept_to: Seq,
    /// How many of those are the backup's.
    pub from_backup: Seq,
    /// How far the journal is known to have gone.
    pub known_to: Option<Seq>,
    /// Whether something is lost, or nothing tells that it is not.
    pub is_loss: bool,
    epoch: Option<Epoch>,
    _lock: DirectoryLock,
}

/// What a repair came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    pub head: Head,
    /// Where the damaged files are kept.
    pub aside: PathBuf,
}

/// Examines a data directory, and what a backup could add to it. Nothing is changed.
///
/// # Errors
/// When it is in use, empty, or of a newer release, or the backup does not belong to it.
pub fn examine(
    directory: &Path,
    backup: Option<&Path>,
    progress: &mut Progress,
) -> Result<Examination, JournalError> {
    let backup = backup.map(Backup::find).transpose()?;
    let files = Files::of(directory);
    if !files.directory.exists() {
        return Err(refused(directory, "there is no data directory; name it with --data"));
    }
    let lock = files.take()?;
    settle(&files)?;
    if !files.database.exists() && !files.anchor.exists() {
        return Err(refused(directory, "there is no journal here; name its directory with --data"));
    }
    let found = match verify(directory, progress) {
        Ok(head) => return Ok(Examination::Whole(head)),
        Err(newer @ JournalError::NewerFormat { .. }) => return Err(newer),
        Err(found) => found,
    };
    let anchor = Anchor::read(&files.anchor).ok().flatten();
    let rest = Remains::of(&files);
    let epoch = anchor.as_ref().map(|anchor| anchor.epoch.clone()).or_else(|| rest.epoch());
    if let (Some(backup), Some(epoch)) = (&backup, &epoch)
        && backup.epoch() != *epoch
    {
        let cause = "the backup is of another history; name another, or restore it into an empty \
                     directory";
        return Err(refused(directory, cause));
    }
    let start = backup.as_ref().map_or(Ok(Chain::START), chain_of)?;
    let told = [anchor.as_ref().map(|anchor| anchor.seq), rest.last(), Some(start.seq())];
    let known_to = told.into_iter().flatten().max().filter(|seq| *seq > 0);
    let mut end = start;
    rest.follow(&mut end, &mut |stored, _| {
        progress(Stage::Checking, stored.seq, known_to.unwrap_or(stored.seq));
        Ok(())
    })?;
    let is_loss = anchor.is_none() || known_to > Some(end.seq());
    Ok(Examination::Damaged(Box::new(Damage {
        files,
        from_backup: start.seq(),
        backup,
        found,
        kept_to: end.seq(),
        known_to,
        is_loss,
        epoch,
        _lock: lock,
    })))
}

impl Damage {
    /// Builds a journal of what can be saved and puts it in the place of the damaged one, whose
    /// files are kept in a directory beside it. Where something is lost, a last record says so.
    ///
    /// # Errors
    /// When the backup is not whole, or the storage refuses; then everything is as it was.
    pub fn repair(self, progress: &mut Progress) -> Result<Repaired, JournalError> {
        let epoch = match &self.epoch {
            Some(epoch) if !self.is_loss => epoch.clone(),
            _ => Epoch::random(),
        };
        let staging = Staging::begin(&self.files)?;
        let mut end = Chain::START;
        match &self.backup {
            Some(backup) => end = copy(backup, &staging, progress)?,
            None => staging.create(&epoch)?,
        }
        let kept_to = self.kept_to;
        let rest = Remains::of(&self.files);
        let mut last_at = Timestamp::default();
        staging.change(|writing| {
            writing.set_epoch(&epoch)?;
            rest.follow(&mut end, &mut |stored, record| {
                progress(Stage::Copying, stored.seq, kept_to);
                last_at = record.at;
                writing.put(stored)
            })?;
            if self.is_loss {
                writing.put(&end.extend(&self.told(end.seq() + 1, last_at))?)?;
            }
            Ok(())
        })?;
        drop(rest);
        let aside = format!("damaged-{}", stamp());
        staging.finish(end, &epoch, Some(&aside), &mut |done| {
            progress(Stage::Checking, done, end.seq());
        })?;
        Ok(Repaired { head: end.head(), aside: self.files.directory.join(aside) })
    }

    /// The record of the loss.
    fn told(&self, seq: Seq, last_at: Timestamp) -> Record {
        let repaired = JournalRepaired {
            kept_to: self.kept_to,
            known_to: self.known_to,
            damage: self.found.to_string(),
        };
        Record {
            seq,
            at: Timestamp::from_millis(Utc::now().timestamp_millis()).max(last_at),
            actor: Actor::console(Channel::Console),
            command: None,
            event: Event::JournalRepaired(Box::new(repaired)),
        }
    }
}

/// What an open would find, and everything behind it.
fn verify(directory: &Path, progress: &mut Progress) -> Result<Head, JournalError> {
    let reader = SqliteReader::open(directory)?;
    let all = reader.head()?.seq;
    reader.verify(&mut |done| progress(Stage::Checking, done, all))
}

fn chain_of(backup: &Backup) -> Result<Chain, JournalError> {
    let Head { seq, hash } = backup.head();
    let hash = crate::journal::chain::Hash::parse(&hash);
    let hash = hash.ok_or_else(|| refused(Path::new("manifest.json"), "its hash is none"))?;
    Ok(Chain::after(seq, hash))
}

/// A damaged database, as far as SQLite still reads it.
struct Remains {
    path: PathBuf,
    connection: Option<Connection>,
}

impl Remains {
    fn of(files: &Files) -> Self {
        let path = files.database.clone();
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&path, flags).ok();
        let connection =
            connection.filter(|connection| connection.busy_timeout(BUSY_TIMEOUT).is_ok());
        Self { path, connection }
    }

    fn epoch(&self) -> Option<Epoch> {
        schema::check(self.connection.as_ref()?, &self.path).ok()
    }

    fn last(&self) -> Option<Seq> {
        last(self.connection.as_ref()?, &self.path).ok().map(|end| end.seq())
    }

    /// Calls `take` with each record that still follows, and stops at the first that does not.
    fn follow(
        &self,
        chain: &mut Chain,
        take: &mut dyn FnMut(&StoredRecord, &Record) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        let Some(connection) = &self.connection else { return Ok(()) };
        loop {
            let mut fetched = Vec::new();
            let read_on = fetch(connection, chain.seq(), Seq::MAX, &mut fetched).is_ok();
            let is_end = fetched.is_empty();
            for mut stored in fetched {
                let Ok(record) = chain.salvage(&mut stored) else { return Ok(()) };
                take(&stored, &record)?;
            }
            if is_end || !read_on {
                return Ok(());
            }
        }
    }
}

impl std::fmt::Debug for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { found, kept_to, known_to, is_loss, .. } = self;
        f.debug_struct("Damage")
            .field("found", found)
            .field("kept_to", kept_to)
            .field("known_to", known_to)
            .field("is_loss", is_loss)
            .finish_non_exhaustive()
    }
}
