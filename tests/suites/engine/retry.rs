//! The same command id, the same outcome: applied once, answered alike.

use campus_dispatch::{
    domain::{Actor, Channel, Rejection},
    engine::{Submission, SubmitError},
};

use super::{
    ask,
    centre::{Centre, named},
};

#[tokio::test]
async fn a_retry_is_answered_like_the_first_time_and_applied_once() {
    let centre = Centre::open().await;
    let alert = centre.raises().await;
    let dispatch = || named("id-1", ask::dispatch(alert, &["U-1", "U-3"]));
    let first = centre.engine.submit(dispatch()).await.unwrap();
    assert_eq!(first.alert, Some(alert));
    assert_eq!(first.assignments.len(), 2);
    let seq = centre.engine.position().seq;
    assert_eq!(first.seq, seq, "the last record of the command");
    assert_eq!(centre.engine.submit(dispatch()).await.unwrap(), first);
    assert_eq!(centre.engine.position().seq, seq);
}

#[tokio::test]
async fn a_retry_after_later_changes_still_gets_the_first_outcome() {
    let centre = Centre::open().await;
    let first = centre.engine.submit(named("id-1", ask::raise())).await.unwrap();
    centre.does(ask::cancel(first.alert.unwrap())).await;
    assert_eq!(centre.engine.submit(named("id-1", ask::raise())).await.unwrap(), first);
}

#[tokio::test]
async fn a_retry_after_a_restart_gets_the_first_outcome() {
    let mut centre = Centre::open().await;
    let alert = centre.raises().await;
    let dispatch = || named("id-1", ask::dispatch(alert, &["U-1", "U-3"]));
    let first = centre.engine.submit(dispatch()).await.unwrap();
    let assignment = first.assignments[1];
    let step = || named("id-2", ask::acknowledge(assignment));
    let second = centre.engine.submit(step()).await.unwrap();
    assert_eq!(second.assignments, [assignment]);
    centre.restart().await;
    assert_eq!(centre.engine.submit(dispatch()).await.unwrap(), first);
    assert_eq!(centre.engine.submit(step()).await.unwrap(), second);
}

#[tokio::test]
async fn an_id_with_another_content_is_told_from_a_retry() {
    let mut centre = Centre::open().await;
    centre.engine.submit(named("id-1", ask::raise_with_summary("示例甲"))).await.unwrap();
    let other = || named("id-1", ask::raise_with_summary("示例乙"));
    assert!(matches!(centre.engine.submit(other()).await, Err(SubmitError::IdReused)));
    centre.restart().await;
    assert!(matches!(centre.engine.submit(other()).await, Err(SubmitError::IdReused)));
}

#[tokio::test]
async fn two_accounts_may_use_the_same_id() {
    let centre = Centre::open().await;
    let first = centre.engine.submit(named("id-1", ask::raise())).await.unwrap();
    let console = Actor::console(Channel::Console);
    let elsewhere = Submission { actor: console, ..named("id-1", ask::raise()) };
    let refused = centre.engine.submit(elsewhere).await;
    let Err(SubmitError::Rejected { rejection, .. }) = refused else {
        panic!("decided on its own, not answered with {first:?}: {refused:?}")
    };
    assert_eq!(rejection, Rejection::RoleNotPermitted);
}

#[tokio::test]
async fn a_refused_command_is_decided_again_when_it_is_retried() {
    let centre = Centre::open().await;
    let (a, b) = (centre.raises().await, centre.raises().await);
    let assignment = centre.does(ask::dispatch(a, &["U-1"])).await.assignments[0];
    let again = || named("id-1", ask::dispatch(b, &["U-1"]));
    assert!(matches!(centre.engine.submit(again()).await, Err(SubmitError::Rejected { .. })));
    centre.does(ask::clear(assignment)).await;
    centre.engine.submit(again()).await.unwrap();
}

#[tokio::test]
async fn fifty_at_once_with_one_id_are_applied_once_and_answered_alike() {
    let centre = Centre::open().await;
    let before = centre.engine.position().seq;
    let answers: Vec<_> = (0..50).map(|_| centre.submits(named("id-1", ask::raise()))).collect();
    let mut outcomes = Vec::new();
    for answer in answers {
        outcomes.push(answer.await.unwrap().unwrap());
    }
    assert_eq!(centre.engine.position().seq, before + 1);
    outcomes.dedup();
    assert_eq!(outcomes.len(), 1);
}

#[tokio::test]
async fn a_machines_alarm_raised_again_leads_to_the_alert_that_stands() {
    let centre = Centre::open().await;
    let first = centre.does(ask::raise_alarm("示例-7")).await;
    let again = centre.does(ask::raise_alarm("示例-7")).await;
    assert_eq!((again.seq, again.alert), (0, first.alert));
    assert_eq!(centre.engine.position().seq, first.seq);
}
