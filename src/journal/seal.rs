//! The seal: one digest that answers for a whole history, and from which a short path leads to the
//! records of one alert.
//!
//! The chain is a line: to lead from one record to the head by it, every record between them would
//! have to be shown, and they are other people's. The seal is made of the same hashes, as a tree:
//!
//! - of each alert, its records in order: `a ← SHA-256(2 ‖ a ‖ seq ‖ hash)`, from 32 zeros on;
//! - of all records that touch no alert, in order, a tree over their hashes:
//!   `SHA-256(4 ‖ size ‖ root)`;
//! - a tree over that (leaf 0) and every alert (leaf n is alert n);
//! - the digest, `SHA-256(3 ‖ seq ‖ hash ‖ size ‖ root)`, which takes in the head as well.
//!
//! Numbers are eight bytes, big end first; a `hash` is that of the record in the chain. Trees are
//! those of RFC 6962, of leaves `SHA-256(0 ‖ content)` and nodes `SHA-256(1 ‖ left ‖ right)`. Since
//! an alert's leaf takes in all its records, a path proves also that none was left out.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    Head, JournalError, JournalReader,
    chain::Hash,
    merkle::{self, Frontier},
};
use crate::domain::{id::AlertId, record::Seq};

const RECORD_OF_ALERT: u8 = 2;
const DIGEST: u8 = 3;
const APART: u8 = 4;

/// How many hashes are read at once.
const READ: usize = 4_096;

/// What answers for a history up to a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// The last record.
    pub seq: Seq,
    /// Its hash in the chain.
    pub hash: Hash,
    pub digest: Hash,
}

impl Seal {
    /// Whether a leaf of this content, the head and the path to it make this digest.
    pub fn is_over(&self, content: Hash, path: &TreePath) -> bool {
        let root = path.root_over(content);
        root.is_some_and(|root| self.digest == digest(self.seq, self.hash, path.size, root))
    }

    /// The same as a journal's head.
    pub fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash.to_string() }
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.digest.to_string())
    }
}

fn digest(seq: Seq, hash: Hash, size: u64, root: Hash) -> Hash {
    let hashed = Sha256::new()
        .chain_update([DIGEST])
        .chain_update(seq.to_be_bytes())
        .chain_update(hash.0)
        .chain_update(size.to_be_bytes())
        .chain_update(root.0);
    Hash(hashed.finalize().into())
}

/// What stands at leaf 0: the tree over the records that touch no alert.
pub fn apart_hash(size: u64, root: Hash) -> Hash {
    let hashed =
        Sha256::new().chain_update([APART]).chain_update(size.to_be_bytes()).chain_update(root.0);
    Hash(hashed.finalize().into())
}

/// An alert's records, folded into one hash in their order.
pub fn alert_hash(records: impl IntoIterator<Item = (Seq, Hash)>) -> Hash {
    records.into_iter().fold(Hash::GENESIS, |hash, (seq, record)| further(hash, seq, record))
}

fn further(hash: Hash, seq: Seq, record: Hash) -> Hash {
    let hashed = Sha256::new()
        .chain_update([RECORD_OF_ALERT])
        .chain_update(hash.0)
        .chain_update(seq.to_be_bytes())
        .chain_update(record.0);
    Hash(hashed.finalize().into())
}

/// What a history comes to, hash by hash; 32 bytes of memory per alert.
#[derive(Clone, Debug)]
pub struct Sealer {
    seq: Seq,
    hash: Hash,
    /// Alert n stands at n - 1.
    alerts: Vec<Hash>,
    apart: Frontier,
}

impl Default for Sealer {
    fn default() -> Self {
        Self { seq: 0, hash: Hash::GENESIS, alerts: Vec::new(), apart: Frontier::default() }
    }
}

/// A record's hash, and the alert it touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub seq: Seq,
    pub alert: Option<AlertId>,
    pub hash: Hash,
}

impl Sealer {
    /// The history up to `to`, or to its head where that is earlier.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn of(reader: &dyn JournalReader, to: Seq) -> Result<Self, JournalError> {
        let mut sealer = Self::default();
        sealer.read_on(reader, to)?;
        Ok(sealer)
    }

    /// Goes on from where it is up to `to`, or to the head where that is earlier.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn read_on(&mut self, reader: &dyn JournalReader, to: Seq) -> Result<(), JournalError> {
        while self.seq < to {
            let max = usize::try_from(to - self.seq).unwrap_or(READ).min(READ);
            let links = reader.hashes_after(self.seq, max)?;
            if links.is_empty() {
                break;
            }
            links.into_iter().for_each(|link| self.take(link));
        }
        Ok(())
    }

    fn take(&mut self, Link { seq, alert, hash }: Link) {
        (self.seq, self.hash) = (seq, hash);
        match alert.and_then(index) {
            Some(index) => {
                let alerts = self.alerts.len().max(index + 1);
                self.alerts.resize(alerts, Hash::GENESIS);
                self.alerts[index] = further(self.alerts[index], seq, hash);
            }
            None => self.apart.push(merkle::leaf(hash)),
        }
    }

    /// The last record taken in.
    pub fn seq(&self) -> Seq {
        self.seq
    }

    /// The seal of what was taken in so far.
    pub fn seal(&self) -> Seal {
        let leaves = self.leaves();
        let digest = digest(self.seq, self.hash, leaves.len() as u64, merkle::root(&leaves));
        Seal { seq: self.seq, hash: self.hash, digest }
    }

    /// The path of an alert; `None` for one that has no record.
    pub fn path_of(&self, alert: AlertId) -> Option<TreePath> {
        let place = index(alert)?;
        (place < self.alerts.len()).then(|| self.path(place + 1))
    }

    /// The path of the records that touch no alert.
    pub fn path_apart(&self) -> TreePath {
        self.path(0)
    }

    fn path(&self, index: usize) -> TreePath {
        let leaves = self.leaves();
        let path = merkle::path(&leaves, index);
        TreePath { index: index as u64, size: leaves.len() as u64, path }
    }

    fn leaves(&self) -> Vec<Hash> {
        let apart = apart_hash(self.apart.size(), self.apart.root());
        let contents = [apart].into_iter().chain(self.alerts.iter().copied());
        contents.map(merkle::leaf).collect()
    }
}

fn index(alert: AlertId) -> Option<usize> {
    usize::try_from(alert.0).ok()?.checked_sub(1)
}

/// A leaf's place in a tree and what leads from it to the root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TreePath {
    pub index: u64,
    pub size: u64,
    pub path: Vec<Hash>,
}

impl TreePath {
    /// The root that a leaf of this content leads to.
    pub fn root_over(&self, content: Hash) -> Option<Hash> {
        merkle::climb(merkle::leaf(content), self.index, self.size, &self.path)
    }
}
