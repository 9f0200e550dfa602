//! The mailbox is bounded, and what came in before the end is finished.

use campus_dispatch::engine::{Limits, SubmitError};

use super::{
    ask,
    centre::{Centre, submission},
};

#[tokio::test]
async fn one_more_than_the_mailbox_holds_is_refused_at_once() {
    let centre = Centre::with(Limits { mailbox_max: 5, ..Limits::default() }, None).await;
    centre.gate.close();
    let before = centre.gate.arrived();
    let mut waiting = vec![centre.submits(submission(ask::raise()))];
    centre.gate.comes(before + 1).await;
    for _ in 0..5 {
        waiting.push(centre.submits(submission(ask::raise())));
    }
    tokio::task::yield_now().await;
    let refused = centre.engine.submit(submission(ask::raise())).await;
    assert!(matches!(refused, Err(SubmitError::Overloaded)), "{refused:?}");
    assert!(matches!(centre.engine.picture().await, Err(SubmitError::Overloaded)));
    centre.gate.open();
    for answer in waiting {
        answer.await.unwrap().unwrap();
    }
    assert_eq!(centre.engine.board().alerts_before(None).count(), 6);
}

#[tokio::test]
async fn a_batch_is_bounded() {
    let centre = Centre::with(Limits { batch_max: 10, ..Limits::default() }, None).await;
    centre.gate.close();
    let before = centre.gate.arrived();
    let mut waiting = vec![centre.submits(submission(ask::raise()))];
    centre.gate.comes(before + 1).await;
    waiting.extend((0..25).map(|_| centre.submits(submission(ask::raise()))));
    for _ in 0..30 {
        tokio::task::yield_now().await;
    }
    let appends = centre.disk.appends();
    centre.gate.open();
    for answer in waiting {
        answer.await.unwrap().unwrap();
    }
    assert_eq!(centre.disk.appends() - appends, 1 + 3);
}

#[tokio::test]
async fn a_stop_finishes_what_waits() {
    let centre = Centre::open().await;
    centre.gate.close();
    let before = centre.gate.arrived();
    let mut waiting = vec![centre.submits(submission(ask::raise()))];
    centre.gate.comes(before + 1).await;
    waiting.extend((0..30).map(|_| centre.submits(submission(ask::raise()))));
    for _ in 0..40 {
        tokio::task::yield_now().await;
    }
    let engine = centre.engine.clone();
    let stopping = tokio::spawn(async move { engine.stop().await });
    while centre.engine.is_ready() {
        tokio::task::yield_now().await;
    }
    let late = centre.engine.submit(submission(ask::raise())).await;
    assert!(matches!(late, Err(SubmitError::Stopped)), "{late:?}");
    centre.gate.open();
    for answer in waiting {
        answer.await.unwrap().unwrap();
    }
    stopping.await.unwrap();
    centre.engine.stopped().await.unwrap();
    centre.disk.open().expect("the journal is closed");
}

#[tokio::test]
async fn an_engine_nobody_holds_closes_its_journal() {
    let centre = Centre::open().await;
    let Centre { engine, clock, disk, .. } = centre;
    let mut head = engine.feed().head();
    drop(engine);
    // The writer lets go of the feed last.
    while head.changed().await.is_ok() {}
    disk.open().expect("the journal is closed");
    clock.advance(campus_dispatch::domain::Within::from_seconds(1));
}
