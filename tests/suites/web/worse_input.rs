//! More of the catalogue of bad input: what is too much, what names what is not there any more, and
//! what only looks like text.

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    actor::{answer, fight},
    house::House,
};

async fn raises_with(house: &House, field: &str, value: Value) -> super::actor::Answer {
    let mut report = fight();
    report[field] = value;
    house.operator().posts("/alerts", report).await
}

#[tokio::test]
async fn a_list_of_a_million_elements_is_too_large() {
    let house = House::open().await;
    let written = house.written();
    let body = format!(r#"{{"x":[{}]}}"#, vec!["0"; 1_000_000].join(","));
    let request = house.operator().request(Method::POST, "/alerts");
    let refused = answer(request.header("content-type", "application/json").body(body)).await;
    refused.refused_with(413, "body_too_large");
    assert_eq!(house.written(), written);
    house.operator().raises().await;
}

#[tokio::test]
async fn s18_json_is_32_deep_and_no_deeper() {
    let house = House::open().await;
    for (depth, code) in [(32, "body_invalid"), (33, "body_too_deep"), (10_000, "body_too_deep")] {
        // The object around it is one.
        let (open, close) = ("[".repeat(depth - 1), "]".repeat(depth - 1));
        let request = house.operator().request(Method::POST, "/alerts");
        let body = format!(r#"{{"summary":{open}{close}}}"#);
        let refused = answer(request.header("content-type", "application/json").body(body)).await;
        refused.refused_with(422, code);
    }
}

#[tokio::test]
async fn texts_of_no_and_of_too_many_characters() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let note = format!("/alerts/{alert}/note");
    let written = house.written();
    for empty in ["", " ", "\u{3000}\t"] {
        let refused = house.operator().posts(&note, json!({ "text": empty })).await;
        refused.refused_with(422, "text_missing");
    }
    let refused = house.operator().posts(&note, json!({ "text": "字".repeat(4_001) })).await;
    refused.refused_with(422, "text_too_long");
    let refused = house.operator().posts(&note, json!({ "text": "x".repeat(1_000_000) })).await;
    refused.refused_with(413, "body_too_large");
    assert_eq!(house.written(), written);
    house.operator().posts(&note, json!({ "text": "字".repeat(4_000) })).await.is(200);
}

#[tokio::test]
async fn instants_before_and_after_all_history() {
    let house = House::open().await;
    for (instant, status) in [
        ("0000-01-01T00:00:00Z", 422),
        ("0000-00-00T00:00:00Z", 422),
        ("-0001-01-01T00:00:00Z", 422),
        ("+10000-01-01T00:00:00Z", 422),
        ("99999-01-01T00:00:00Z", 422),
        ("2026-02-30T00:00:00Z", 422),
        ("2026-01-01T24:00:00Z", 422),
        ("2026-01-01T00:00:61Z", 422),
        ("2026-01-01T00:00:00", 422),
        ("2026-01-01T00:00:00+25:00", 422),
    ] {
        let refused = raises_with(&house, "occurred_at", json!(instant)).await;
        assert_eq!(refused.status, status, "{instant}: {}", refused.text);
        let refused = house.operator().gets(&format!("/alerts?from={instant}")).await;
        assert_eq!(refused.status, status, "{instant}: {}", refused.text);
    }
}

#[tokio::test]
async fn numbers_that_are_none() {
    let house = House::open().await;
    for number in ["NaN", "Infinity", "-Infinity", "0x10", "1_000", "+1", ".5", "1.", "01"] {
        let body = fight().to_string().replacen('{', &format!(r#"{{"x":{number},"#), 1);
        let request = house.operator().request(Method::POST, "/alerts");
        let refused = answer(request.header("content-type", "application/json").body(body)).await;
        refused.refused_with(400, "body_not_json");
    }
}

#[tokio::test]
async fn commands_for_units_that_cannot_go() {
    let house = House::open().await;
    let operator = house.operator();
    let first = operator.raises().await;
    operator.dispatches("U-1", first).await;
    operator.posts("/units/U-2/duty", json!({ "duty": "off_duty" })).await.is(200);
    operator.posts("/units/U-3/duty", json!({ "duty": "out_of_service" })).await.is(200);
    let alert = operator.raises().await;
    let written = house.written();
    for (unit, status, code) in [
        ("U-1", 409, "unit_already_committed"),
        ("U-2", 409, "unit_off_duty"),
        ("U-3", 409, "unit_out_of_service"),
        ("U-404", 404, "unit_unknown"),
        ("", 404, "unit_unknown"),
        ("../U-1", 404, "unit_unknown"),
    ] {
        let body = json!({ "units": [{ "unit": unit }] });
        let refused = operator.posts(&format!("/alerts/{alert}/dispatch"), body).await;
        refused.refused_with(status, code);
    }
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn a_unit_that_was_removed_cannot_be_sent() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let body = json!({ "name": "示例", "kind": "patrol" });
    house.admin().puts("/units/U-9", body).await.is(200);
    house.admin().deletes("/units/U-9").await.is(200);
    let body = json!({ "units": [{ "unit": "U-9" }] });
    let refused = house.operator().posts(&format!("/alerts/{alert}/dispatch"), body).await;
    refused.refused_with(404, "unit_unknown");
}

#[tokio::test]
async fn commands_for_an_alert_that_is_closed() {
    let house = House::open().await;
    let operator = house.operator();
    let alert = operator.raises().await;
    let resolve = json!({ "disposition": "no_police_needed", "result": "示例" });
    operator.posts(&format!("/alerts/{alert}/resolve"), resolve).await.is(200);
    let close = json!({
        "no_arrival_reason": "示例", "police_count": 0, "injured_count": 0, "validity": "valid",
    });
    operator.posts(&format!("/alerts/{alert}/close"), close.clone()).await.is(200);
    let written = house.written();
    let units = json!({ "units": [{ "unit": "U-1" }] });
    for (verb, body) in [
        ("dispatch", units),
        ("close", close),
        ("cancel", json!({ "reason": "示例" })),
        ("merge", json!({ "into": alert })),
    ] {
        let refused = operator.posts(&format!("/alerts/{alert}/{verb}"), body).await;
        assert_eq!((verb, refused.status), (verb, 409), "{}", refused.text);
    }
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn paths_that_climb_lead_nowhere() {
    let house = House::open().await;
    for path in [
        "/../../etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/....//Cargo.toml",
        "/%00",
        "/index.html%00.js",
        "/..%5c..%5cwindows",
    ] {
        let answer = house.stranger().opens(path, "*/*").await;
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert!(!answer.text.contains("root:") && !answer.text.contains("[package]"), "{path}");
    }
}
