//! Writing snapshots now and then, without holding up the writer: it only clones the past, which
//! is mostly shared, and a thread of its own turns the clone into bytes.

use std::thread::{self, JoinHandle};

use crate::{
    domain::Seq,
    engine::past::Past,
    journal::{
        Journal,
        snapshot::{Snapshot, SnapshotStore},
    },
};

pub(super) struct Snapshots {
    store: Option<SnapshotStore>,
    every: u64,
    last: Seq,
    writing: Option<JoinHandle<()>>,
}

impl Snapshots {
    /// `last` is the position of the snapshot the start went on from; `every` 0 is for never.
    pub fn new(store: Option<SnapshotStore>, every: u64, last: Seq) -> Self {
        Self { store: store.filter(|_| every > 0), every, last, writing: None }
    }

    /// Begins a snapshot when enough has happened since the last and none is being written.
    pub fn write_if_due(&mut self, journal: &dyn Journal, past: &Past) {
        let is_writing = self.writing.as_ref().is_some_and(|thread| !thread.is_finished());
        if is_writing || past.state.seq < self.last.saturating_add(self.every) {
            return;
        }
        self.begin(journal, past);
    }

    /// Writes a last one, where anything happened since.
    pub fn finish(&mut self, journal: &dyn Journal, past: &Past) {
        self.wait();
        if past.state.seq > self.last {
            self.begin(journal, past);
            self.wait();
        }
    }

    fn begin(&mut self, journal: &dyn Journal, past: &Past) {
        let Some(store) = self.store.clone() else { return };
        self.wait();
        self.last = past.state.seq;
        let (epoch, head, past) = (journal.epoch().clone(), journal.head(), past.clone());
        let write = move || {
            let seq = head.seq;
            let state = match past.to_snapshot() {
                Ok(bytes) => bytes,
                Err(error) => return tracing::warn!(seq, %error, "no snapshot was made"),
            };
            drop(past);
            match store.save(&Snapshot { epoch, head, state }) {
                Ok(()) => tracing::info!(seq, "a snapshot was written"),
                Err(error) => tracing::warn!(seq, %error, "no snapshot was written"),
            }
        };
        let thread = thread::Builder::new().name("snapshot".to_owned()).spawn(write);
        self.writing = thread.inspect_err(|error| tracing::warn!(%error, "no snapshot")).ok();
    }

    fn wait(&mut self) {
        if let Some(thread) = self.writing.take()
            && thread.join().is_err()
        {
            tracing::warn!("writing a snapshot panicked");
        }
    }
}
