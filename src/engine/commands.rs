//! What each command came to, so that a retry is answered like the first time, also after a
//! restart. Rebuilt from the records themselves: nothing here is a second copy of the truth.

use std::{collections::HashMap, sync::Arc};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use smallvec::SmallVec;

use crate::{
    domain::{
        Command, CommandKey, Record, Seq,
        command::Outcome,
        id::{AccountName, AlertId, AssignmentId},
    },
    planted::{self, Planted},
};

/// The outcome of every command that had an id and left a record. Nothing is ever forgotten: an
/// entry is about 100 bytes, a small part of what the alert it belongs to takes.
///
/// It is kept in [`SHARDS`] parts, each shared with its clones until it changes, so that the writer
/// is not held up by cloning millions of entries for a snapshot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommandMemory {
    shards: Vec<Arc<HashMap<Slot, Answer>>>,
}

const SHARDS: usize = 256;

/// The first half of the SHA-256 of account and command id.
type Slot = [u8; 16];

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Answer {
    digest: u64,
    seq: Seq,
    alert: Option<AlertId>,
    assignments: SmallVec<[AssignmentId; 4]>,
}

/// What is remembered of a command id.
#[derive(Debug, PartialEq, Eq)]
pub enum Recalled {
    Nothing,
    /// The same command: its first outcome.
    Same(Outcome),
    /// The id was another command's.
    Other,
}

impl Default for CommandMemory {
    fn default() -> Self {
        Self { shards: vec![Arc::default(); SHARDS] }
    }
}

impl CommandMemory {
    /// Whether the account gave a command of that id before.
    pub fn recall(&self, account: &AccountName, key: &CommandKey) -> Recalled {
        let slot = slot(account, key);
        match self.shards[shard(&slot)].get(&slot) {
            None => Recalled::Nothing,
            Some(answer) if answer.digest == digest_number(key) => Recalled::Same(answer.outcome()),
            Some(_) => Recalled::Other,
        }
    }

    /// Takes in one record. All records of one command come one after the other.
    pub fn remember(&mut self, record: &Record) {
        if planted::has(Planted::ForgetCommandIds) {
            return;
        }
        let Some(key) = &record.command else { return };
        let slot = slot(&record.actor.account, key);
        let answers = Arc::make_mut(&mut self.shards[shard(&slot)]);
        answers.entry(slot).or_insert_with(|| Answer::begun(record)).extend(record);
    }
}

impl Answer {
    fn begun(record: &Record) -> Self {
        Self {
            digest: record.command.as_ref().map_or(0, digest_number),
            seq: record.seq,
            alert: record.event.alert(),
            assignments: SmallVec::new(),
        }
    }

    fn extend(&mut self, record: &Record) {
        self.seq = record.seq;
        if let Some(touched) = record.event.assignment()
            && !self.assignments.contains(&touched)
        {
            self.assignments.push(touched);
        }
    }

    fn outcome(&self) -> Outcome {
        Outcome { seq: self.seq, alert: self.alert, assignments: self.assignments.to_vec() }
    }
}

/// What the records of one command came to; `None` where there are none.
pub fn outcome(records: &[Record]) -> Option<Outcome> {
    let mut answer = Answer::begun(records.first()?);
    records.iter().for_each(|record| answer.extend(record));
    Some(answer.outcome())
}

/// The first 16 hex digits of the SHA-256 of the command's JSON.
pub fn digest(command: &Command) -> String {
    let json = serde_json::to_vec(command).expect("a command is plain data");
    hex::encode(&Sha256::digest(json)[..8])
}

fn slot(account: &AccountName, key: &CommandKey) -> Slot {
    let mut hash = Sha256::new();
    hash.update(account.as_str());
    hash.update([0]);
    hash.update(key.id.as_str());
    let mut slot = Slot::default();
    slot.copy_from_slice(&hash.finalize()[..16]);
    slot
}

fn shard(slot: &Slot) -> usize {
    usize::from(slot[0]) % SHARDS
}

/// The digest as a number, since it is kept for every command.
fn digest_number(key: &CommandKey) -> u64 {
    u64::from_str_radix(&key.digest, 16).unwrap_or_default()
}
