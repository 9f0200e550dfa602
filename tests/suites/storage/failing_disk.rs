//! A disk that fails under a running server (faults.md row 4): `strace` makes the Nth sync or write
//! and all after it fail. From the first failure on nothing is acknowledged, the process ends
//! within a second with its own exit code and the reason, and a start without the fault finds
//! everything that was acknowledged, once.
//!
//! A few points here; N = 1 to 200 with `FAULTS=full`.

use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

use super::{
    desk::{Desk, Reply, raised},
    is_full,
    tracer::Tracer,
};
use crate::cli::server::{Server, done};

/// What fails, and how.
#[derive(Clone, Copy, Debug)]
struct Fault {
    calls: &'static str,
    error: &'static str,
    /// The call of that number and all after it.
    from: usize,
}

/// What one fault came to.
struct Ended {
    acknowledged: BTreeMap<String, Value>,
    unknown: Vec<String>,
    /// From the first answer that was no 2xx to the end of the process.
    took: Duration,
}

const AT_ONCE: usize = 4;
/// More than any fault here needs to be met.
const COMMANDS: usize = 1_000;

async fn fails(data: &Path, token: &str, fault: Fault) -> Ended {
    let mut server = Server::start(data);
    let Fault { calls, error, from } = fault;
    let inject = format!("inject={calls}:error={error}:when={from}+");
    let _tracer = Tracer::attach(server.pid(), calls, &inject);
    let desk = Desk::at(&server, token);
    let workers: Vec<_> = (0..AT_ONCE)
        .map(|worker| {
            let desk = desk.clone();
            tokio::spawn(async move {
                let mut answers = Vec::new();
                for number in 0..COMMANDS {
                    let key = format!("{error}-{from}-{worker}-{number}");
                    let reply = desk.raise(&key).await;
                    let is_end = !matches!(reply, Reply::Done(_));
                    answers.push((Instant::now(), key, reply));
                    if is_end {
                        // Not ready from the first answer on.
                        let ready = desk.ready().await;
                        assert!(!matches!(ready, Some((true, _))), "{fault:?}: still ready");
                        break;
                    }
                }
                answers
            })
        })
        .collect();
    let mut ended =
        Ended { acknowledged: BTreeMap::new(), unknown: Vec::new(), took: Duration::default() };
    let mut first_failure = None;
    let mut acknowledged_at = Vec::new();
    for worker in workers {
        for (at, key, reply) in worker.await.expect("no panic") {
            match reply {
                Reply::Done(outcome) => {
                    acknowledged_at.push(at);
                    ended.acknowledged.insert(key, outcome);
                }
                Reply::Refused { status, code, retry_after, text } => {
                    assert_eq!(status, 503, "{fault:?}: {text}");
                    assert!(["outcome_unknown", "stopping"].contains(&&*code), "{text}");
                    assert!(retry_after.is_some(), "{text}");
                    first_failure = first_failure.into_iter().chain([at]).min();
                    ended.unknown.push(key);
                }
                Reply::Gone => ended.unknown.push(key),
            }
        }
    }
    let status = server.ended();
    let now = Instant::now();
    ended.took = first_failure.map_or(Duration::ZERO, |at| now - at);
    assert_eq!(status.code(), Some(5), "{fault:?}: {}", server.told());
    let told = server.told();
    assert!(told.contains("whether the last commands were kept is not known"), "{told}");
    assert!(!ended.unknown.is_empty(), "{fault:?} was never met");
    ended
}

/// Starts without the fault: what was acknowledged is there, and every command can be settled.
async fn recovers(data: &Path, token: &str, ended: &Ended) {
    let server = Server::start(data);
    let desk = Desk::at(&server, token);
    for (key, outcome) in &ended.acknowledged {
        assert_eq!(desk.raise(key).await, Reply::Done(outcome.clone()), "{key}");
    }
    for key in &ended.unknown {
        assert!(matches!(desk.raise(key).await, Reply::Done(_)), "{key}");
    }
    assert_eq!(server.terminate().code(), Some(0));
    assert_eq!(raised(data), ended.acknowledged.len() + ended.unknown.len(), "each once");
    done(data, &["journal", "verify"]);
}

async fn all_fail(calls: &'static str, error: &'static str, points: &[usize]) {
    let (mut acknowledged, mut slowest) = (0, Duration::ZERO);
    for from in points {
        let data = TempDir::new().expect("a temporary directory");
        let token = Desk::account(data.path());
        let ended = fails(data.path(), &token, Fault { calls, error, from: *from }).await;
        recovers(data.path(), &token, &ended).await;
        acknowledged += ended.acknowledged.len();
        slowest = slowest.max(ended.took);
        assert!(ended.took <= Duration::from_secs(1), "{error} from {from} on: {:?}", ended.took);
    }
    println!(
        "{calls} failing with {error}: {} tried, {acknowledged} acknowledged before, 0 lost, 0 \
         after; slowest end {} ms; 0 violations",
        points.len(),
        slowest.as_millis()
    );
}

fn points(few: &[usize], all: usize) -> Vec<usize> {
    if is_full() { (1..=all).collect() } else { few.to_vec() }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_failed_sync_nothing_is_acknowledged() {
    all_fail("fsync,fdatasync", "EIO", &points(&[1, 2, 7], 200)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_failed_write_nothing_is_acknowledged() {
    all_fail("pwrite64", "EIO", &points(&[1, 2, 9], 50)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_write_without_space_nothing_is_acknowledged() {
    all_fail("pwrite64", "ENOSPC", &points(&[3], 50)).await;
}
