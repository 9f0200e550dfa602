//! One line of the journal, as the floors above read it: an event, with who, when and by which
//! command.

use serde::{Deserialize, Serialize};

use super::{account::Actor, event::Event, id::CommandId, time::Timestamp};

/// A position in the journal, from 1, without a gap. 0 is before the first record.
pub type Seq = u64;

/// An event with its circumstances (I11).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub seq: Seq,
    pub at: Timestamp,
    pub actor: Actor,
    /// The command it came of; all records of one command stand together.
    pub command: Option<CommandKey>,
    pub event: Event,
}

/// A command's own id with the digest of what it asked, so that a retry is told from a reuse.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CommandKey {
    pub id: CommandId,
    /// The first 16 hex digits of the SHA-256 of the command's canonical JSON.
    pub digest: String,
}
