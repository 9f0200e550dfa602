//! A disk that is slow (faults.md row 7): `strace` holds each sync of a running server up. At 50 ms
//! a sync, commands that wait together share one, and 200 a second are held. At a stall of seconds
//! what waits is bounded: one more is told at once when to come back.
//!
//! The stall is 2 s here, and 30 s with `FAULTS=full`.

use std::{
    fs,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::{
    desk::{Desk, Reply},
    is_full,
    tracer::Tracer,
};
use crate::cli::server::{Server, binary, done};

const RATE: u32 = 200;
const MAILBOX: usize = 64;

/// Memory a process holds, in KiB.
fn resident(pid: u32) -> usize {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("it lives");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a figure");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

fn delayed(server: &Server, delay: Duration) -> Tracer {
    let inject = format!("inject=fsync,fdatasync:delay_enter={}", delay.as_micros());
    Tracer::attach(server.pid(), "fsync,fdatasync", &inject)
}

#[tokio::test(flavor = "multi_thread")]
async fn at_50_ms_a_sync_200_commands_a_second_are_held() {
    let data = TempDir::new().expect("a temporary directory");
    let token = Desk::account(data.path());
    let server = Server::start(data.path());
    let desk = Desk::at(&server, &token);
    let _tracer = delayed(&server, Duration::from_millis(50));
    let seconds = if is_full() { 30 } else { 3 };
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / RATE);
    let mut sent = Vec::new();
    for number in 0..RATE * seconds {
        ticks.tick().await;
        let desk = desk.clone();
        sent.push(tokio::spawn(async move {
            let began = Instant::now();
            let key = format!("slow-{number}");
            let reply = match desk.raise(&key).await {
                // A connection may be closed for idleness just as it is used again; with its key a
                // command is asked again without harm.
                Reply::Gone => desk.raise(&key).await,
                reply => reply,
            };
            (reply, began.elapsed())
        }));
    }
    let mut took = Vec::new();
    for one in sent {
        let (reply, elapsed) = one.await.expect("no panic");
        assert!(matches!(reply, Reply::Done(_)), "{reply:?}");
        took.push(elapsed);
    }
    took.sort();
    let p99 = took[took.len() * 99 / 100];
    // One by one the last of them would have waited for minutes.
    assert!(p99 < Duration::from_secs(1), "p99 {p99:?}");
    println!(
        "50 ms a sync: {} commands at {RATE}/s, all acknowledged, p50 {} ms, p99 {} ms; 0 violations",
        took.len(),
        took[took.len() / 2].as_millis(),
        p99.as_millis()
    );
    drop(server);
    done(data.path(), &["journal", "verify"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_stall_what_waits_is_bounded_and_the_rest_is_told_when_to_come_back() {
    let data = TempDir::new().expect("a temporary directory");
    let token = Desk::account(data.path());
    let mut command = binary(data.path());
    command.env("CAMPUS_DISPATCH_LIMITS_MAILBOX_MAX", MAILBOX.to_string());
    let server = Server::of(command.args(["serve", "--listen", "127.0.0.1:0"]));
    let desk = Desk::at(&server, &token);
    assert!(matches!(desk.raise("before").await, Reply::Done(_)));
    let stall = Duration::from_secs(if is_full() { 30 } else { 2 });
    let tracer = delayed(&server, stall);
    let before = resident(server.pid());

    let commands = 20 * MAILBOX;
    let sent: Vec<_> = (0..commands)
        .map(|number| {
            let desk = desk.clone();
            tokio::spawn(async move { desk.raise(&format!("stalled-{number}")).await })
        })
        .collect();
    let (mut held, mut shed, mut most) = (0, 0, before);
    for one in sent {
        match one.await.expect("no panic") {
            Reply::Done(_) => held += 1,
            Reply::Refused { status: 503, code, retry_after: Some(1), .. } => {
                assert_eq!(code, "overloaded");
                shed += 1;
            }
            other => panic!("{other:?}"),
        }
        most = most.max(resident(server.pid()));
    }
    drop(tracer);
    // What waited, what a turn had taken up before, and nothing else.
    assert!((MAILBOX..=3 * MAILBOX).contains(&held), "{held} of {commands}");
    assert_eq!(held + shed, commands);
    let grown = most.saturating_sub(before) / 1_024;
    assert!(grown <= 32, "{grown} MiB more");
    assert!(matches!(desk.raise("after").await, Reply::Done(_)), "it goes on");
    assert_eq!(server.terminate().code(), Some(0));
    println!(
        "a sync of {} s: {commands} commands at once, {held} acknowledged later, {shed} shed with \
         503 and Retry-After, {grown} MiB more memory; 0 violations",
        stall.as_secs()
    );
}
