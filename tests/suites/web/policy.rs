//! The response policy over HTTP.

use serde_json::{Value, json};

use super::house::House;

async fn preset(house: &House, id: &str) -> Value {
    let presets = house.admin().gets("/policy/presets").await.is(200).body;
    let presets = presets["presets"].as_array().expect("a list").clone();
    presets.into_iter().find(|preset| preset["id"] == id).expect("shipped")
}

#[tokio::test]
async fn every_preset_is_offered() {
    let house = House::open().await;
    let presets = house.admin().gets("/policy/presets").await.is(200).body;
    assert_eq!(presets["presets"].as_array().map(Vec::len), Some(6));
}

#[tokio::test]
async fn an_adopted_policy_governs_the_next_alert() {
    let house = House::open().await;
    let before = house.operator().raises().await;
    let policy = preset(&house, "severity-only").await;
    house.admin().puts("/policy", policy.clone()).await.is(200);
    assert_eq!(house.operator().gets("/policy").await.is(200).body, policy);
    let after = house.operator().raises().await;
    let id = |alert: Value| alert["policy"]["id"].clone();
    assert_eq!(id(house.operator().reads_alert(before).await), "school-135-default");
    assert_eq!(id(house.operator().reads_alert(after).await), "severity-only");
}

#[tokio::test]
async fn an_alert_tells_the_policy_it_is_judged_by_whatever_was_adopted_since() {
    let house = House::open().await;
    let former = house.operator().gets("/policy").await.is(200).body;
    let alert = house.operator().raises().await;
    house.admin().puts("/policy", preset(&house, "severity-only").await).await.is(200);
    assert_ne!(house.operator().gets("/policy").await.is(200).body, former);
    let of_alert = house.operator().gets(&format!("/alerts/{alert}/policy")).await.is(200).body;
    assert_eq!(of_alert, former);
    let read = house.operator().reads_alert(alert).await;
    let rules: Vec<&Value> =
        former["rules"].as_array().expect("rules").iter().map(|rule| &rule["id"]).collect();
    let clocks = read["clocks"].as_array().expect("clocks");
    assert!(!clocks.is_empty() && clocks.iter().all(|clock| rules.contains(&&clock["rule"])));
    house.operator().gets("/alerts/99/policy").await.refused_with(404, "alert_unknown");
}

#[tokio::test]
async fn a_faulty_policy_is_refused_naming_the_rule() {
    let house = House::open().await;
    let written = house.written();
    let policy = preset(&house, "severity-only").await;
    let mut no_limit = policy.clone();
    no_limit["rules"][1]["limit_ms"] = json!(0);
    let refused = house.admin().puts("/policy", no_limit).await.refused_with(422, "policy_invalid");
    assert_eq!(refused.body["at"], "rule l2");
    let mut no_catch_all = policy;
    no_catch_all["rules"].as_array_mut().expect("a list").pop();
    let refused = house.admin().puts("/policy", no_catch_all).await;
    let refused = refused.refused_with(422, "policy_invalid");
    assert!(refused.body["detail"].as_str().is_some_and(|detail| detail.contains("governing")));
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn only_an_administrator_adopts() {
    let house = House::open().await;
    let policy = preset(&house, "severity-only").await;
    for account in ["operator", "supervisor", "manager", "auditor", "phone-U-1", "screen"] {
        let refused = house.caller(account).puts("/policy", policy.clone()).await;
        refused.refused_with(403, "role_not_permitted");
    }
}

#[tokio::test]
async fn a_version_is_adopted_once() {
    let house = House::open().await;
    let policy = preset(&house, "severity-only").await;
    house.admin().puts("/policy", policy.clone()).await.is(200);
    house.admin().puts("/policy", policy).await.refused_with(409, "policy_version_not_newer");
}

#[tokio::test]
async fn a_preview_judges_the_handled_alerts_and_writes_nothing() {
    let house = House::open().await;
    let policy = preset(&house, "severity-only").await;
    house.operator().raises().await;
    let written = house.written();
    let judged = house.admin().posts("/policy/preview", policy).await.is(200).body;
    assert_eq!(judged["candidate"]["id"], "severity-only");
    assert_eq!(judged["before"]["alerts"], 0, "the one alert is still open");
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn only_an_administrator_previews() {
    let house = House::open().await;
    let policy = preset(&house, "severity-only").await;
    for account in ["operator", "supervisor", "manager", "auditor", "phone-U-1", "screen"] {
        let refused = house.caller(account).posts("/policy/preview", policy.clone()).await;
        refused.refused_with(403, "role_not_permitted");
    }
}
