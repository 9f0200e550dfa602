//! Standings kept to go on from: one every so many records, and those last asked for.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use super::standing::Standing;
use crate::domain::{Seq, Timestamp};

/// Standings kept on the way, at most. When there would be more, every other one goes and the rest
/// stand twice as far apart.
const KEPT_MAX: usize = 64;

/// How far apart they stand at first, in records: what is folded within a blink.
const EVERY_AT_FIRST: Seq = 4_096;

/// Standings last asked for: as many replays go on without beginning anew.
const RECENT_MAX: usize = 8;

/// See the module; bounded, whatever the length of the history.
pub struct Shelf {
    every: Seq,
    kept_max: usize,
    kept: BTreeMap<Seq, Arc<Standing>>,
    recent: VecDeque<Arc<Standing>>,
    beginning: Arc<Standing>,
}

impl Default for Shelf {
    fn default() -> Self {
        Self::of(EVERY_AT_FIRST, KEPT_MAX)
    }
}

impl Shelf {
    /// One that keeps up to `kept_max` standings, at first one every `every` records.
    pub fn of(every: Seq, kept_max: usize) -> Self {
        Self {
            every,
            kept_max,
            kept: BTreeMap::new(),
            recent: VecDeque::new(),
            beginning: Arc::default(),
        }
    }

    /// The latest standing up to `head` that holds nothing made after `at`.
    pub(super) fn before_instant(&self, at: Timestamp, head: Seq) -> Arc<Standing> {
        self.latest(|standing| standing.last_at() <= at && standing.seq() <= head)
    }

    /// The latest standing that holds nothing after a record.
    pub(super) fn before_record(&self, seq: Seq) -> Arc<Standing> {
        self.latest(|standing| standing.seq() <= seq)
    }

    fn latest(&self, will_do: impl Fn(&Standing) -> bool) -> Arc<Standing> {
        let all = self.kept.values().chain(&self.recent);
        let found = all.filter(|standing| will_do(standing)).max_by_key(|standing| standing.seq());
        found.unwrap_or(&self.beginning).clone()
    }

    /// Whether a standing after this record is to be kept, and is not yet.
    pub(super) fn has_place_at(&self, seq: Seq) -> bool {
        seq.is_multiple_of(self.every) && !self.kept.contains_key(&seq)
    }

    /// The first place after a record.
    pub(super) fn next_place(&self, seq: Seq) -> Seq {
        (seq / self.every + 1) * self.every
    }

    /// The last that is kept.
    pub(super) fn last(&self) -> Arc<Standing> {
        self.kept.last_key_value().map_or(&self.beginning, |(_, last)| last).clone()
    }

    /// Keeps a standing at its place.
    pub(super) fn keep(&mut self, standing: Arc<Standing>) {
        self.kept.insert(standing.seq(), standing);
        while self.kept.len() > self.kept_max {
            self.every *= 2;
            let every = self.every;
            self.kept.retain(|seq, _| seq.is_multiple_of(every));
        }
    }

    /// Keeps a standing until others have been asked for.
    pub(super) fn remember(&mut self, standing: Arc<Standing>) {
        self.recent.retain(|known| known.seq() != standing.seq());
        self.recent.push_back(standing);
        let surplus = self.recent.len().saturating_sub(RECENT_MAX);
        self.recent.drain(..surplus);
    }
}
