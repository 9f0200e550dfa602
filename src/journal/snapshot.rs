//! To come.

/// To come.
pub struct SnapshotStore;
