//! The life of an alert, by those who live it.

use serde_json::json;

use super::house::House;

#[tokio::test]
async fn an_alert_is_raised_dispatched_answered_and_closed() {
    let house = House::open().await;
    let (operator, phone) = (house.operator(), house.phone("U-1"));
    let alert = operator.raises().await;
    house.at_second(20).await;
    let assignment = operator.dispatches("U-1", alert).await;
    phone.takes("deliver", assignment).await.is(200);
    house.at_second(30).await;
    phone.takes("acknowledge", assignment).await.is(200);
    house.at_second(40).await;
    phone.takes("en-route", assignment).await.is(200);
    house.at_second(150).await;
    phone.takes("arrive", assignment).await.is(200);
    let feedback = json!({ "kind": "arrival", "text": "示例：已到场", "assignment": assignment });
    phone.posts(&format!("/alerts/{alert}/feedback"), feedback).await.is(200);
    phone.takes("clear", assignment).await.is(200);
    let resolution = json!({ "disposition": "mediated", "result": "示例：双方和解" });
    operator.posts(&format!("/alerts/{alert}/resolve"), resolution).await.is(200);
    let record = json!({ "police_count": 2, "injured_count": 0, "validity": "valid" });
    operator.posts(&format!("/alerts/{alert}/close"), record).await.is(200);

    let shown = operator.reads_alert(alert).await;
    assert_eq!(shown["stage"], "closed");
    assert_eq!(shown["first_verdict"], "met");
    assert_eq!(shown["clocks"][0]["elapsed_ms"], 150_000);
    assert_eq!(shown["clocks"][0]["governing"], true);
    assert_eq!(shown["assignments"][0]["state"], "cleared");
    assert_eq!(shown["assignments"][0]["unit_name"], "示例巡逻U-1");
    assert_eq!(shown["school_name"], "示例第一小学");
    assert_eq!(shown["station"], "P-1");
    assert_eq!(shown["feedback"][0]["by"], "phone-U-1");
}

#[tokio::test]
async fn the_timeline_says_who_did_what_in_order() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let assignment = house.operator().dispatches("U-1", alert).await;
    house.phone("U-1").takes("acknowledge", assignment).await.is(200);
    // To look at the caller's number is a record of its own, after what is shown.
    let written = house.written();
    let detail = house.operator().gets(&format!("/alerts/{alert}")).await.is(200).body;
    let told: Vec<_> = detail["timeline"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| {
            [&entry["kind"], &entry["by"], &entry["role"]]
                .map(|text| text.as_str().unwrap_or_default())
        })
        .collect();
    assert_eq!(
        told,
        [
            ["alert_raised", "operator", "operator"],
            ["unit_dispatched", "operator", "operator"],
            ["assignment_acknowledged", "phone-U-1", "unit"],
        ]
    );
    assert_eq!(detail["epoch"], "epoch-1");
    assert_eq!(detail["seq"], written);
}

#[tokio::test]
async fn an_outcome_names_its_place_in_the_history() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let body = json!({ "units": [{ "unit": "U-1", "echelon": 1 }, { "unit": "U-2" }] });
    let outcome = house.operator().posts(&format!("/alerts/{alert}/dispatch"), body).await.is(200);
    let expected = json!({ "epoch": "epoch-1", "seq": house.written(), "alert": alert, "assignments": [1, 2] });
    assert_eq!(outcome.body, expected);
}

#[tokio::test]
async fn a_phones_own_time_is_kept_beside_the_servers() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let assignment = house.operator().dispatches("U-1", alert).await;
    let pressed = json!({ "pressed_at": "2026-09-21T07:00:00.000Z" });
    let path = format!("/assignments/{assignment}/acknowledge");
    house.phone("U-1").posts(&path, pressed).await.is(200);
    let shown = house.operator().reads_alert(alert).await;
    let pressed = json!([{ "step": "acknowledge", "pressed_at": "2026-09-21T07:00:00.000Z" }]);
    assert_eq!(shown["assignments"][0]["pressed"], pressed);
}

#[tokio::test]
async fn a_conflict_shows_how_the_alert_stands() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    house.operator().dispatches("U-1", alert).await;
    let again = json!({ "units": [{ "unit": "U-1" }] });
    let refused = house.operator().posts(&format!("/alerts/{alert}/dispatch"), again).await;
    let refused = refused.refused_with(409, "unit_already_on_alert");
    assert_eq!(refused.body["current"]["id"], alert);
    assert_eq!(refused.body["current"]["stage"], "dispatched");
}

