//! The whole journal read again beside the server that writes it. A start from a snapshot reads
//! only the records after it; damage in the ones before would be found when somebody asks for them.

use std::{path::PathBuf, thread, time::Duration};

use crate::journal::{JournalError, JournalReader, sqlite::SqliteReader};

/// Between two looks, so that reading never takes a core from the server.
const REST: Duration = Duration::from_millis(2);

/// Begins to read, on a thread of its own. What it finds is logged and shown in the metrics.
pub fn verify_beside(data: PathBuf) {
    let work = move || {
        let damaged = metrics::gauge!("campus_dispatch_journal_damaged");
        match SqliteReader::open(&data).and_then(|it| it.verify(&mut |_| thread::sleep(REST))) {
            Ok(head) => {
                damaged.set(0.0);
                tracing::info!(records = head.seq, "the whole journal is verified");
            }
            Err(JournalError::Storage { path, cause }) => {
                tracing::warn!(path = %path.display(), cause, "the journal could not be verified");
            }
            Err(error) => {
                damaged.set(1.0);
                tracing::error!(%error, "an earlier part of the journal is damaged");
            }
        }
    };
    let begun = thread::Builder::new().name("verify".to_owned()).spawn(work);
    if let Err(error) = begun {
        tracing::warn!(%error, "the journal is not verified");
    }
}
