//! The limit: each request's body becomes one row in SQLite (WAL, FULL); all that wait are one
//! transaction. No account, no rule, no state, nobody who follows.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{StatusCode, header::CONTENT_TYPE},
    response::IntoResponse,
    routing::get,
};
use crossbeam_channel::{Receiver, Sender};
use rusqlite::Connection;
use tokio::sync::oneshot;

type Job = (Bytes, oneshot::Sender<i64>);

static COMMITS: AtomicU64 = AtomicU64::new(0);
/// As many as the product takes into one transaction.
const BATCH_MAX: usize = 1_024;

/// Serves until it is killed.
pub fn serve() -> ! {
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory");
    let connection = Connection::open(directory.path().join("bare.db")).expect("a database");
    connection.pragma_update(None, "journal_mode", "WAL").expect("set");
    connection.pragma_update(None, "synchronous", "FULL").expect("set");
    connection
        .execute_batch("CREATE TABLE record (seq INTEGER PRIMARY KEY, body BLOB)")
        .expect("made");
    let (jobs, waiting) = crossbeam_channel::bounded(8_192);
    thread::spawn(move || write(connection, &waiting));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let listener = crate::support::listener();
        println!("{}", listener.local_addr().expect("an address"));
        let figures = || async {
            format!("campus_dispatch_commit_seconds_count {}\n", COMMITS.load(Ordering::Relaxed))
        };
        let router = Router::new().route("/metrics", get(figures)).fallback(take).with_state(jobs);
        axum::serve(listener, router).await.expect("served");
        std::process::exit(0)
    })
}

async fn take(State(jobs): State<Sender<Job>>, body: Bytes) -> impl IntoResponse {
    let (answer, answered) = oneshot::channel();
    jobs.send((body, answer)).expect("the writer lives");
    let seq = answered.await.expect("written");
    let body = format!("{{\"seq\":{seq},\"alert\":1,\"assignments\":[1]}}");
    (StatusCode::CREATED, [(CONTENT_TYPE, "application/json")], body)
}

fn write(mut connection: Connection, waiting: &Receiver<Job>) {
    while let Ok(first) = waiting.recv() {
        let jobs: Vec<Job> =
            std::iter::once(first).chain(waiting.try_iter()).take(BATCH_MAX).collect();
        let transaction = connection.transaction().expect("begun");
        let mut answers = Vec::with_capacity(jobs.len());
        {
            let mut insert =
                transaction.prepare_cached("INSERT INTO record (body) VALUES (?1)").expect("known");
            for (body, answer) in jobs {
                answers.push((insert.insert([&*body]).expect("inserted"), answer));
            }
        }
        transaction.commit().expect("durable");
        COMMITS.fetch_add(1, Ordering::Relaxed);
        for (seq, answer) in answers {
            let _ = answer.send(seq);
        }
    }
}
