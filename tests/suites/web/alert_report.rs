//! One alert's report and its proof, over the wire.

use campus_dispatch::journal::proof;
use serde_json::{Value, json};

use super::house::House;

/// An alert reached after 70 s, whose arrival the supervisor sets to 65 s.
async fn corrected(house: &House) -> u64 {
    let operator = house.operator();
    let alert = operator.raises().await;
    house.at_second(10).await;
    let sent = operator.dispatches("U-1", alert).await;
    house.at_second(70).await;
    house.phone("U-1").takes("arrive", sent).await.is(200);
    house.at_second(80).await;
    let correction = json!({
        "point": "step", "step": "arrive", "assignment": sent, "reason": "示例：按晚了",
        "new": "2026-09-21T14:14:25.000Z",
    });
    house.supervisor().posts(&format!("/alerts/{alert}/correct"), correction).await.is(200);
    alert
}

async fn report(house: &House, account: &str, alert: u64) -> Value {
    house.caller(account).gets(&format!("/alerts/{alert}/report")).await.is(200).body
}

#[tokio::test]
async fn each_clock_comes_with_its_records_and_the_original_of_what_was_corrected() {
    let house = House::open().await;
    let alert = corrected(&house).await;
    let report = report(&house, "manager", alert).await;
    let clock = &report["clocks"][0];
    assert_eq!((&clock["governing"], &clock["verdict"]), (&json!(true), &json!("met")));
    assert_eq!((&clock["elapsed_ms"], &clock["corrected"]), (&json!(65_000), &json!(true)));
    assert_eq!(clock["end"]["at"], "2026-09-21T14:14:25.000Z");
    assert_eq!(clock["end"]["original"], "2026-09-21T14:14:30.000Z");
    let kind_of = |seq: &Value| {
        let entries = report["timeline"].as_array().expect("a list");
        let entry = entries.iter().find(|entry| entry["seq"] == *seq).expect("a record of it");
        entry["kind"].as_str().expect("a kind").to_owned()
    };
    assert_eq!(kind_of(&clock["start"]["seq"]), "alert_raised");
    assert_eq!(kind_of(&clock["end"]["seq"]), "time_point_corrected");
}

#[tokio::test]
async fn the_legs_say_where_the_time_went() {
    let house = House::open().await;
    let alert = corrected(&house).await;
    let report = report(&house, "auditor", alert).await;
    let legs = report["legs"].as_array().expect("a list");
    let way: Vec<(&str, Option<&str>)> = legs
        .iter()
        .map(|leg| (leg["from"].as_str().expect("a point"), leg["to"].as_str()))
        .collect();
    let wanted =
        [("received", Some("dispatched")), ("dispatched", Some("arrived")), ("arrived", None)];
    assert_eq!(way, wanted);
    assert_eq!(legs[2]["to_at"], report["at"], "it goes on until now");
}

#[tokio::test]
async fn s13_the_number_is_whole_for_those_who_call_back_and_masked_for_the_others() {
    let house = House::open().await;
    let alert = corrected(&house).await;
    for (account, shown) in [
        ("operator", "13800001234"),
        ("supervisor", "13800001234"),
        ("manager", "138****1234"),
        ("auditor", "138****1234"),
    ] {
        let report = report(&house, account, alert).await;
        assert_eq!(report["alert"]["caller_phone"], shown, "{account}");
        assert_eq!(report["timeline"][0]["detail"]["caller_phone"], shown, "{account}");
        let is_whole = shown == "13800001234";
        assert_eq!(report.to_string().contains("13800001234"), is_whole, "{account}");
    }
}

#[tokio::test]
async fn the_auditors_proof_checks_out_under_the_seal_of_the_report_and_is_recorded() {
    let house = House::open().await;
    let alert = corrected(&house).await;
    let seal = report(&house, "auditor", alert).await["seal"].clone();
    let auditor = house.caller("auditor");
    let answer = auditor.gets(&format!("/alerts/{alert}/proof")).await.is(200);
    let disposition = answer.header("content-disposition").expect("a file").to_owned();
    assert!(disposition.contains("alert-1-proof.json"), "{disposition}");
    let checked = proof::check(answer.text.as_bytes()).expect("it checks out");
    assert_eq!(checked.proof.seal.digest.to_string(), seal["digest"]);
    assert_eq!(checked.proof.seal.seq, seal["seq"]);
    assert_eq!(u64::from(checked.proof.alert.0), alert);
    let record = auditor.gets("/access-record?kind=data_exported").await.is(200);
    assert_eq!(record.body["records"][0]["detail"]["export"]["what"], "alert_proof");
    assert_eq!(record.body["records"][0]["by"], "auditor");
}

#[tokio::test]
async fn an_alert_that_is_not_there_has_neither() {
    let house = House::open().await;
    for what in ["report", "proof"] {
        let answer = house.caller("auditor").gets(&format!("/alerts/7/{what}")).await;
        answer.refused_with(404, "alert_unknown");
    }
}
