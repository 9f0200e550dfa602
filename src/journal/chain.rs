//! The hash chain: each record answers for the one before it.
//!
//! A record is stored as one line of JSON, and its hash is SHA-256 over the hash before it and the
//! bytes of that line as they stand. Nothing is written anew for a check, so that a later release
//! that would write a record differently still finds the old ones whole.

use std::{fmt, path::Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Head, JournalError};
use crate::{
    domain::{
        account::Actor,
        event::Event,
        id::AlertId,
        record::{CommandKey, Record, Seq},
        time::Timestamp,
    },
    planted::{self, Planted},
};

/// The version of the line this release writes, and the newest it reads.
pub const LINE_VERSION: u32 = 1;

/// A link's hash; written as lower-case hex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// What stands before the first record.
    pub const GENESIS: Self = Self([0; 32]);

    pub(super) fn followed_by(self, line: &str) -> Self {
        Self(Sha256::new().chain_update(self.0).chain_update(line).finalize().into())
    }

    /// Reads lower-case hex as [`Display`](fmt::Display) writes it.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hash.to_string()
    }
}

impl TryFrom<String> for Hash {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let is_lower = !text.bytes().any(|byte| byte.is_ascii_uppercase());
        Self::parse(&text).filter(|_| is_lower).ok_or("not 64 digits of lower-case hex")
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// A record as it lies in a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRecord {
    pub seq: Seq,
    /// The alert it touches, kept beside the line to be found by.
    pub alert: Option<AlertId>,
    pub line: String,
    pub hash: Hash,
}

/// A walk along the chain, for writing and for reading alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chain {
    seq: Seq,
    hash: Hash,
}

impl Chain {
    /// Before the first record.
    pub const START: Self = Self { seq: 0, hash: Hash::GENESIS };

    /// After the record `seq`, whose hash is `hash`.
    pub fn after(seq: Seq, hash: Hash) -> Self {
        Self { seq, hash }
    }

    /// The last position walked.
    pub fn seq(&self) -> Seq {
        self.seq
    }

    /// The last hash walked.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// The same as a journal's head.
    pub fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash.to_string() }
    }

    /// Adds a record and returns it as it is to be stored.
    ///
    /// # Errors
    /// When the record does not follow, or would not be read back as it is: a journal that cannot
    /// be replayed is worse than a refused command.
    pub fn extend(&mut self, record: &Record) -> Result<StoredRecord, JournalError> {
        let seq = self.seq + 1;
        if record.seq != seq {
            return Err(JournalError::Gap { expected: seq, found: record.seq });
        }
        let unwritable = |cause: String| JournalError::Unwritable { seq, cause };
        let line = encode(record).map_err(|error| unwritable(error.to_string()))?;
        let again = decode(&line).map_err(|error| unwritable(error.to_string()))?;
        if again.record() != *record {
            return Err(unwritable("it reads back different".to_owned()));
        }
        let hash = self.hash.followed_by(&line);
        *self = Self { seq, hash };
        Ok(StoredRecord { seq, alert: record.event.alert(), line, hash })
    }

    /// Checks the next stored record against the chain and reads it.
    ///
    /// # Errors
    /// When it is not the next one, or not what was written, or newer than this release.
    pub fn follow(&mut self, stored: &StoredRecord) -> Result<Record, Break> {
        let record = self.check(stored)?;
        if record.event.alert() != stored.alert {
            let what = "the record is filed under another alert".to_owned();
            return Err(Break::Altered { seq: stored.seq, what });
        }
        *self = Self { seq: stored.seq, hash: stored.hash };
        Ok(record)
    }

    /// As [`follow`](Self::follow), for saving what can be saved: what stands beside the line is
    /// put right after it.
    ///
    /// # Errors
    /// As there.
    pub fn salvage(&mut self, stored: &mut StoredRecord) -> Result<Record, Break> {
        let record = self.check(stored)?;
        stored.alert = record.event.alert();
        *self = Self { seq: stored.seq, hash: stored.hash };
        Ok(record)
    }

    fn check(&self, stored: &StoredRecord) -> Result<Record, Break> {
        let seq = self.seq + 1;
        let altered = |what: &str| Break::Altered { seq, what: what.to_owned() };
        let takes_all = planted::has(Planted::AcceptGap);
        if stored.seq != seq && !takes_all {
            return Err(altered("the record is missing"));
        }
        if stored.hash != self.hash.followed_by(&stored.line) && !takes_all {
            return Err(altered("the record does not match its hash and the record before it"));
        }
        let line = match decode(&stored.line) {
            Ok(line) if line.v <= LINE_VERSION => line,
            Ok(line) => return Err(Break::Newer { found: line.v }),
            Err(error) => {
                return Err(match serde_json::from_str::<Version>(&stored.line) {
                    Ok(Version { v }) if v > LINE_VERSION => Break::Newer { found: v },
                    _ => altered(&format!("the record cannot be read: {error}")),
                });
            }
        };
        let record = line.record();
        if record.seq != seq && !takes_all {
            return Err(altered("the record tells another position"));
        }
        Ok(record)
    }
}

/// Where and how the chain breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// A record is not what was written.
    Altered { seq: Seq, what: String },
    /// A record was written by a newer release.
    Newer { found: u32 },
}

impl Break {
    /// The same as a journal's failure.
    pub fn in_file(self, path: &Path) -> JournalError {
        let path = path.to_owned();
        match self {
            Self::Altered { seq, what } => JournalError::Damaged { path, seq, what },
            Self::Newer { found } => JournalError::NewerFormat { path, found, known: LINE_VERSION },
        }
    }
}

/// The line as it is written; the order of its fields is the order of its bytes.
#[derive(Serialize)]
struct WrittenLine<'a> {
    v: u32,
    seq: Seq,
    at: Timestamp,
    actor: &'a Actor,
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<&'a CommandKey>,
    event: &'a Event,
}

#[derive(Deserialize)]
struct ReadLine {
    v: u32,
    seq: Seq,
    at: Timestamp,
    actor: Actor,
    #[serde(default)]
    command: Option<CommandKey>,
    event: Event,
}

#[derive(Deserialize)]
struct Version {
    v: u32,
}

impl ReadLine {
    fn record(self) -> Record {
        let Self { v: _, seq, at, actor, command, event } = self;
        Record { seq, at, actor, command, event }
    }
}

fn encode(record: &Record) -> serde_json::Result<String> {
    serde_json::to_string(&WrittenLine {
        v: LINE_VERSION,
        seq: record.seq,
        at: record.at,
        actor: &record.actor,
        command: record.command.as_ref(),
        event: &record.event,
    })
}

fn decode(line: &str) -> serde_json::Result<ReadLine> {
    serde_json::from_str(line)
}
