//! Every bound of the engine, gathered.

/// Bounds of queues and batches.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Commands waiting for the writer; one more is refused as overload.
    pub mailbox_max: usize,
    /// Commands decided before one append.
    pub batch_max: usize,
    /// Records the feed keeps for those who resume.
    pub ring_max: usize,
    /// Records after which a new snapshot is written in the background; 0 for never.
    pub snapshot_every: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { mailbox_max: 8_192, batch_max: 1_024, ring_max: 8_192, snapshot_every: 100_000 }
    }
}