#[tokio::test]
async fn two_operators_send_the_same_unit_and_one_learns_so() {
    let house = House::open().await;
    let (first, second) = (house.operator().raises().await, house.operator().raises().await);
    let body = || json!({ "units": [{ "unit": "U-1" }] });
    let (operator, supervisor) = (house.operator(), house.supervisor());
    let (path_1, path_2) =
        (format!("/alerts/{first}/dispatch"), format!("/alerts/{second}/dispatch"));
    let (one, other) =
        tokio::join!(operator.posts(&path_1, body()), supervisor.posts(&path_2, body()));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
}

#[tokio::test]
async fn alerts_are_merged_and_taken_apart() {
    let house = House::open().await;
    let operator = house.operator();
    let (root, child) = (operator.raises().await, operator.raises().await);
    operator.posts(&format!("/alerts/{child}/merge"), json!({ "into": root })).await.is(200);
    assert_eq!(operator.reads_alert(child).await["merged_into"], root);
    assert_eq!(operator.reads_alert(root).await["merged"], json!([child]));
    operator.posts(&format!("/alerts/{child}/unmerge"), json!({})).await.is(200);
    assert_eq!(operator.reads_alert(child).await["stage"], "received");
}

#[tokio::test]
async fn a_supervisor_corrects_a_point_and_excuses_a_clock() {
    let house = House::open().await;
    let (operator, supervisor) = (house.operator(), house.supervisor());
    let alert = operator.raises().await;
    let assignment = operator.dispatches("U-1", alert).await;
    house.at_second(400).await;
    house.phone("U-1").takes("arrive", assignment).await.is(200);
    let late = operator.reads_alert(alert).await["clocks"][0].clone();
    assert_eq!(late["verdict"], "late");
    let excuse = json!({ "rule": late["rule"], "reason": "示例：道路封闭" });
    supervisor.posts(&format!("/alerts/{alert}/excuse"), excuse).await.is(200);
    assert_eq!(operator.reads_alert(alert).await["clocks"][0]["verdict"], "excused");
    let correction = json!({
        "point": "step", "assignment": assignment, "step": "arrive",
        "new": operator.reads_alert(alert).await["received_at"], "reason": "示例：按键过晚",
    });
    supervisor.posts(&format!("/alerts/{alert}/correct"), correction).await.is(200);
    let shown = operator.reads_alert(alert).await;
    assert_eq!(shown["clocks"][0]["verdict"], "met");
    assert_eq!(shown["clocks"][0]["corrected"], true);
    assert_eq!(shown["corrections"][0]["point"], "step");
    assert_eq!(shown["excuses"][0]["reason"], "示例：道路封闭");
}

#[tokio::test]
async fn a_hazard_is_deferred_and_fixed() {
    let house = House::open().await;
    let operator = house.operator();
    let hazard = json!({ "source": "unit_finding", "category": "HAZARD", "school": "S-1" });
    let alert = operator.posts("/alerts", hazard).await.is(201).alert();
    let deferral = json!({
        "measure": "示例：拉警戒线", "informed": "示例：校方", "due_at": "2026-12-31T00:00:00.000Z",
    });
    operator.posts(&format!("/alerts/{alert}/defer-hazard"), deferral).await.is(200);
    assert_eq!(operator.reads_alert(alert).await["hazard"]["fixed_at"], json!(null));
    let fix = json!({ "text": "示例：已修复" });
    operator.posts(&format!("/alerts/{alert}/fix-hazard"), fix).await.is(200);
    assert!(operator.reads_alert(alert).await["hazard"]["fixed_at"].is_string());
}

#[tokio::test]
async fn a_declined_assignment_gives_the_alert_back() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let assignment = house.operator().dispatches("U-1", alert).await;
    let reason = json!({ "reason": "示例：车辆故障" });
    let path = format!("/assignments/{assignment}/decline");
    house.phone("U-1").posts(&path, reason).await.is(200);
    let shown = house.operator().reads_alert(alert).await;
    assert_eq!(shown["stage"], "received");
    assert_eq!(shown["assignments"][0]["state"], "declined");
    assert_eq!(shown["assignments"][0]["reason"], "示例：车辆故障");
    assert!(shown["assignments"][0]["withdrawn_at"].is_string());
}
