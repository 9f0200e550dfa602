//! A journal in memory, for tests and simulation: the same contract, with faults on order.
//!
//! [`MemoryDisk`] is what outlasts a crash; [`MemoryJournal`] is a process's hold on it. Dropping
//! the one and opening the other again is a restart.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    Epoch, Head, Journal, JournalError, JournalReader,
    chain::{Break, Chain, Hash, StoredRecord},
    read_stored,
    seal::Link,
};
use crate::{
    domain::{
        id::AlertId,
        record::{Record, Seq},
    },
    planted::{self, Planted},
};

/// How an append is made to fail. Either way the caller is told that the outcome is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing of the batch is kept.
    BeforeDurable,
    /// The whole batch is kept.
    AfterDurable,
    /// A first part of the batch lies there without the mark that completes it. The next start
    /// drops it: nothing of the batch is kept.
    Torn,
}

/// What a crash leaves behind. Clones share it; [`MemoryDisk::copy`] does not.
#[derive(Clone, Debug)]
pub struct MemoryDisk(Arc<Mutex<Content>>);

#[derive(Debug)]
struct Content {
    epoch: Epoch,
    /// Durable.
    records: Vec<Arc<StoredRecord>>,
    /// Written after those and not synced: a power cut takes it.
    in_flight: Vec<Arc<StoredRecord>>,
    in_use: bool,
    appends: u64,
    faults: BTreeMap<u64, Fault>,
}

impl Default for MemoryDisk {
    fn default() -> Self {
        Self::new("memory")
    }
}

impl MemoryDisk {
    /// An empty disk, whose journal is of that epoch.
    pub fn new(epoch: &str) -> Self {
        Self::of(Epoch(epoch.to_owned()), Vec::new())
    }

    fn of(epoch: Epoch, records: Vec<Arc<StoredRecord>>) -> Self {
        Self(Arc::new(Mutex::new(Content {
            epoch,
            records,
            in_flight: Vec::new(),
            in_use: false,
            appends: 0,
            faults: BTreeMap::new(),
        })))
    }

    /// A disk on which these records are found, as damage at rest may have left them.
    pub fn found(epoch: Epoch, records: Vec<Arc<StoredRecord>>) -> Self {
        Self::of(epoch, records)
    }

    /// Opens the journal.
    ///
    /// # Errors
    /// When it is open already.
    pub fn open(&self) -> Result<MemoryJournal, JournalError> {
        let mut content = self.content();
        if content.in_use {
            return Err(JournalError::InUse { path: path() });
        }
        content.in_use = true;
        content.in_flight.clear();
        let chain = content.end();
        let epoch = content.epoch.clone();
        drop(content);
        Ok(MemoryJournal { disk: self.clone(), epoch, chain, poisoned: false })
    }

    /// What is durable this moment, on a disk of its own, without faults on order: what a power cut
    /// now would leave. Records are shared, so this is cheap.
    pub fn copy(&self) -> Self {
        let content = self.content();
        Self::of(content.epoch.clone(), content.records.clone())
    }

    /// Makes the `n`-th append from now fail; 1 is the next one. Empty appends do not count.
    pub fn fail_append(&self, n: u64, fault: Fault) {
        let mut content = self.content();
        let nth = content.appends + n;
        content.faults.insert(nth, fault);
    }

    /// How many appends reached the disk, failed ones included.
    pub fn appends(&self) -> u64 {
        self.content().appends
    }

    /// The durable records as they are stored.
    pub fn stored(&self) -> Vec<Arc<StoredRecord>> {
        self.content().records.clone()
    }

    fn content(&self) -> MutexGuard<'_, Content> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Content {
    fn end(&self) -> Chain {
        self.records.last().map_or(Chain::START, |last| Chain::after(last.seq, last.hash))
    }

    /// Writes a batch, and then syncs it; a fault on order comes between or after.
    fn append(&mut self, batch: Vec<Arc<StoredRecord>>) -> Result<(), Fault> {
        self.appends += 1;
        let nth = self.appends;
        let fault = self.faults.remove(&nth);
        match fault {
            None | Some(Fault::AfterDurable) => {
                self.in_flight.extend(batch);
                if !planted::has(Planted::SkipSync) {
                    self.sync();
                }
            }
            Some(Fault::Torn) => self.in_flight.extend(batch.into_iter().take(1)),
            Some(Fault::BeforeDurable) => {}
        }
        fault.map_or(Ok(()), Err)
    }

    fn sync(&mut self) {
        self.records.append(&mut self.in_flight);
    }
}

