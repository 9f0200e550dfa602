//! Snapshots of the state beside the journal. They only make a start faster: a snapshot that is
//! gone, damaged or of another history is passed over, and the records tell everything.
//!
//! One file: a line of JSON that says what follows, the state's bytes as the engine gave them, and
//! SHA-256 over both.

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    Epoch, Head, JournalError, JournalReader,
    directory::{refused, replace_file},
    room,
};
use crate::domain::record::Seq;

const FILE: &str = "snapshot";
const CHECKSUM_BYTES: usize = 32;

/// The state as it was after a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The history it was taken of.
    pub epoch: Epoch,
    /// The record it was taken after.
    pub head: Head,
    /// The state in the engine's own form.
    pub state: Vec<u8>,
}

/// Why there is no snapshot to start from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    #[error("there is none")]
    Missing,
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    #[error("it is damaged: {0}")]
    Damaged(&'static str),
    #[error("its format is {found}, and this release uses {known}")]
    OtherFormat { found: u32, known: u32 },
    #[error("it belongs to another history")]
    OtherHistory,
    #[error("it was taken at seq {seq}, which the journal does not have")]
    Ahead { seq: Seq },
}

/// The place for snapshots: a file in a data directory, or one in memory.
#[derive(Clone, Debug)]
pub struct SnapshotStore {
    place: Place,
    format: u32,
    reserve: u64,
}

#[derive(Clone, Debug)]
enum Place {
    File(PathBuf),
    Memory(MemoryFile),
}

/// The file's content where there is no disk, for simulation; whoever holds it may damage it.
pub type MemoryFile = Arc<Mutex<Option<Vec<u8>>>>;

#[derive(Serialize, Deserialize)]
struct Heading {
    format: u32,
    epoch: String,
    seq: Seq,
    hash: String,
    state_bytes: u64,
}

impl SnapshotStore {
    /// The store of a data directory. `format` is the version of the engine's form of the state;
    /// snapshots of any other are passed over.
    pub fn new(directory: &Path, format: u32) -> Self {
        Self { place: Place::File(directory.join(FILE)), format, reserve: 0 }
    }

    /// The same, leaving so many bytes of the disk free: a snapshot is never worth the last space.
    pub fn keep_free(self, reserve: u64) -> Self {
        Self { reserve, ..self }
    }

    /// A store in memory.
    pub fn in_memory(file: MemoryFile, format: u32) -> Self {
        Self { place: Place::Memory(file), format, reserve: 0 }
    }

    /// Puts a snapshot in the place of the one before, durably and whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written; the one before stays.
    pub fn save(&self, snapshot: &Snapshot) -> Result<(), JournalError> {
        let Snapshot { epoch, head, state } = snapshot;
        let heading = Heading {
            format: self.format,
            epoch: epoch.0.clone(),
            seq: head.seq,
            hash: head.hash.clone(),
            state_bytes: state.len() as u64,
        };
        let mut heading =
            serde_json::to_vec(&heading).map_err(|error| refused(self.place.path(), error))?;
        heading.push(b'\n');
        if let Place::File(path) = &self.place {
            let directory = path.parent().unwrap_or(path);
            room::check(directory, state.len() as u64, self.reserve)
                .map_err(|shortage| refused(path, shortage))?;
        }
        let checksum = Sha256::new().chain_update(&heading).chain_update(state).finalize();
        self.place.replace(&[&heading, state, &checksum])
    }

    /// The snapshot, when it is whole and of this journal.
    ///
    /// # Errors
    /// Why there is none to use. A start without one reads the whole journal, nothing else.
    pub fn load(&self, epoch: &Epoch, journal: &dyn JournalReader) -> Result<Snapshot, Unusable> {
        let (heading, state) = self.read()?;
        if heading.format != self.format {
            return Err(Unusable::OtherFormat { found: heading.format, known: self.format });
        }
        if heading.epoch != epoch.0 {
            return Err(Unusable::OtherHistory);
        }
        let hash = journal.hash_at(heading.seq);
        match hash.map_err(|error| Unusable::Unreadable(error.to_string()))? {
            None => return Err(Unusable::Ahead { seq: heading.seq }),
            Some(hash) if hash != heading.hash => return Err(Unusable::OtherHistory),
            Some(_) => {}
        }
        let head = Head { seq: heading.seq, hash: heading.hash };
        Ok(Snapshot { epoch: epoch.clone(), head, state })
    }

    fn read(&self) -> Result<(Heading, Vec<u8>), Unusable> {
        let mut bytes = self.place.read().map_err(|error: io::Error| match error.kind() {
            ErrorKind::NotFound => Unusable::Missing,
            _ => Unusable::Unreadable(error.to_string()),
        })?;
        let end = bytes.len().checked_sub(CHECKSUM_BYTES).ok_or(Unusable::Damaged("too short"))?;
        if Sha256::digest(&bytes[..end])[..] != bytes[end..] {
            return Err(Unusable::Damaged("the checksum does not fit"));
        }
        bytes.truncate(end);
        let line = bytes.iter().position(|byte| *byte == b'\n');
        let line = line.ok_or(Unusable::Damaged("it has no heading"))?;
        let heading: Heading = serde_json::from_slice(&bytes[..line])
            .map_err(|_| Unusable::Damaged("its heading cannot be read"))?;
        bytes.drain(..=line);
        if heading.state_bytes != bytes.len() as u64 {
            return Err(Unusable::Damaged("its length is not the one told"));
        }
        Ok((heading, bytes))
    }
}

impl Place {
    fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Memory(_) => Path::new(FILE),
        }
    }

    fn replace(&self, parts: &[&[u8]]) -> Result<(), JournalError> {
        match self {
            Self::File(path) => replace_file(path, parts)
                .map_err(|error| refused(path, format!("it cannot be written: {error}"))),
            Self::Memory(file) => {
                *content(file) = Some(parts.concat());
                Ok(())
            }
        }
    }

    fn read(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::File(path) => fs::read(path),
            Self::Memory(file) => content(file).clone().ok_or(ErrorKind::NotFound.into()),
        }
    }
}

fn content(file: &MemoryFile) -> MutexGuard<'_, Option<Vec<u8>>> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}
