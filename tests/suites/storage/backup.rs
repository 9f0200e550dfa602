//! Backups of a server under load, put back (faults.md row 23): the restored state is the one the
//! server had at the backup's position, and a restored server goes on.
//!
//! Three backups here, thirty with `FAULTS=full`.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use campus_dispatch::{
    domain::State,
    journal::{
        JournalReader,
        sqlite::{SqliteReader, backup::Backup},
    },
};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::task::JoinHandle;

use super::{
    desk::{Desk, Reply},
    is_full,
};
use crate::cli::server::{Server, done};

const AT_ONCE: usize = 8;
/// Commands acknowledged between two backups.
const BETWEEN: usize = 300;

/// The digest of the state up to a position.
fn digest_at(data: &Path, position: u64) -> String {
    let mut state = State::default();
    let reader = SqliteReader::open(data).expect("a journal");
    reader
        .read_after(0, &mut |record| {
            if record.seq <= position {
                state.apply(&record);
            }
        })
        .expect("a whole journal");
    assert_eq!(state.seq, position);
    hex::encode(Sha256::digest(serde_json::to_vec(&state).expect("JSON")))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_load_is_put_back_to_the_state_of_its_position() {
    let root = TempDir::new().expect("a temporary directory");
    let data = root.path().join("data");
    let token = Desk::account(&data);
    let server = Server::start(&data);
    let desk = Desk::at(&server, &token);
    let (stop, acknowledged) = (Arc::new(AtomicBool::new(false)), Arc::<AtomicUsize>::default());
    let load: Vec<_> = (0..AT_ONCE)
        .map(|worker| {
            let (desk, stop, acknowledged) = (desk.clone(), stop.clone(), acknowledged.clone());
            tokio::spawn(async move {
                for number in 0.. {
                    if stop.load(Ordering::SeqCst) {
                        break;
                    }
                    let reply = desk.raise(&format!("{worker}-{number}")).await;
                    assert!(matches!(reply, Reply::Done(_)), "{reply:?}");
                    acknowledged.fetch_add(1, Ordering::SeqCst);
                }
            })
        })
        .collect();

    let count = if is_full() { 30 } else { 3 };
    let (mut last, mut slowest) = (0, Duration::ZERO);
    let mut backups = Vec::new();
    for number in 0..count {
        while acknowledged.load(Ordering::SeqCst) < (number + 1) * BETWEEN {
            assert!(!load.iter().any(JoinHandle::is_finished), "somebody stopped working");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let to = root.path().join(format!("backup-{number}"));
        let began = Instant::now();
        let (from, at) = (data.clone(), to.clone());
        let text = tokio::task::spawn_blocking(move || {
            done(&from, &["backup", at.to_str().expect("UTF-8")])
        });
        let text = text.await.expect("no panic");
        slowest = slowest.max(began.elapsed());
        let manifest = Backup::find(&to).expect("a backup").manifest;
        assert!(text.contains(&format!("{} records", manifest.seq)), "{text}");
        assert!(manifest.seq >= last);
        last = manifest.seq;
        backups.push((to, manifest));
    }
    stop.store(true, Ordering::SeqCst);
    for one in load {
        one.await.expect("no panic");
    }
    let acknowledged = acknowledged.load(Ordering::SeqCst);
    assert_eq!(server.terminate().code(), Some(0));

    let mut slowest_restore = Duration::ZERO;
    for (number, (from, manifest)) in backups.iter().enumerate() {
        let new = root.path().join(format!("new-{number}"));
        let began = Instant::now();
        done(&new, &["restore", from.to_str().expect("UTF-8")]);
        let server = Server::start(&new);
        slowest_restore = slowest_restore.max(began.elapsed());
        assert_eq!(digest_at(&new, manifest.seq), digest_at(&data, manifest.seq));
        let desk = Desk::at(&server, &token);
        assert!(matches!(desk.raise("after the restore").await, Reply::Done(_)));
    }
    println!(
        "backups under load: {count} tried, {acknowledged} commands meanwhile, the last of {last} \
         records; slowest backup {} ms, slowest restore and start {} ms; 0 violations",
        slowest.as_millis(),
        slowest_restore.as_millis()
    );
}
