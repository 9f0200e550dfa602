//! The past over the wire: the frames of live push, as of any instant.

use serde_json::Value;

use super::house::{House, START};
use crate::push::viewer::Viewer;
use campus_dispatch::domain::Within;

fn second(second: i64) -> String {
    (START + Within::from_seconds(second)).to_string()
}

async fn board_at(house: &House, account: &str, at: i64) -> Value {
    let path = format!("/replay/board?at={}", second(at));
    house.caller(account).gets(&path).await.is(200).body
}

fn alerts(board: &Value) -> Vec<u64> {
    let alerts = board["snapshot"]["alerts"].as_array().expect("a list");
    alerts.iter().filter_map(|alert| alert["id"].as_u64()).collect()
}

/// Alerts 1 and 2 at seconds 10 and 200; the first is dispatched at 20 and arrived at at 60.
async fn a_morning(house: &House) {
    let operator = house.operator();
    house.at_second(10).await;
    let first = operator.raises().await;
    house.at_second(20).await;
    let sent = operator.dispatches("U-1", first).await;
    house.at_second(60).await;
    house.phone("U-1").takes("arrive", sent).await.is(200);
    house.at_second(200).await;
    operator.raises().await;
    house.at_second(600).await;
}

#[tokio::test]
async fn the_board_is_shown_as_it_stood() {
    let house = House::open().await;
    a_morning(&house).await;
    for (at, wanted) in [(9, vec![]), (10, vec![1]), (199, vec![1]), (200, vec![1, 2])] {
        assert_eq!(alerts(&board_at(&house, "supervisor", at).await), wanted, "{at}");
    }
    let stage = |board: &Value| board["snapshot"]["alerts"][0]["stage"].clone();
    assert_eq!(stage(&board_at(&house, "supervisor", 59).await), "dispatched");
    assert_eq!(stage(&board_at(&house, "supervisor", 60).await), "on_scene");
}

#[tokio::test]
async fn the_board_of_now_is_the_live_one() {
    let house = House::open().await;
    a_morning(&house).await;
    for account in ["supervisor", "manager", "auditor"] {
        let (_viewer, live) = Viewer::watches(&house.caller(account)).await;
        let past = board_at(&house, account, 600).await;
        let past = past["snapshot"]["alerts"].as_array().expect("a list");
        assert_eq!(past.len(), live.alerts.len());
        for alert in past {
            let id = alert["id"].as_u64().expect("an id");
            assert_eq!(*alert, live.alerts[&id], "{account}");
        }
    }
}

#[tokio::test]
async fn page_by_page_it_tells_what_live_push_told() {
    let house = House::open().await;
    let (mut viewer, mut live) = Viewer::watches(&house.supervisor()).await;
    let from = house.written();
    a_morning(&house).await;
    let mut pushed = viewer.reaches(&mut live, house.written()).await;
    let mut told = Vec::new();
    let mut after = from;
    loop {
        let path = format!("/replay/records?after={after}&until={}&limit=2", second(600));
        let page = house.supervisor().gets(&path).await.is(200).body;
        told.extend(page["frames"].as_array().expect("a list").iter().cloned());
        after = page["seq"].as_u64().expect("a seq");
        if page["has_more"] == false {
            break;
        }
    }
    pushed.retain(|frame| frame["alert"].is_object() || frame["units"].is_array());
    assert_eq!(told.len(), pushed.len());
    let rang = told.iter().filter(|frame| frame["kind"] == "deadline_passed").count();
    assert!(rang > 3, "alarms rang: {rang}");
    for (told, pushed) in told.iter().zip(&pushed) {
        for part in ["seq", "at", "kind", "alert", "units", "notice"] {
            assert_eq!(told[part], pushed[part], "{part}");
        }
    }
}

#[tokio::test]
async fn pages_join_without_a_gap() {
    let house = House::open().await;
    a_morning(&house).await;
    let path = format!("/replay/records?after=0&until={}", second(600));
    let page = house.supervisor().gets(&path).await.is(200).body;
    let mut position = 0;
    for frame in page["frames"].as_array().expect("a list") {
        assert_eq!(frame["previous"], position, "a board takes it");
        position = frame["seq"].as_u64().expect("a seq");
    }
    assert!(page["seq"].as_u64().expect("a seq") >= position);
}

#[tokio::test]
async fn the_marks_are_alerts_and_alarms() {
    let house = House::open().await;
    a_morning(&house).await;
    let path = format!("/replay/marks?from={}&to={}", second(0), second(600));
    let answer = house.supervisor().gets(&path).await.is(200).body;
    assert_eq!(answer["complete"], true);
    let marks = answer["marks"].as_array().expect("a list");
    let raised: Vec<&Value> = marks.iter().filter(|mark| mark["notice"].is_null()).collect();
    assert_eq!(raised.len(), 2);
    assert_eq!((&raised[1]["at"], &raised[1]["alert"]), (&Value::from(second(200)), &2.into()));
    assert!(marks.iter().any(|mark| mark["notice"] == "clock_breached"));
}

#[tokio::test]
async fn what_cannot_be_looked_at_is_refused() {
    let house = House::open().await;
    let day = 24 * 3_600;
    for path in [
        format!("/replay/board?at={}", second(1)),
        "/replay/board?at=yesterday".to_owned(),
        "/replay/board".to_owned(),
        format!("/replay/records?after=0&until={}&limit=0", second(0)),
        format!("/replay/marks?from={}&to={}", second(0), second(2 * day)),
        format!("/replay/marks?from={}&to={}", second(1), second(0)),
    ] {
        house.supervisor().gets(&path).await.refused_with(422, "query_invalid");
    }
}
