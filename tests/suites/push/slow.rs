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
    let alert = house.operator().raises().await;
    writes_a_lot_of(house, alert).await;
}

/// The same of an alert that is there already.
async fn writes_a_lot_of(house: &House, alert: u64) {
    let operator = house.operator();
    for _ in 0..60 {
        let note = json!({ "text": "示".repeat(4_000) });
        operator.posts(&format!("/alerts/{alert}/note"), note).await.is(200);
    }
}

/// Lets a reader fall behind and begin to read only then; insists that it is told so and shown the
/// present.
async fn falls_behind(mut plan: Plan) {
    plan.settings.limits.snapshot_shared_for = 0;
    plan.settings.limits.write_within = NEVER;
    let house = House::of(plan).await;
    let (mut slow, mut board) = Viewer::watches(&house.operator()).await;
    writes_a_lot(&house).await;
    // What was on its way before it fell behind, then the word that it did.
    loop {
        let frame = slow.next().await;
        if frame["frame"] != "hello" {
            board.takes(&frame);
            assert!(board.position < house.written(), "it was never told that it fell behind");
            continue;
        }
        assert_eq!((&frame["resumed"], &frame["reason"]), (&json!(false), &json!("behind")));
        let snapshot = slow.next().await;
        assert_eq!(snapshot["seq"], frame["seq"]);
        assert!(snapshot["seq"].as_u64() > Some(board.position));
        if snapshot["seq"] == house.written() {
            return;
        }
        board.position = snapshot["seq"].as_u64().expect("a position");
    }
}

/// A plan in which nobody ever is too far behind.
fn patient() -> Plan {
    let mut plan = Plan::default();
    plan.settings.limits.behind_max = u64::MAX / 2;
    plan.settings.limits.behind_bytes_max = usize::MAX;
    plan.settings.limits.behind_within = NEVER;
    plan
}

#[tokio::test]
async fn one_who_misses_too_many_records_is_told_so_and_shown_the_present() {
    let mut plan = patient();
    plan.settings.limits.behind_max = 10;
    falls_behind(plan).await;
}

#[tokio::test]
async fn one_who_misses_too_many_bytes_is_told_so_and_shown_the_present() {
    let mut plan = patient();
    plan.settings.limits.behind_bytes_max = 1024 * 1024;
    falls_behind(plan).await;
}

#[tokio::test]
async fn one_who_is_late_is_told_so_and_shown_the_present() {
    let mut plan = patient();
    plan.settings.limits.behind_within = Duration::from_millis(1);
    falls_behind(plan).await;
}

#[tokio::test]
async fn others_are_told_everything_beside_twenty_who_do_not_read() {
    let house = House::of(patient()).await;
    let mut stalled = Vec::new();
    for caller in ["operator", "admin", "manager"] {
        for _ in 0..7 {
            stalled.push(Viewer::watches(&house.caller(caller)).await);
        }
    }
    let (mut quick, mut board) = Viewer::watches(&house.supervisor()).await;
    let reading = async {
        let end = board.position + 61;
        quick.reaches(&mut board, end).await.len()
    };
    let (told, ()) = tokio::join!(reading, writes_a_lot(&house));
    assert_eq!(told, 61);
}

#[tokio::test]
async fn one_who_is_held_up_is_told_everything_though_others_are_told_more() {
    let mut plan = patient();
    plan.settings.limits.write_within = NEVER;
    let house = House::of(plan).await;
    let operator = house.operator();
    let own = operator.raises().await;
    operator.dispatches("U-1", own).await;
    let (mut slow, mut board) = Viewer::watches(&house.phone("U-1")).await;
    writes_a_lot_of(&house, own).await;
    let last_own = house.written();
    let (mut quick, mut other_board) = Viewer::watches(&operator).await;
    operator.raises().await;
    quick.reaches(&mut other_board, house.written()).await;
    let mut told = 0;
    while board.position < last_own {
        let frame = slow.next().await;
        assert_ne!(frame["frame"], "hello", "it is begun anew, with {told} of 60 told");
        told += u64::from(frame["frame"] == "change");
        board.takes(&frame);
    }
    assert_eq!(told, 60);
}

#[tokio::test]
async fn one_who_never_reads_loses_its_place_and_the_figures_say_why() {
    let mut plan = Plan::default();
    plan.settings.limits.write_within = Duration::from_millis(200);
    let house = House::of(plan).await;
    let (_slow, _) = Viewer::watches(&house.operator()).await;
    writes_a_lot(&house).await;
    all_places_are_free(&house).await;
    let figures = house.stranger().opens("/metrics", "*/*").await.text;
    let closed = "campus_dispatch_live_closed_total{why=\"too_slow\"}";
    assert!(figures.lines().any(|line| line.starts_with(closed)), "{closed}");
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
