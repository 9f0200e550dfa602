//! The shared log: recent records, each with its frames as they were first encoded.

use std::{
    collections::VecDeque,
    sync::{Arc, PoisonError, RwLock},
};

use bytes::Bytes;

use super::{encoding::Encodings, frame};
use crate::{
    domain::{Change, Seq},
    engine::{Board, Engine, Published},
    web::audience::Audience,
};

/// A record and its frames, each encoded by the first who needs it.
pub struct Entry {
    published: Arc<Published>,
    encodings: Encodings,
}

impl Entry {
    fn of(published: Arc<Published>) -> Self {
        Self { published, encodings: Encodings::default() }
    }

    /// Its position.
    pub fn seq(&self) -> Seq {
        self.published.record.seq
    }

    /// Its frame for an audience that was last told of `previous`.
    pub fn frame(&self, audience: &Audience, previous: Seq, board: &Board) -> Option<Bytes> {
        if let Audience::Unit(_) = audience {
            return frame::change(&self.published, previous, audience, board);
        }
        let encode = || {
            let frame = frame::change(&self.published, self.seq() - 1, audience, board);
            frame.unwrap_or_default()
        };
        Some(self.encodings.get(audience, encode))
    }

    /// Whether it may have ended somebody's session.
    pub fn touches_access(&self) -> bool {
        let ends =
            |change: &Change| matches!(change, Change::SessionClosed(_) | Change::Account(_));
        self.published.changes.iter().any(ends)
    }
}

/// A ring of entries up to the last one read from the feed. Whoever needs what is not here yet
/// reads it in for all.
pub struct Log {
    ring: RwLock<Ring>,
    length_max: usize,
}

struct Ring {
    entries: VecDeque<Arc<Entry>>,
    /// The position of the last entry; where there is none, the position it will follow.
    end: Seq,
}

impl Log {
    /// A log that begins after a position.
    pub fn new(end: Seq, length_max: usize) -> Self {
        Self { ring: RwLock::new(Ring { entries: VecDeque::new(), end }), length_max }
    }

    /// Up to `max` entries after `cursor`, in order. `None` when the next one is not kept.
    pub fn after(&self, engine: &Engine, cursor: Seq, max: usize) -> Option<Vec<Arc<Entry>>> {
        {
            let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
            if cursor < ring.end {
                return ring.after(cursor, max);
            }
        }
        let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
        ring.read_on(engine, self.length_max);
        ring.after(cursor, max)
    }
}

/// Records taken from the feed in one turn.
const TURN_MAX: usize = 1_024;

impl Ring {
    fn after(&self, cursor: Seq, max: usize) -> Option<Vec<Arc<Entry>>> {
        let waiting = usize::try_from(self.end.checked_sub(cursor)?).ok()?;
        let skipped = self.entries.len().checked_sub(waiting)?;
        Some(self.entries.iter().skip(skipped).take(max).cloned().collect())
    }

    fn read_on(&mut self, engine: &Engine, length_max: usize) {
        loop {
            let Some(published) = engine.feed().after(self.end, TURN_MAX) else {
                // Nobody has looked for so long that the feed went on without us: begin anew.
                self.entries.clear();
                self.end = engine.position().seq;
                return;
            };
            let Some(last) = published.last() else { return };
            self.end = last.record.seq;
            self.entries.extend(published.into_iter().map(|one| Arc::new(Entry::of(one))));
            let surplus = self.entries.len().saturating_sub(length_max);
            self.entries.drain(..surplus);
        }
    }
}
