//! A reader that does not read costs nobody else anything.

use std::time::Duration;

use campus_dispatch::domain::Role;
use serde_json::json;

use super::viewer::{Viewer, request};
use crate::web::house::{House, Plan};

/// Longer than any test.
const NEVER: Duration = Duration::from_secs(3_600);

/// Writes so much that no kernel buffer holds it: each note makes the alert's every frame longer.
async fn writes_a_lot(house: &House) {
    let operator = house.operator();
    let alert = operator.raises().await;
    for _ in 0..60 {
        let note = json!({ "text": "示".repeat(4_000) });
        operator.posts(&format!("/alerts/{alert}/note"), note).await.is(200);
    }
}

#[tokio::test]
async fn one_who_falls_behind_is_told_so_and_shown_the_present() {
    let mut plan = Plan::default();
    plan.settings.limits.behind_max = 10;
    plan.settings.limits.flush_max = 2;
    plan.settings.limits.snapshot_shared_for = 0;
    plan.settings.limits.write_within = NEVER;
    let house = House::of(plan).await;
    let (mut slow, mut board) = Viewer::watches(&house.operator()).await;
    writes_a_lot(&house).await;
    // What was on its way before it fell behind, then the word that it did.
    let hello = loop {
        let frame = slow.next().await;
        if frame["frame"] == "hello" {
            break frame;
        }
        board.takes(&frame);
    };
    assert_eq!((&hello["resumed"], &hello["reason"]), (&json!(false), &json!("behind")));
    let snapshot = slow.next().await;
    assert_eq!(snapshot["seq"], hello["seq"]);
    assert!(snapshot["seq"].as_u64() > Some(board.position + 10));
    assert_eq!(snapshot["seq"], house.written());
}

#[tokio::test]
async fn others_are_told_everything_meanwhile() {
    let house = House::open().await;
    let (_slow, _) = Viewer::watches(&house.operator()).await;
    let (mut quick, mut board) = Viewer::watches(&house.supervisor()).await;
    let reading = async {
        let end = board.position + 61;
        quick.reaches(&mut board, end).await.len()
    };
    let (told, ()) = tokio::join!(reading, writes_a_lot(&house));
    assert_eq!(told, 61);
}

#[tokio::test]
async fn one_who_never_reads_loses_its_place() {
    let mut plan = Plan::default();
    plan.settings.limits.write_within = Duration::from_millis(200);
    let house = House::of(plan).await;
    let (_slow, _) = Viewer::watches(&house.operator()).await;
    writes_a_lot(&house).await;
    all_places_are_free(&house).await;
}

#[tokio::test]
async fn one_who_never_reads_and_is_logged_out_loses_its_place_without_delay() {
    let mut plan = Plan::default();
    plan.settings.limits.write_within = NEVER;
    let house = House::of(plan).await;
    let browser = house.browser("operator", Role::Operator).await;
    let mut request = request(&browser, "");
    request.headers_mut().insert("origin", browser.url("").parse().expect("a header"));
    let mut slow = Viewer::upgrades(request).await;
    slow.shown("fresh").await;
    writes_a_lot(&house).await;
    browser.deletes("/session").await.is(204);
    all_places_are_free(&house).await;
}

/// Waits until the operator can open all its sockets again.
async fn all_places_are_free(house: &House) {
    let mut viewers = Vec::new();
    while viewers.len() < 8 {
        let mut viewer = Viewer::opens(&house.operator()).await;
        if viewer.is_let_in().await {
            viewers.push(viewer);
        }
    }
}
