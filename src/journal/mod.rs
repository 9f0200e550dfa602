//! The journal: what happened, in order, on disk before anybody is told.
//!
//! [`Journal`] and [`JournalReader`] are the contract; one suite of tests runs on every adapter.
//! Adapters: [`sqlite`] for keeps, [`memory`] for tests and simulation. [`chain`] makes each record
//! answer for the one before it; [`snapshot`] only makes a start faster.
//!
//! Absent here: rules, HTTP, and any retry. A failed append leaves an unknown outcome, and only a
//! restart settles it.

pub mod chain;
pub mod directory;
mod error;
pub mod memory;
mod merkle;
mod mounts;
pub mod proof;
pub mod room;
pub mod seal;
pub mod snapshot;
pub mod sqlite;

pub use self::{error::JournalError, room::Shortage};

use self::{
    chain::{Chain, Hash, StoredRecord},
    seal::Link,
};
use crate::domain::{
    id::AlertId,
    record::{Record, Seq},
};

/// Which history this is: a random text made with the journal. A restored or cut history gets a new
/// one, so that a screen's position in the old one is not mistaken for a position in this.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Epoch(pub String);

impl Epoch {
    /// A new history's epoch.
    pub fn random() -> Self {
        Self(uuid::Uuid::new_v4().simple().to_string())
    }
}

/// Reads a stored record that stands after the hash `before`.
///
/// # Errors
/// When it is not what was written there.
pub fn read_stored(before: Hash, stored: &StoredRecord) -> Result<Record, chain::Break> {
    Chain::after(stored.seq.saturating_sub(1), before).follow(stored)
}

/// The end of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last record's position; 0 in an empty journal.
    pub seq: Seq,
    /// The last record's hash, lower-case hex; 64 zeros in an empty journal.
    pub hash: String,
}

/// The writing end. There is one at a time.
///
/// # The contract
/// - `append` takes records that follow the head without a gap, makes all or none of them durable,
///   and returns after they are: power may be cut the moment it has returned.
/// - After an error from `append`, other than the two it names as harmless, the outcome is unknown
///   and the value refuses every further append with [`JournalError::Poisoned`]. It is never
///   retried in place.
/// - An empty append does nothing and succeeds.
/// - Records are read back equal to what was appended, in order, without a gap.
/// - Opening refuses what is damaged, saying which file, which position and what helps; it never
///   opens a silently shorter history.
pub trait Journal: Send {
    /// Which history this is.
    fn epoch(&self) -> &Epoch;

    /// The end of the durable history.
    fn head(&self) -> Head;

    /// Makes a batch durable.
    ///
    /// # Errors
    /// [`JournalError::Gap`] when the batch does not follow the head and
    /// [`JournalError::Unwritable`] when a record would not be read back as it is: nothing was
    /// written, and the journal writes on. Anything else leaves the outcome unknown.
    fn append(&mut self, batch: &[Record]) -> Result<Head, JournalError>;

    /// Whether the storage has room for more records. An append does not look at this; whoever
    /// appends asks before.
    ///
    /// # Errors
    /// When it has not; it may have again later.
    fn room(&self) -> Result<(), Shortage> {
        Ok(())
    }

    /// A reading end of its own, for other threads; it sees what is durable.
    ///
    /// # Errors
    /// When the storage cannot be opened for reading.
    fn reader(&self) -> Result<Box<dyn JournalReader>, JournalError>;
}

/// A reading end. Many may be open; none holds up the writing end.
pub trait JournalReader: Send + Sync {
    /// Calls `take` with each record after `after`, in order, up to the head as of the call. Each
    /// is checked against the chain on the way.
    ///
    /// # Errors
    /// When the storage cannot be read, or a record is damaged; records before it have been taken.
    fn read_after(&self, after: Seq, take: &mut dyn FnMut(Record)) -> Result<(), JournalError>;

    /// Up to `max` records after `after`, in order, each checked against the chain.
    ///
    /// # Errors
    /// When the storage cannot be read, or a record is damaged.
    fn read_some(&self, after: Seq, max: usize) -> Result<Vec<Record>, JournalError>;

    /// Every record that touches the alert, in order.
    ///
    /// # Errors
    /// When the storage cannot be read, or a record is damaged.
    fn records_of(&self, alert: AlertId) -> Result<Vec<Record>, JournalError>;

    /// Up to `max` records after `after` that touch the alert, or none, as they are stored, each
    /// with the hash of the record before it.
    ///
    /// # Errors
    /// When the storage cannot be read.
    fn stored_of(
        &self,
        alert: Option<AlertId>,
        after: Seq,
        max: usize,
    ) -> Result<Vec<(Hash, StoredRecord)>, JournalError>;

    /// The hashes of up to `max` records after `after`, in order, as they are stored.
    ///
    /// # Errors
    /// When the storage cannot be read.
    fn hashes_after(&self, after: Seq, max: usize) -> Result<Vec<Link>, JournalError>;

    /// The hash of the record at `seq`, lower-case hex; `None` beyond the head. At 0, the 64 zeros
    /// of an empty journal. Tells whether a snapshot belongs to this history.
    ///
    /// # Errors
    /// When the storage cannot be read.
    fn hash_at(&self, seq: Seq) -> Result<Option<String>, JournalError>;

    /// Reads everything and checks gap, chain and anchor. Calls `progress` now and then with how
    /// many records are checked.
    ///
    /// # Errors
    /// The first fault found.
    fn verify(&self, progress: &mut dyn FnMut(Seq)) -> Result<Head, JournalError>;
}
