//! The start: the past is built again from the newest usable snapshot and the records after it.

use crate::{
    domain::Seq,
    engine::past::Past,
    journal::{Journal, JournalError, JournalReader, snapshot::SnapshotStore},
    planted::{self, Planted},
};

/// How many records pass between two calls of `progress`.
const PROGRESS_EVERY: Seq = 4_096;

/// The past as of the journal's head, and the position of the snapshot it began from, 0 for none.
///
/// # Errors
/// When the journal cannot be read, or does not tell everything up to its head.
pub fn replay(
    journal: &dyn Journal,
    reader: &dyn JournalReader,
    snapshots: Option<&SnapshotStore>,
    progress: &mut dyn FnMut(Seq, Seq),
) -> Result<(Past, Seq), JournalError> {
    let head = journal.head().seq;
    let mut past = snapshots.and_then(|store| kept(journal, reader, store)).unwrap_or_default();
    let kept = past.state.seq;
    progress(kept, head);
    let mut broken_at = None;
    reader.read_after(kept, &mut |record| {
        let follows = record.seq == past.state.seq + 1 || planted::has(Planted::AcceptGap);
        if !follows || broken_at.is_some() {
            broken_at.get_or_insert(record.seq);
            return;
        }
        past.apply(&record);
        if record.seq % PROGRESS_EVERY == 0 {
            progress(record.seq, head);
        }
    })?;
    if broken_at.is_some() || past.state.seq != head {
        let found = broken_at.map_or("nothing".to_owned(), |seq| format!("record {seq}"));
        let what = format!("{found} follows, and the journal goes to {head}");
        let path = "journal".into();
        return Err(JournalError::Damaged { path, seq: past.state.seq, what });
    }
    progress(head, head);
    Ok((past, kept))
}

/// The past as a snapshot kept it. One that cannot be used only makes the start slower.
fn kept(journal: &dyn Journal, reader: &dyn JournalReader, store: &SnapshotStore) -> Option<Past> {
    let snapshot = match store.load(journal.epoch(), reader) {
        Ok(snapshot) => snapshot,
        Err(unusable) => {
            tracing::info!(%unusable, "no snapshot to start from");
            return None;
        }
    };
    let past = Past::from_snapshot(&snapshot.state);
    let past = past.filter(|past| past.state.seq == snapshot.head.seq);
    if past.is_none() {
        tracing::warn!(seq = snapshot.head.seq, "the snapshot is of another release");
    }
    past
}