/// The writing end of a journal in memory.
#[derive(Debug)]
pub struct MemoryJournal {
    disk: MemoryDisk,
    epoch: Epoch,
    chain: Chain,
    poisoned: bool,
}

impl Journal for MemoryJournal {
    fn epoch(&self) -> &Epoch {
        &self.epoch
    }

    fn head(&self) -> Head {
        self.chain.head()
    }

    fn append(&mut self, batch: &[Record]) -> Result<Head, JournalError> {
        if self.poisoned {
            return Err(JournalError::Poisoned);
        }
        if batch.is_empty() {
            return Ok(self.head());
        }
        let mut chain = self.chain;
        let stored: Vec<Arc<StoredRecord>> = batch
            .iter()
            .map(|record| chain.extend(record).map(Arc::new))
            .collect::<Result<_, _>>()?;
        let appended = self.disk.content().append(stored);
        if let Err(fault) = appended {
            self.poisoned = !planted::has(Planted::RetryAfterFailedSync);
            return Err(JournalError::OutcomeUnknown { cause: format!("{fault:?}, as ordered") });
        }
        self.chain = chain;
        Ok(chain.head())
    }

    fn reader(&self) -> Result<Box<dyn JournalReader>, JournalError> {
        Ok(Box::new(MemoryReader(self.disk.clone())))
    }
}

impl Drop for MemoryJournal {
    fn drop(&mut self) {
        self.disk.content().in_use = false;
    }
}

/// A reading end of a journal in memory.
#[derive(Clone, Debug)]
struct MemoryReader(MemoryDisk);

impl MemoryReader {
    /// The records after `after`, and the hash before them.
    fn tail(&self, after: Seq) -> (Chain, Vec<Arc<StoredRecord>>) {
        let content = self.0.content();
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        let (before, tail) = content.records.split_at(after.min(content.records.len()));
        let start = before.last().map_or(Chain::START, |last| Chain::after(last.seq, last.hash));
        (start, tail.to_vec())
    }
}

impl JournalReader for MemoryReader {
    fn read_after(&self, after: Seq, take: &mut dyn FnMut(Record)) -> Result<(), JournalError> {
        let (mut chain, tail) = self.tail(after);
        for stored in tail {
            take(chain.follow(&stored).map_err(|broken| broken.in_file(Path::new(PATH)))?);
        }
        Ok(())
    }

    fn read_some(&self, after: Seq, max: usize) -> Result<Vec<Record>, JournalError> {
        let (mut chain, tail) = self.tail(after);
        let read = |stored: &Arc<StoredRecord>| chain.follow(stored);
        let records: Result<Vec<Record>, Break> = tail.iter().take(max).map(read).collect();
        records.map_err(|broken| broken.in_file(Path::new(PATH)))
    }

    fn records_of(&self, alert: AlertId) -> Result<Vec<Record>, JournalError> {
        let stored = self.stored_of(Some(alert), 0, usize::MAX)?;
        let read = |(before, stored): (Hash, StoredRecord)| read_stored(before, &stored);
        let records: Result<Vec<Record>, Break> = stored.into_iter().map(read).collect();
        records.map_err(|broken| broken.in_file(Path::new(PATH)))
    }

    fn stored_of(
        &self,
        alert: Option<AlertId>,
        after: Seq,
        max: usize,
    ) -> Result<Vec<(Hash, StoredRecord)>, JournalError> {
        let (chain, tail) = self.tail(after);
        let mut before = chain.hash();
        let linked = tail.iter().map(|stored| {
            let linked = (before, (**stored).clone());
            before = stored.hash;
            linked
        });
        Ok(linked.filter(|(_, stored)| stored.alert == alert).take(max).collect())
    }

    fn hashes_after(&self, after: Seq, max: usize) -> Result<Vec<Link>, JournalError> {
        let (_, tail) = self.tail(after);
        let link =
            |one: &Arc<StoredRecord>| Link { seq: one.seq, alert: one.alert, hash: one.hash };
        Ok(tail.iter().take(max).map(link).collect())
    }

    fn hash_at(&self, seq: Seq) -> Result<Option<String>, JournalError> {
        let (chain, _) = self.tail(seq);
        Ok((chain.seq() == seq).then(|| chain.hash().to_string()))
    }

    fn verify(&self, progress: &mut dyn FnMut(Seq)) -> Result<Head, JournalError> {
        self.read_after(0, &mut |record| {
            if record.seq % 1_024 == 0 {
                progress(record.seq);
            }
        })?;
        let head = self.0.content().end().head();
        progress(head.seq);
        Ok(head)
    }
}

const PATH: &str = "memory";

fn path() -> PathBuf {
    PathBuf::from(PATH)
}
