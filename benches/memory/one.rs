//! One alert: what the engine keeps of it, open and closed.

use std::sync::Arc;

use campus_dispatch::{
    domain::{Within, id::AlertId},
    engine::{Engine, Limits, clock::ManualClock},
    journal::sqlite::SqliteJournal,
};

use crate::{
    counting::live_bytes,
    invented::{self, START},
    life::Life,
};

/// Enough that what the engine takes without them does not show.
const ALERTS: u32 = 10_000;

/// Prints it.
pub fn ask() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        println!("open alert: {} bytes each", each(false).await);
        println!("closed alert: {} bytes each", each(true).await);
    });
}

async fn each(closed: bool) -> usize {
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory");
    let journal = SqliteJournal::open(directory.path()).expect("a new journal");
    let clock = Arc::new(ManualClock::at(START));
    let limits = Limits { ring_max: 1, ..Limits::default() };
    let engine = Engine::start(Box::new(journal), None, clock.clone(), limits, &mut |_, _| {});
    let engine = engine.expect("an empty journal replays");
    for submission in invented::setting_up() {
        engine.submit(submission).await.expect("set up");
    }
    let before = live_bytes();
    let mut lives = tokio::task::JoinSet::new();
    for lane in 0..100 {
        let engine = engine.clone();
        lives.spawn(async move {
            for number in (lane..ALERTS).step_by(100) {
                let mut life = Life::new(number);
                while let Some(submission) = life.next() {
                    let outcome = engine.submit(submission).await.expect("allowed");
                    life.came_to(&outcome);
                    if !closed {
                        break;
                    }
                }
            }
        });
    }
    lives.join_all().await;
    // What was settled long ago is in no list of what is shown.
    clock.set(START + Within::from_seconds(1));
    let last = engine.board().alert(AlertId(ALERTS)).expect("they were raised");
    assert_eq!(last.closed_at.is_some(), closed);
    let bytes = live_bytes() - before;
    engine.stop().await;
    bytes / ALERTS as usize
}
