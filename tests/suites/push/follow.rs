//! Hello, snapshot, one frame per record, heartbeat.

use std::time::Duration;

use serde_json::{Value, json};

use super::viewer::{Board, Viewer};
use crate::web::house::{House, Plan};

#[tokio::test]
async fn the_first_frame_says_where_and_who() {
    let house = House::open().await;
    let mut viewer = Viewer::opens(&house.operator()).await;
    let hello = viewer.next().await;
    assert_eq!(hello["frame"], "hello");
    assert_eq!(hello["epoch"], "epoch-1");
    assert_eq!(hello["seq"], house.written());
    assert_eq!(hello["session"]["account"], "operator");
    assert_eq!(hello["session"]["role"], "operator");
    assert_eq!(hello["heartbeat_ms"], 3_600_000);
    assert!(hello["build"].is_string() && hello["at"].is_string());
}

#[tokio::test]
async fn the_snapshot_holds_what_there_is() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let (_, board) = Viewer::watches(&house.operator()).await;
    assert_eq!(board.position, house.written());
    assert_eq!(board.alerts.keys().copied().collect::<Vec<_>>(), [alert]);
    assert_eq!((board.units.len(), board.schools.len(), board.stations.len()), (3, 2, 1));
}

#[tokio::test]
async fn each_record_is_told_once_in_order() {
    let house = House::open().await;
    let (mut viewer, mut board) = Viewer::watches(&house.operator()).await;
    let begun = board.position;
    let alert = house.operator().raises().await;
    let assignment = house.operator().dispatches("U-1", alert).await;
    house.phone("U-1").takes("acknowledge", assignment).await.is(200);
    let frames = viewer.reaches(&mut board, house.written()).await;
    let told: Vec<_> = frames.iter().map(|frame| frame["seq"].as_u64().unwrap_or(0)).collect();
    assert_eq!(told, (begun + 1..=house.written()).collect::<Vec<_>>());
    assert!(
        frames
            .iter()
            .all(|frame| frame["previous"].as_u64() == frame["seq"].as_u64().map(|seq| seq - 1))
    );
    let kinds: Vec<_> = frames.iter().filter_map(|frame| frame["kind"].as_str()).collect();
    assert_eq!(kinds, ["alert_raised", "unit_dispatched", "assignment_acknowledged"]);
    assert_eq!(frames[0]["by"], "operator");
    assert_eq!(frames[1]["units"][0]["duty"], "committed");
    assert_eq!(board.alerts[&alert]["stage"], "acknowledged");
    assert_eq!(board.alerts[&alert]["seq"], house.written());
}

#[tokio::test]
async fn a_board_that_followed_equals_one_that_comes_now() {
    let house = House::of(exact_snapshots()).await;
    let (mut viewer, mut board) = Viewer::watches(&house.operator()).await;
    let (operator, admin) = (house.operator(), house.admin());
    for unit in ["U-1", "U-2"] {
        let alert = operator.raises().await;
        let assignment = operator.dispatches(unit, alert).await;
        house.phone(unit).takes("arrive", assignment).await.is(200);
    }
    admin
        .puts("/schools/S-3", json!({ "name": "示例", "kind": "primary", "zone": "C" }))
        .await
        .is(200);
    admin.deletes("/schools/S-2").await.is(200);
    admin.puts("/stations/P-2", json!({ "name": "示例" })).await.is(200);
    admin.deletes("/stations/P-2").await.is(200);
    admin.puts("/units/U-4", json!({ "name": "示例", "kind": "swat" })).await.is(200);
    admin.deletes("/units/U-4").await.is(200);
    viewer.reaches(&mut board, house.written()).await;
    assert_eq!(board, Board::fresh(&house, &operator).await);
}

/// Each who comes is shown the very present.
fn exact_snapshots() -> Plan {
    let mut plan = Plan::default();
    plan.settings.limits.snapshot_shared_for = 0;
    plan
}

#[tokio::test]
async fn a_shared_snapshot_is_continued_without_a_gap() {
    let house = House::open().await;
    let operator = house.operator();
    let (_first, shared) = Viewer::watches(&operator).await;
    let alert = operator.raises().await;
    let (mut second, mut board) = Viewer::watches(&operator).await;
    assert_eq!(board.position, shared.position, "the same snapshot");
    second.reaches(&mut board, house.written()).await;
    assert!(board.alerts.contains_key(&alert));
}

#[tokio::test]
async fn a_deadline_is_told_as_a_notice() {
    let house = House::open().await;
    let (mut viewer, mut board) = Viewer::watches(&house.operator()).await;
    let alert = house.operator().raises().await;
    house.at_second(31).await;
    let frames = viewer.reaches(&mut board, house.written()).await;
    let notices: Vec<_> = frames.iter().filter_map(|frame| frame.get("notice")).collect();
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0]["notice"], "dispatch_missed");
    assert_eq!(board.alerts[&alert]["notices"][0], *notices[0]);
    assert_eq!(frames.last().map(|frame| frame["by"].clone()), Some(json!("system")));
}

#[tokio::test]
async fn what_changes_nothing_visible_still_leaves_no_gap() {
    let house = House::open().await;
    let (mut viewer, mut board) = Viewer::watches(&house.caller("screen")).await;
    house.browser("operator", campus_dispatch::domain::Role::Operator).await;
    let frames = viewer.reaches(&mut board, house.written()).await;
    let expected = json!(["at", "by", "frame", "kind", "previous", "seq"]);
    let fields: Value =
        frames[0].as_object().expect("an object").keys().cloned().collect::<Vec<_>>().into();
    assert_eq!((frames.len(), fields), (1, expected));
    assert_eq!(frames[0]["kind"], "session_opened");
}

#[tokio::test]
async fn heartbeats_tell_how_far_one_is() {
    let mut plan = Plan::default();
    plan.settings.limits.heartbeat = Duration::from_millis(20);
    let house = House::of(plan).await;
    let (mut viewer, mut board) = Viewer::watches(&house.operator()).await;
    for _ in 0..7 {
        let beat = viewer.next().await;
        assert_eq!((&beat["frame"], &beat["seq"]), (&json!("heartbeat"), &json!(board.position)));
        assert!(beat["at"].is_string());
    }
    house.operator().raises().await;
    let frames = viewer.reaches(&mut board, house.written()).await;
    let is_beat = |frame: &&Value| frame["frame"] == "heartbeat";
    assert!(frames.iter().filter(is_beat).all(|beat| beat["seq"].as_u64() < Some(house.written())));
}

#[tokio::test]
async fn a_server_that_stops_says_so() {
    let mut house = House::open().await;
    let (mut viewer, _) = Viewer::watches(&house.operator()).await;
    let (code, ()) = tokio::join!(viewer.ends(), house.stop());
    assert_eq!(code, 1001);
}
