//! When an append fails: nobody is told yes, nothing is shown, and only a restart settles it.

use campus_dispatch::{
    engine::SubmitError,
    journal::{JournalError, memory::Fault},
};

use super::{
    ask,
    centre::{Centre, named, submission},
};

#[tokio::test]
async fn after_a_failed_append_the_outcome_is_unknown() {
    let centre = Centre::open().await;
    centre.disk.fail_append(1, Fault::BeforeDurable);
    let answer = centre.engine.submit(submission(ask::raise())).await;
    assert!(matches!(answer, Err(SubmitError::OutcomeUnknown)), "{answer:?}");
}

#[tokio::test]
async fn after_a_failed_append_a_held_refusal_is_unknown_too() {
    let centre = Centre::open().await;
    let alert = centre.raises().await;
    centre.gate.close();
    let before = centre.gate.arrived();
    let first = centre.submits(submission(ask::note(alert, "示例")));
    centre.gate.comes(before + 1).await;
    let yes = centre.submits(submission(ask::dispatch(alert, &["U-1"])));
    let no = centre.submits(submission(ask::dispatch(alert, &["U-1"])));
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    centre.disk.fail_append(2, Fault::BeforeDurable);
    centre.gate.open();
    first.await.unwrap().unwrap();
    for answer in [yes, no] {
        let answer = answer.await.unwrap();
        assert!(matches!(answer, Err(SubmitError::OutcomeUnknown)), "{answer:?}");
    }
}

#[tokio::test]
async fn what_still_waits_when_an_append_fails_is_told_that_nothing_was_done() {
    let centre = Centre::open().await;
    centre.gate.close();
    let before = centre.gate.arrived();
    let first = centre.submits(submission(ask::raise()));
    centre.gate.comes(before + 1).await;
    let waiting = centre.submits(submission(ask::raise()));
    let picture = tokio::spawn({
        let engine = centre.engine.clone();
        async move { engine.picture().await }
    });
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    centre.disk.fail_append(1, Fault::BeforeDurable);
    centre.gate.open();
    assert!(matches!(first.await.unwrap(), Err(SubmitError::OutcomeUnknown)));
    assert!(matches!(waiting.await.unwrap(), Err(SubmitError::Stopped)));
    assert!(matches!(picture.await.unwrap(), Err(SubmitError::Stopped)));
}

#[tokio::test]
async fn whoever_hears_of_a_failed_append_finds_the_engine_not_ready() {
    let centre = Centre::open().await;
    centre.disk.fail_append(1, Fault::AfterDurable);
    assert!(centre.engine.is_ready());
    centre.engine.submit(submission(ask::raise())).await.unwrap_err();
    assert!(!centre.engine.is_ready());
    let answer = centre.engine.submit(submission(ask::raise())).await;
    assert!(matches!(answer, Err(SubmitError::Stopped)), "{answer:?}");
    assert!(matches!(centre.engine.picture().await, Err(SubmitError::Stopped)));
}

#[tokio::test]
async fn the_writer_tells_why_it_stopped() {
    let centre = Centre::open().await;
    centre.disk.fail_append(1, Fault::BeforeDurable);
    centre.engine.submit(submission(ask::raise())).await.unwrap_err();
    for _ in 0..2 {
        let why = centre.engine.stopped().await;
        assert!(matches!(why, Err(JournalError::OutcomeUnknown { .. })), "{why:?}");
    }
}

#[tokio::test]
async fn a_failed_append_is_never_tried_again() {
    let centre = Centre::open().await;
    let appends = centre.disk.appends();
    centre.disk.fail_append(1, Fault::BeforeDurable);
    centre.engine.submit(submission(ask::raise())).await.unwrap_err();
    centre.engine.stopped().await.unwrap_err();
    assert_eq!(centre.disk.appends() - appends, 1);
}

#[tokio::test]
async fn nothing_of_a_failed_append_is_shown_even_where_the_disk_kept_it() {
    let centre = Centre::open().await;
    let before = centre.engine.position();
    centre.disk.fail_append(1, Fault::AfterDurable);
    centre.engine.submit(submission(ask::raise())).await.unwrap_err();
    centre.engine.stopped().await.unwrap_err();
    assert_eq!(centre.engine.position(), before);
    assert_eq!(centre.engine.board().alerts_before(None).count(), 0);
}

#[tokio::test]
async fn a_retry_after_the_restart_settles_an_append_that_was_kept() {
    let mut centre = Centre::open().await;
    centre.disk.fail_append(1, Fault::AfterDurable);
    centre.engine.submit(named("id-1", ask::raise())).await.unwrap_err();
    centre.engine.stopped().await.unwrap_err();
    let kept = centre.disk.stored().len();
    centre.start_again();
    let outcome = centre.engine.submit(named("id-1", ask::raise())).await.unwrap();
    assert_eq!(outcome.seq, kept as u64);
    assert_eq!(centre.disk.stored().len(), kept, "applied once");
}

#[tokio::test]
async fn a_retry_after_the_restart_applies_what_was_lost() {
    let mut centre = Centre::open().await;
    centre.disk.fail_append(1, Fault::BeforeDurable);
    centre.engine.submit(named("id-1", ask::raise())).await.unwrap_err();
    centre.engine.stopped().await.unwrap_err();
    let kept = centre.disk.stored().len();
    centre.start_again();
    let outcome = centre.engine.submit(named("id-1", ask::raise())).await.unwrap();
    assert_eq!(outcome.seq, kept as u64 + 1);
}
