//! The feed: durable records in order, each with what it changed, for whoever follows.

use std::{
    collections::VecDeque,
    sync::{Arc, PoisonError, RwLock},
};

use tokio::sync::watch;

use crate::domain::{Change, Record, Seq};

/// A durable record with the things it changed, as they stand after it.
#[derive(Debug)]
pub struct Published {
    pub record: Record,
    pub changes: Vec<Change>,
}

/// A ring of recent records and the position of its end. A follower holds a cursor, never a queue:
/// a slow one costs nothing and finds out by itself that it fell off the ring.
pub struct Feed {
    ring: RwLock<Ring>,
    head: watch::Sender<Seq>,
}

struct Ring {
    /// The record at `head` is the last.
    records: VecDeque<Arc<Published>>,
    head: Seq,
    max: usize,
}

impl Feed {
    /// A feed that begins after `head`, with a ring of `max` records.
    pub(super) fn new(head: Seq, max: usize) -> Self {
        let ring = Ring { records: VecDeque::with_capacity(max.min(1024)), head, max };
        Self { ring: RwLock::new(ring), head: watch::Sender::new(head) }
    }

    /// Wakes when the head moves; its value is the head's position.
    pub fn head(&self) -> watch::Receiver<Seq> {
        self.head.subscribe()
    }

    /// The head's position.
    pub(super) fn position(&self) -> Seq {
        *self.head.borrow()
    }

    /// Up to `max` records after `cursor`, in order. `None` when the next one is no longer in the
    /// ring, or `cursor` is ahead of the head: the follower needs a new picture. After a restart
    /// the ring is empty.
    pub fn after(&self, cursor: Seq, max: usize) -> Option<Vec<Arc<Published>>> {
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        let missed = usize::try_from(ring.head.checked_sub(cursor)?).ok()?;
        let from = ring.records.len().checked_sub(missed)?;
        Some(ring.records.iter().skip(from).take(max).cloned().collect())
    }

    /// Appends a batch that follows the head, and wakes the followers once.
    pub(super) fn publish(&self, batch: Vec<Arc<Published>>) {
        let Some(last) = batch.last() else { return };
        let head = last.record.seq;
        {
            let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
            ring.records.extend(batch);
            ring.head = head;
            let excess = ring.records.len().saturating_sub(ring.max);
            ring.records.drain(..excess);
        }
        self.head.send_replace(head);
    }
}
