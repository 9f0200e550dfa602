//! The bounds that can be moved, gathered from the floors that hold them.

use serde::{Deserialize, Serialize};

use crate::engine;

/// Bounds by name. The floors document what each is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Commands waiting for the writer; one more is refused as overload.
    pub mailbox_max: usize,
    /// Commands decided before one append.
    pub batch_max: usize,
    /// Records kept in memory for boards that resume.
    pub ring_max: usize,
    /// Records after which a new snapshot is written; 0 for never.
    pub snapshot_every: u64,
}

impl Default for Limits {
    fn default() -> Self {
        let engine = engine::Limits::default();
        Self {
            mailbox_max: engine.mailbox_max,
            batch_max: engine.batch_max,
            ring_max: engine.ring_max,
            snapshot_every: engine.snapshot_every,
        }
    }
}

impl Limits {
    /// The engine's share.
    pub fn engine(&self) -> engine::Limits {
        engine::Limits {
            mailbox_max: self.mailbox_max,
            batch_max: self.batch_max,
            ring_max: self.ring_max,
            snapshot_every: self.snapshot_every,
        }
    }

    /// Bounds that would stop everything at 0, with their names.
    pub(super) fn positive(&self) -> [(&'static str, usize); 3] {
        [
            ("mailbox_max", self.mailbox_max),
            ("batch_max", self.batch_max),
            ("ring_max", self.ring_max),
        ]
    }
}
