//! The feed: durable records in order, each with what it changed, for whoever follows.

use std::sync::Arc;

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
    // ENGINE-HELPER: private
}

impl Feed {
    /// Wakes when the head moves; its value is the head's position.
    pub fn head(&self) -> watch::Receiver<Seq> {
        unimplemented!()
    }

    /// Up to `max` records after `cursor`, in order. `None` when the next one is no longer in the
    /// ring, or `cursor` is ahead of the head: the follower needs a new picture.
    pub fn after(&self, cursor: Seq, max: usize) -> Option<Vec<Arc<Published>>> {
        let _ = (cursor, max);
        unimplemented!()
    }
}
