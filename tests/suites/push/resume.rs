//! Coming back: where one left off, or a snapshot and the reason.

use super::viewer::{Board, Viewer, refusal, request};
use crate::web::house::{House, Plan};

fn from(board: &Board) -> String {
    format!("?epoch={}&since={}", board.epoch, board.position)
}

#[tokio::test]
async fn a_known_position_is_taken_up() {
    let house = House::open().await;
    let operator = house.operator();
    let (gone, mut board) = Viewer::watches(&operator).await;
    drop(gone);
    let alert = operator.raises().await;
    operator.dispatches("U-1", alert).await;
    let mut viewer = Viewer::opens_at(&operator, &from(&board)).await;
    let hello = viewer.next().await;
    assert_eq!((&hello["resumed"], &hello["reason"]), (&true.into(), &serde_json::Value::Null));
    assert_eq!(hello["seq"], board.position);
    let frames = viewer.reaches(&mut board, house.written()).await;
    assert_eq!(frames.len(), 2, "only what was missed");
    assert_eq!(board.alerts[&alert]["stage"], "dispatched");
}

#[tokio::test]
async fn one_who_missed_nothing_is_told_nothing_again() {
    let house = House::open().await;
    let operator = house.operator();
    let (gone, mut board) = Viewer::watches(&operator).await;
    drop(gone);
    let mut viewer = Viewer::opens_at(&operator, &from(&board)).await;
    assert_eq!(viewer.next().await["resumed"], true);
    let alert = operator.raises().await;
    let next = viewer.next().await;
    board.takes(&next);
    assert_eq!(next["alert"]["id"], alert);
}

#[tokio::test]
async fn a_position_no_longer_kept_gets_a_snapshot() {
    let mut plan = Plan::default();
    plan.settings.limits.behind_max = 3;
    let house = House::of(plan).await;
    let operator = house.operator();
    let (gone, left) = Viewer::watches(&operator).await;
    drop(gone);
    for _ in 0..3 {
        operator.raises().await;
    }
    let mut just = Viewer::opens_at(&operator, &from(&left)).await;
    assert_eq!(just.next().await["resumed"], true, "three behind is still kept");
    operator.raises().await;
    let mut viewer = Viewer::opens_at(&operator, &from(&left)).await;
    let mut board = viewer.shown("too_old").await;
    viewer.reaches(&mut board, house.written()).await;
    assert_eq!(board.alerts.len(), 4);
}

#[tokio::test]
async fn a_position_before_the_server_started_gets_a_snapshot() {
    let house = House::open().await;
    let mut viewer = Viewer::opens_at(&house.operator(), "?epoch=epoch-1&since=1").await;
    viewer.shown("too_old").await;
}

#[tokio::test]
async fn a_position_not_yet_reached_gets_a_snapshot() {
    let house = House::open().await;
    for ahead in [house.written() + 1, u64::MAX] {
        let query = format!("?epoch=epoch-1&since={ahead}");
        Viewer::opens_at(&house.operator(), &query).await.shown("future").await;
    }
}

#[tokio::test]
async fn a_position_of_another_history_gets_a_snapshot() {
    let house = House::open().await;
    let since = house.written();
    for query in [
        format!("?epoch=epoch-0&since={since}"),
        format!("?since={since}"),
        format!("?epoch=&since={since}"),
    ] {
        Viewer::opens_at(&house.operator(), &query).await.shown("other_epoch").await;
    }
}

#[tokio::test]
async fn what_is_no_position_is_refused() {
    let house = House::open().await;
    for query in ["?since=-1", "?since=x", "?since=", "?since=1&since=2", "?token=x"] {
        assert_eq!(refusal(request(&house.operator(), query)).await, 422, "{query}");
    }
}
