//! Group commit: nothing is told or shown before it is durable.

use campus_dispatch::{domain::Rejection, engine::SubmitError};

use super::{
    ask,
    centre::{Answer, Centre, submission},
};

/// Gives every task that can go on the chance to, so that an answer given too early is seen. The
/// scheduler looks only now and then at what another thread has woken.
async fn everybody_had_a_turn() {
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
}

/// Submits a command and waits until its append stands before the closed gate.
async fn held(centre: &Centre, command: campus_dispatch::domain::Command) -> Answer {
    let before = centre.gate.arrived();
    let answer = centre.submits(submission(command));
    centre.gate.comes(before + 1).await;
    answer
}

#[tokio::test]
async fn a_reply_waits_until_its_records_are_durable() {
    let centre = Centre::open().await;
    centre.gate.close();
    let answer = held(&centre, ask::raise()).await;
    everybody_had_a_turn().await;
    assert!(!answer.is_finished(), "answered before the append returned");
    centre.gate.open();
    let outcome = answer.await.unwrap().unwrap();
    assert_eq!(outcome.seq, centre.disk.stored().last().unwrap().seq);
}

#[tokio::test]
async fn nothing_is_shown_before_it_is_durable() {
    let centre = Centre::open().await;
    let before = centre.engine.position();
    centre.gate.close();
    let answer = held(&centre, ask::raise()).await;
    assert_eq!(centre.engine.position(), before);
    assert_eq!(centre.engine.board().alerts_before(None).count(), 0);
    assert_eq!(centre.engine.feed().after(before.seq, 10).unwrap().len(), 0);
    centre.gate.open();
    answer.await.unwrap().unwrap();
    assert_eq!(centre.engine.board().alerts_before(None).count(), 1);
    assert_eq!(centre.engine.feed().after(before.seq, 10).unwrap().len(), 1);
}

#[tokio::test]
async fn what_waits_while_the_disk_works_becomes_one_append() {
    let centre = Centre::open().await;
    centre.gate.close();
    let first = held(&centre, ask::raise()).await;
    let waiting: Vec<Answer> = (0..40).map(|_| centre.submits(submission(ask::raise()))).collect();
    everybody_had_a_turn().await;
    let appends = centre.disk.appends();
    centre.gate.open();
    first.await.unwrap().unwrap();
    for answer in waiting {
        answer.await.unwrap().unwrap();
    }
    assert_eq!(centre.disk.appends() - appends, 2, "the first, and the forty together");
}

#[tokio::test]
async fn a_refusal_waits_for_the_yes_it_rests_on() {
    let centre = Centre::open().await;
    let (a, b) = (centre.raises().await, centre.raises().await);
    centre.gate.close();
    let first = held(&centre, ask::note(a, "示例")).await;
    let yes = centre.submits(submission(ask::dispatch(a, &["U-1"])));
    let no = centre.submits(submission(ask::dispatch(b, &["U-1"])));
    everybody_had_a_turn().await;
    let before = centre.gate.arrived();
    centre.gate.let_one_through();
    first.await.unwrap().unwrap();
    centre.gate.comes(before + 1).await;
    everybody_had_a_turn().await;
    assert!(!no.is_finished(), "refused on the ground of what is not durable");
    centre.gate.open();
    yes.await.unwrap().unwrap();
    let Err(SubmitError::Rejected { rejection, alert }) = no.await.unwrap() else {
        panic!("the second dispatch is refused")
    };
    assert_eq!(rejection, Rejection::UnitAlreadyCommitted);
    assert_eq!(alert.unwrap().id, b);
}

#[tokio::test]
async fn two_who_send_the_same_unit_get_one_yes_and_one_no() {
    let centre = Centre::open().await;
    let (a, b) = (centre.raises().await, centre.raises().await);
    let both = [a, b].map(|alert| centre.submits(submission(ask::dispatch(alert, &["U-2"]))));
    let mut done = Vec::new();
    for answer in both {
        done.push(answer.await.unwrap().is_ok());
    }
    done.sort();
    assert_eq!(done, [false, true]);
}

#[tokio::test]
async fn a_refusal_shows_how_the_alert_stands() {
    let centre = Centre::open().await;
    let alert = centre.raises().await;
    centre.does(ask::cancel(alert)).await;
    let refused = centre.engine.submit(submission(ask::note(alert, ""))).await;
    let Err(SubmitError::Rejected { alert: Some(stands), .. }) = refused else {
        panic!("refused with the alert, got {refused:?}")
    };
    assert!(stands.cancelled_at.is_some());
}

#[tokio::test]
async fn a_caller_that_goes_away_takes_nothing_back() {
    let centre = Centre::open().await;
    centre.gate.close();
    let answer = held(&centre, ask::raise()).await;
    answer.abort();
    assert!(answer.await.unwrap_err().is_cancelled());
    centre.gate.open();
    let picture = centre.engine.picture().await.unwrap();
    assert_eq!(picture.alerts.len(), 1);
}
