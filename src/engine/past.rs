//! Everything that follows from the records so far, and how it is kept in a snapshot.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{Change, Record, State},
    engine::commands::CommandMemory,
};

/// The folded state with what each command came to. Replay equals live because both are this.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Past {
    pub state: State,
    pub commands: CommandMemory,
}

/// The version of a snapshot's form. Raised whenever the fold or the shape of anything in it
/// changes: an older snapshot is then passed over, and the journal is folded from its beginning.
pub const SNAPSHOT_FORMAT: u32 = 5;

/// Between two releases the fold may have changed without anybody thinking of snapshots.
const RELEASE: &str = env!("CARGO_PKG_VERSION");

#[derive(Serialize)]
struct Written<'a> {
    release: &'a str,
    past: &'a Past,
}

#[derive(Deserialize)]
struct Read {
    release: String,
    past: Past,
}

impl Past {
    /// Folds one record in and says what it changed. Records come in order, without a gap.
    pub fn apply(&mut self, record: &Record) -> Vec<Change> {
        self.commands.remember(record);
        self.state.apply(record)
    }

    /// The bytes of a snapshot: MessagePack with names.
    ///
    /// # Errors
    /// When something in it has no serialized form.
    pub fn to_snapshot(&self) -> Result<Vec<u8>, rmp_serde::encode::Error> {
        rmp_serde::to_vec_named(&Written { release: RELEASE, past: self })
    }

    /// Reads a snapshot back; `None` when it is of another release or none at all.
    pub fn from_snapshot(bytes: &[u8]) -> Option<Self> {
        let Read { release, mut past } = rmp_serde::from_slice(bytes).ok()?;
        if release != RELEASE {
            return None;
        }
        past.state.link_policies();
        Some(past)
    }
}
