//! Response-time figures over HTTP.

use campus_dispatch::domain::{Within, policy::preset};
use serde_json::json;

use super::house::House;

#[tokio::test]
async fn figures_say_what_they_rest_on() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let assignment = house.operator().dispatches("U-1", alert).await;
    house.at_second(100).await;
    house.phone("U-1").takes("arrive", assignment).await.is(200);
    let figures = house.caller("manager").gets("/statistics/response").await.is(200).body;
    assert_eq!(figures["epoch"], "epoch-1");
    assert_eq!(figures["seq"], house.written());
    assert_eq!(figures["clock_start"], "received");
    assert_eq!(figures["policies"][0]["id"], "school-135-default");
    assert_eq!(figures["total"]["n"], 1);
    assert_eq!(figures["total"]["met"], 1);
    assert_eq!(figures["total"]["response"]["max_ms"], 100_000);
    assert_eq!(figures["rows"][0]["group"], "T3");
}

#[tokio::test]
async fn filters_and_groups_are_taken() {
    let house = House::open().await;
    house.operator().raises().await;
    let manager = house.caller("manager");
    let exercises = manager.gets("/statistics/response?mode=exercise").await.is(200).body;
    assert_eq!(exercises["total"]["alerts"], 0);
    let query = "school=S-1&station=P-1&category=FIGHT&severity=L2&tier=T3&zone=B&source=phone110&group=school";
    let figures = manager.gets(&format!("/statistics/response?{query}")).await.is(200).body;
    assert_eq!(figures["rows"][0]["group"], "S-1");
    let figures = manager.gets("/statistics/response?group=weekday_hour&peak=false").await;
    assert!(figures.is(200).body["before"]["total"]["n"].is_u64());
    let figures = manager.gets("/statistics/response?unit=U-1&group=unit").await.is(200).body;
    assert_eq!(figures["total"]["alerts"], 0);
}

#[tokio::test]
async fn a_wrong_question_is_refused() {
    let house = House::open().await;
    for query in [
        "from=2026-03-02T00:00:00Z&to=2026-03-02T00:00:00Z",
        "tier=T2",
        "group=colour",
        "from=x",
        "tier=T1&tier=T3",
        "since=1",
    ] {
        let refused = house.caller("manager").gets(&format!("/statistics/response?{query}")).await;
        refused.refused_with(422, "query_invalid");
    }
}

#[tokio::test]
async fn behind_a_figure_stand_its_alerts() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let assignment = house.operator().dispatches("U-1", alert).await;
    house.operator().raises().await;
    house.at_second(100).await;
    house.phone("U-1").takes("arrive", assignment).await.is(200);
    let manager = house.caller("manager");
    let ask =
        async |query: &str| manager.gets(&format!("/statistics/alerts?{query}")).await.is(200).body;
    let all = ask("").await;
    assert_eq!((all["total"].as_u64(), all["alerts"].as_array().map(Vec::len)), (Some(2), Some(2)));
    let met = ask("figure=met&group=tier&row=T3").await;
    assert_eq!(met["total"], 1);
    assert_eq!(met["alerts"][0]["id"], json!(alert));
    assert_eq!(met["alerts"][0]["span_ms"], 100_000);
    assert_eq!(ask("figure=met&group=tier&row=T5").await["total"], 0);
    assert_eq!(ask("figure=response&within=99").await["total"], 0);
    assert_eq!(ask("figure=needed&within=180").await["total"], 1);
    let page = ask("limit=1&offset=1").await;
    assert_eq!(
        (page["total"].as_u64(), page["alerts"].as_array().map(Vec::len)),
        (Some(2), Some(1))
    );
    for query in ["figure=colour", "within=x", "limit=0", "limit=9999", "since=1", "offset=-1"] {
        let refused = manager.gets(&format!("/statistics/alerts?{query}")).await;
        refused.refused_with(422, "query_invalid");
    }
}

#[tokio::test]
async fn a_profile_is_of_one_measure() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let assignment = house.operator().dispatches("U-1", alert).await;
    house.at_second(100).await;
    house.phone("U-1").takes("arrive", assignment).await.is(200);
    let manager = house.caller("manager");
    let profile = manager.gets("/statistics/profile?group=weekday_hour&measure=response").await;
    let profile = profile.is(200).body;
    assert_eq!(profile["rows"][0]["measured"], 1);
    assert_eq!(profile["rows"][0]["max_ms"], 100_000);
    assert_eq!(profile["percents"], json!([50, 90, 95]));
    let refused = manager.gets("/statistics/profile?measure=colour").await;
    refused.refused_with(422, "query_invalid");
}

#[tokio::test]
async fn another_policy_is_judged_beside_the_original_and_changes_nothing() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let assignment = house.operator().dispatches("U-1", alert).await;
    house.at_second(100).await;
    house.phone("U-1").takes("arrive", assignment).await.is(200);
    let resolve = json!({ "disposition": "mediated", "result": "示例" });
    house.operator().posts(&format!("/alerts/{alert}/resolve"), resolve).await.is(200);
    let written = house.written();
    let mut policy = preset::preset(preset::DEFAULT).unwrap();
    for rule in &mut policy.rules {
        (rule.limit, rule.warn_at) = (Within::from_seconds(50), Within::from_seconds(40));
    }
    let manager = house.caller("manager");
    let judged = manager.posts("/statistics/what-if?group=tier", json!(policy)).await.is(200).body;
    assert_eq!(
        (judged["before"]["met"].as_u64(), judged["after"]["met"].as_u64()),
        (Some(1), Some(0))
    );
    assert_eq!(judged["no_longer_met_alerts"], json!([alert]));
    assert_eq!(judged["rows"][0]["before"]["met"], 1);
    assert_eq!(house.written(), written);
    policy.rules.clear();
    manager.posts("/statistics/what-if", json!(policy)).await.is(422);
}

#[tokio::test]
async fn hints_come_with_their_n() {
    let house = House::open().await;
    house.operator().raises().await;
    let hints = house.caller("manager").gets("/statistics/hints").await.is(200).body;
    assert_eq!(hints["alerts"], 1);
    let kinds: Vec<_> = hints["hints"].as_array().unwrap().iter().map(|it| &it["kind"]).collect();
    assert_eq!(kinds.len(), 6);
    assert!(hints["hints"].as_array().unwrap().iter().all(|it| it["worth_a_look"] == false));
}
