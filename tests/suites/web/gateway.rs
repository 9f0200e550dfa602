//! Machines that raise alerts: one-key alarms, video, other centres.

use std::num::NonZeroU32;

use serde_json::{Value, json};

use super::{
    actor::Caller,
    house::{House, Plan},
};

fn alarm(id: &str) -> Value {
    json!({ "source": "one_key_alarm", "category": "ATTACK", "school": "S-1", "source_alarm_id": id })
}

/// A house whose gateways ask so often in a second, twice as often after a quiet one.
async fn house_with(per_second: u32) -> (House, Caller) {
    let mut plan = Plan::default();
    let limits = &mut plan.settings.limits;
    limits.gateway_requests_per_second_max = NonZeroU32::new(per_second).expect("not 0");
    let house = House::of(plan).await;
    let gateway = house.caller("gateway");
    (house, gateway)
}

#[tokio::test]
async fn an_alarm_is_answered_with_its_alert_or_with_the_reason() {
    let house = House::open().await;
    let gateway = house.caller("gateway");
    let accepted = gateway.posts("/alerts", alarm("A-1")).await.is(201);
    assert_eq!(accepted.alert(), 1);
    let mut astray = alarm("A-2");
    astray["school"] = json!("S-404");
    let refused = gateway.posts("/alerts", astray).await.refused_with(404, "school_unknown");
    assert!(refused.body["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
}

#[tokio::test]
async fn a_gateway_may_raise_and_nothing_else() {
    let house = House::open().await;
    let gateway = house.caller("gateway");
    let alert = gateway.posts("/alerts", alarm("A-1")).await.is(201).alert();
    for path in ["/alerts", "/units", "/accounts", "/policy", "/statistics/response"] {
        gateway.gets(path).await.refused_with(403, "role_not_permitted");
    }
    let note = gateway.posts(&format!("/alerts/{alert}/note"), json!({ "text": "示例" })).await;
    note.refused_with(403, "role_not_permitted");
}

/// Its token is bound to a role and to a station, as a wall's is.
#[tokio::test]
async fn s12_a_gateway_of_a_station_raises_no_alert_at_another_stations_school() {
    let house = House::open().await;
    house.has_a_second_station("P-2", "S-3").await;
    let bound = json!({ "role": "gateway", "station": "P-2" });
    house.admin().puts("/accounts/gateway", bound).await.is(200);
    let gateway = house.caller("gateway");
    let mut own = alarm("A-1");
    own["school"] = json!("S-3");
    gateway.posts("/alerts", own).await.is(201);
    let written = house.written();
    gateway.posts("/alerts", alarm("A-2")).await.refused_with(403, "not_own");
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn a_station_that_would_limit_nothing_is_refused() {
    let house = House::open().await;
    let desk = json!({ "role": "operator", "station": "P-1" });
    let refused = house.admin().puts("/accounts/operator", desk).await;
    refused.refused_with(422, "station_not_for_role");
    let new = json!({
        "name": "new", "role": "manager", "password": "long enough 示例", "station": "P-1",
    });
    house.admin().posts("/accounts", new).await.refused_with(422, "station_not_for_role");
}

#[tokio::test]
async fn s20_a_gateway_is_held_to_its_own_rate() {
    let (house, gateway) = house_with(2).await;
    for press in 0..4 {
        gateway.posts("/alerts", alarm(&format!("A-{press}"))).await.is(201);
    }
    let refused = gateway.posts("/alerts", alarm("A-4")).await;
    let refused = refused.refused_with(429, "too_many_requests");
    assert_eq!(refused.header("retry-after"), Some("1"));
    house.operator().raises().await;
}

#[tokio::test]
async fn an_alarm_sent_again_until_it_is_taken_is_neither_lost_nor_doubled() {
    let (house, gateway) = house_with(1).await;
    let mut alerts = std::collections::BTreeSet::new();
    let mut second = 0;
    for press in 0..6 {
        loop {
            let answer = gateway.posts("/alerts", alarm(&format!("A-{press}"))).await;
            if answer.status == 201 {
                alerts.insert(answer.alert());
                break;
            }
            let wait: i64 =
                answer.header("retry-after").and_then(|wait| wait.parse().ok()).expect("when");
            second += wait;
            house.at_second(second).await;
        }
        // The answer was lost on the way: the machine sends it once more, when it may.
        second += 1;
        house.at_second(second).await;
        let again = gateway.posts("/alerts", alarm(&format!("A-{press}"))).await.is(201);
        assert!(alerts.contains(&again.alert()));
    }
    assert_eq!(alerts.len(), 6);
}

#[tokio::test]
async fn a_test_press_is_marked_and_counted_apart() {
    let house = House::open().await;
    let gateway = house.caller("gateway");
    let mut press = alarm("A-1");
    press["mode"] = json!("test");
    let alert = gateway.posts("/alerts", press).await.is(201).alert();
    assert_eq!(house.operator().reads_alert(alert).await["mode"], "test");
    let manager = house.caller("manager");
    let counted = async |query: &str| {
        let figures = manager.gets(&format!("/statistics/response{query}")).await.is(200);
        figures.body["total"]["alerts"].clone()
    };
    assert_eq!(counted("").await, 0);
    assert_eq!(counted("?mode=test").await, 1);
}
