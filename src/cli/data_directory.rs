//! A data directory from the command line: read as it is, or taken and changed all or nothing.

use std::{
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use super::{failure::Failure, progress::Progress};
use crate::{
    domain::{Actor, Channel, Command, Record, Rejection, State, Timestamp, decide},
    journal::{
        Journal, JournalError, JournalReader,
        sqlite::{SqliteJournal, SqliteReader},
    },
};

/// Commands decided one after another and written together.
///
/// Every decision rests on the ones before it, and [`Draft::write`] appends them at once: all of
/// them or none, also when the power is cut.
pub struct Draft {
    state: State,
    proposed: Vec<Record>,
    actor: Actor,
    now: Timestamp,
}

impl Draft {
    /// A draft on a state, by whoever holds the data directory.
    pub fn on(state: State, channel: Channel) -> Self {
        let now = wall_clock().max(state.last_at);
        Self { state, proposed: Vec::new(), actor: Actor::console(channel), now }
    }

    /// How things stand, with everything proposed so far.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Decides a command and folds in what it comes to. Says how many records that is: 0 where
    /// nothing has to change.
    ///
    /// # Errors
    /// What the rules refuse; nothing is changed by it.
    pub fn propose(&mut self, command: &Command) -> Result<usize, Rejection> {
        let events = decide(&self.state, &self.actor, command, self.now)?;
        let count = events.len();
        for event in events {
            let seq = self.state.seq + 1;
            let (at, actor) = (self.now, self.actor.clone());
            let record = Record { seq, at, actor, command: None, event };
            self.state.apply(&record);
            self.proposed.push(record);
        }
        Ok(count)
    }

    /// Makes everything proposed durable at once.
    ///
    /// # Errors
    /// When the storage fails.
    pub fn write(self, journal: &mut SqliteJournal) -> Result<(), Failure> {
        journal.append(&self.proposed)?;
        Ok(())
    }
}

/// Takes a directory nobody serves, making it where it is missing, and reads it.
///
/// # Errors
/// When it is in use or damaged, or the storage refuses.
pub fn take(directory: &Path, progress: &mut Progress) -> Result<(SqliteJournal, State), Failure> {
    check_file_system(directory)?;
    let journal = SqliteJournal::open(directory)?;
    let state = fold(&*journal.reader()?, journal.head().seq, progress)?;
    Ok((journal, state))
}

/// Reads the state of a directory, served or not, without changing anything.
///
/// # Errors
/// When there is no journal, or it cannot be read.
pub fn read_state(directory: &Path, progress: &mut Progress) -> Result<State, Failure> {
    let reader = SqliteReader::open(directory)?;
    let head = reader.head()?.seq;
    Ok(fold(&reader, head, progress)?)
}

fn fold(
    reader: &dyn JournalReader,
    head: u64,
    progress: &mut Progress,
) -> Result<State, JournalError> {
    let mut state = State::default();
    reader.read_after(0, &mut |record| {
        state.apply(&record);
        progress.tell(record.seq, head);
    })?;
    progress.done();
    Ok(state)
}

/// Does what a start does with a data directory, and leaves it as it was. One that is missing is
/// not made; whether it could be is looked up at the nearest directory above it.
///
/// # Errors
/// As a start would fail.
pub fn check(directory: &Path, progress: &mut Progress) -> Result<(), Failure> {
    check_file_system(directory)?;
    if has_journal(directory) {
        return take(directory, progress).map(|_| ());
    }
    let nearest = nearest_existing(directory);
    if !nearest.is_dir() {
        return Err(Failure::new(format!(
            "{}: {} is not a directory; name one with --data",
            directory.display(),
            nearest.display()
        )));
    }
    // What may be written is known for sure only by doing it; nothing of this file is seen.
    tempfile::tempfile_in(&nearest).map(drop).map_err(|error| {
        Failure::new(format!(
            "{}: {} cannot be written ({error}); let this account write it, or name another with \
             --data",
            directory.display(),
            nearest.display()
        ))
    })
}

/// Whether there is a journal already.
pub fn has_journal(directory: &Path) -> bool {
    directory.join("journal.db").exists()
}

/// File systems over a network, by the number `statfs` knows them by: their locks and syncs do not
/// keep what a journal needs.
#[cfg(target_os = "linux")]
const NETWORK_FILE_SYSTEMS: [(u64, &str); 6] = [
    (0x6969, "NFS"),
    (0x517b, "SMB"),
    (0xff53_4d42, "CIFS"),
    (0xfe53_4d42, "SMB2"),
    (0x0102_1997, "9P"),
    (0x5346_414f, "AFS"),
];

/// Refuses a data directory on a network file system.
///
/// # Errors
/// With the remedy.
#[cfg(target_os = "linux")]
pub fn check_file_system(directory: &Path) -> Result<(), Failure> {
    let Ok(found) = rustix::fs::statfs(nearest_existing(directory)) else { return Ok(()) };
    // The kernel's type is signed and differs in width between machines.
    let magic = found.f_type as u64 & 0xffff_ffff;
    match NETWORK_FILE_SYSTEMS.iter().find(|(number, _)| *number == magic) {
        None => Ok(()),
        Some((_, name)) => Err(Failure::new(format!(
            "{} is on a network file system ({name}), where a sync does not promise what the \
             journal needs; name a directory on a local disk with --data",
            directory.display()
        ))),
    }
}

/// Elsewhere file systems are not told apart.
///
/// # Errors
/// None.
#[cfg(not(target_os = "linux"))]
pub fn check_file_system(_directory: &Path) -> Result<(), Failure> {
    Ok(())
}

fn nearest_existing(directory: &Path) -> PathBuf {
    let absolute = std::path::absolute(directory).unwrap_or_else(|_| directory.to_owned());
    let found = absolute.ancestors().find(|path| path.exists());
    found.map_or_else(|| PathBuf::from("/"), Path::to_owned)
}

/// The wall clock, for runs without an engine.
pub fn wall_clock() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
