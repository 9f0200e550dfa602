//! The catalogue of bad input: each gets a clear refusal, nothing is written, the server lives.

use reqwest::{Body, Method};
use serde_json::{Value, json};

use super::{
    actor::{Answer, answer, fight},
    house::House,
};

async fn posts_raw(house: &House, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
    let request = house.operator().request(Method::POST, path);
    answer(request.header("content-type", kind).body(body)).await
}

/// Insists on the refusal, that nothing was written, and that the server still serves.
async fn refuses_raising(body: impl Into<Body>, status: u16, code: &str) -> Answer {
    let house = House::open().await;
    let written = house.written();
    let refused = posts_raw(&house, "/alerts", "application/json", body).await;
    let refused = refused.refused_with(status, code);
    assert_eq!(house.written(), written);
    house.operator().raises().await;
    refused
}

fn report_with(field: &str, value: Value) -> Value {
    let mut report = fight();
    report[field] = value;
    report
}

#[tokio::test]
async fn bytes_that_are_no_json_text() {
    let report = fight().to_string();
    let utf_16: Vec<u8> = report.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(Vec<u8>, u16, &str); 13] = [
        (b"".into(), 400, "body_not_json"),
        (b"   ".into(), 400, "body_not_json"),
        (format!("\u{feff}{report}").into(), 400, "body_not_text"),
        (utf_16, 400, "body_not_text"),
        (b"{\"summary\": \"\xff\"}".into(), 400, "body_not_text"),
        (
            report[..report.len() / 2].trim_end_matches(|c: char| !c.is_ascii()).into(),
            400,
            "body_not_json",
        ),
        (format!("{report}x").into(), 400, "body_not_json"),
        (format!("{report}{report}").into(), 400, "body_not_json"),
        (format!("{report}\0").into(), 400, "body_not_json"),
        (b"{\"summary\": \"\0\"}".into(), 400, "body_not_json"),
        (br#"{"summary": "\ud800"}"#.into(), 422, "body_invalid"),
        (b"{'source': 'video'}".into(), 400, "body_not_json"),
        (b"NaN".into(), 400, "body_not_json"),
    ];
    for (body, status, code) in cases {
        refuses_raising(body, status, code).await;
    }
}

#[tokio::test]
async fn json_that_is_no_report() {
    let doubled = fight().to_string().replacen('{', r#"{"category":"FIGHT","#, 1);
    let cases = [
        ("null".to_owned(), "body_invalid"),
        ("[]".to_owned(), "body_invalid"),
        ("\"text\"".to_owned(), "body_invalid"),
        ("{}".to_owned(), "body_invalid"),
        (r#"["phone110", "FIGHT", null, null, "S-1"]"#.to_owned(), "body_invalid"),
        (doubled, "body_invalid"),
        (report_with("colour", json!("red")).to_string(), "body_invalid"),
        (report_with("category", json!("fight")).to_string(), "body_invalid"),
        (report_with("category", json!("DRAGON")).to_string(), "body_invalid"),
        (report_with("severity", json!(1)).to_string(), "body_invalid"),
        (report_with("mode", json!("")).to_string(), "body_invalid"),
        (report_with("summary", json!(["a"])).to_string(), "body_invalid"),
        (report_with("occurred_at", json!("yesterday")).to_string(), "body_invalid"),
        (report_with("occurred_at", json!("2026-02-30T00:00:00Z")).to_string(), "body_invalid"),
        (report_with("occurred_at", json!("2026-03-02 07:30")).to_string(), "body_invalid"),
        (report_with("occurred_at", json!(0)).to_string(), "body_invalid"),
        (report_with("place", json!("here")).to_string(), "body_invalid"),
        (
            report_with(
                "place",
                json!({ "text": "x", "coordinates": { "longitude": 1, "latitude": 2 } }),
            )
            .to_string(),
            "body_invalid",
        ),
        (
            report_with("summary", json!("a")).to_string().replace("\"a\"", r#""\u0000""#),
            "body_invalid",
        ),
        (
            report_with("summary", json!("a")).to_string().replace("\"a\"", r#""\\\u001b[2J""#),
            "body_invalid",
        ),
    ];
    for (body, code) in cases {
        refuses_raising(body, 422, code).await;
    }
}

#[tokio::test]
async fn deep_and_wide_json_is_refused_without_harm() {
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    refuses_raising(format!(r#"{{"summary":{deep}}}"#), 422, "body_too_deep").await;
    refuses_raising("[".repeat(100_000), 422, "body_too_deep").await;
    let wide = format!("[{}]", vec!["0"; 100_000].join(","));
    refuses_raising(format!(r#"{{"x":{wide}}}"#), 422, "body_invalid").await;
}

#[tokio::test]
async fn reports_the_rules_refuse() {
    let coordinates = |longitude: f64, latitude: f64| json!({ "text": "示例", "coordinates": { "longitude": longitude, "latitude": latitude, "system": "wgs84" } });
    let cases = [
        (report_with("school", json!("S-404")), 404, "school_unknown"),
        (report_with("school", Value::Null), 422, "school_or_place_missing"),
        (report_with("summary", json!("字".repeat(4_001))), 422, "text_too_long"),
        (report_with("caller_phone", json!("1".repeat(201))), 422, "text_too_long"),
        (report_with("place", coordinates(200.0, 39.0)), 422, "coordinates_invalid"),
        (report_with("place", coordinates(39.9, 116.4)), 422, "coordinates_invalid"),
        (report_with("occurred_at", json!("9999-12-31T23:59:59Z")), 422, "instant_in_future"),
    ];
    for (body, status, code) in cases {
        refuses_raising(body.to_string(), status, code).await;
    }
    let overflowing =
        report_with("place", coordinates(1.0, 2.0)).to_string().replace("1.0", "1e400");
    refuses_raising(overflowing, 422, "body_invalid").await;
}

#[tokio::test]
async fn texts_at_the_limit_and_in_any_script_are_kept_as_they_are() {
    let house = House::open().await;
    for text in [
        "字".repeat(4_000),
        "\u{202e}反\u{200f}".to_owned(),
        "e\u{301}".repeat(1_000),
        "🚨 \\u0000".to_owned(),
    ] {
        let report = report_with("summary", json!(text));
        let alert = house.operator().posts("/alerts", report).await.is(201).alert();
        assert_eq!(house.operator().reads_alert(alert).await["summary"], json!(text));
    }
}

#[tokio::test]
async fn the_path_to_what_is_wrong_is_told() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let body = json!({ "units": [{ "unit": "U-1" }, { "unit": "U-2", "echelon": "one" }] });
    let refused = house.operator().posts(&format!("/alerts/{alert}/dispatch"), body).await;
    let refused = refused.refused_with(422, "body_invalid");
    let at = refused.body["at"].as_str().expect("a path");
    assert!(at.starts_with("units[1].echelon: "), "{at}");
    assert!(refused.body["detail"].as_str().is_some_and(|detail| detail.contains(at)));
}

#[tokio::test]
async fn numbers_out_of_range() {
    let house = House::open().await;
    let operator = house.operator();
    let alert = operator.raises().await;
    for into in [json!(-1), json!(1.5), json!(9_007_199_254_740_993_u64), json!("1"), json!(null)] {
        let refused =
            operator.posts(&format!("/alerts/{alert}/merge"), json!({ "into": into })).await;
        refused.refused_with(422, "body_invalid");
    }
    for echelon in [0, 4, 255] {
        let body = json!({ "units": [{ "unit": "U-1", "echelon": echelon }] });
        let refused = operator.posts(&format!("/alerts/{alert}/dispatch"), body).await;
        refused.refused_with(422, "number_out_of_range");
    }
}

#[tokio::test]
async fn ids_that_name_nothing() {
    let house = House::open().await;
    let long = "9".repeat(1_000);
    for id in [
        "0",
        "-1",
        "+1",
        "01",
        "1.0",
        "4294967296",
        "99",
        "a",
        "%F0%9F%9A%A8",
        "..%2f1",
        "%00",
        "%20",
        &long,
    ] {
        let refused = house.operator().gets(&format!("/alerts/{id}")).await;
        refused.refused_with(404, "alert_unknown");
        let refused = house.operator().takes("acknowledge", 0).await;
        refused.refused_with(404, "assignment_unknown");
    }
    for id in ["S-404", "..%2f..%2fetc", "%00", "学校", &long] {
        house.operator().gets(&format!("/schools/{id}")).await.refused_with(404, "school_unknown");
        let school = json!({ "name": "示例", "kind": "primary", "zone": "B" });
        if id.starts_with(['.', '%']) || id.len() > 64 {
            let refused = house.admin().puts(&format!("/schools/{id}"), school).await;
            refused.refused_with(422, "id_invalid");
        }
    }
    let broken = house.operator().gets("/schools/%ff").await;
    broken.refused_with(404, "not_found");
}

#[tokio::test]
async fn a_body_of_another_kind() {
    let house = House::open().await;
    let report = fight().to_string();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonx",
        "",
    ] {
        let refused = posts_raw(&house, "/alerts", kind, report.clone()).await;
        refused.refused_with(415, "type_not_json");
    }
    let refused = posts_raw(&house, "/assignments/1/acknowledge", "text/plain", "{}").await;
    refused.refused_with(415, "type_not_json");
    let kind = "Application/JSON; charset=utf-8";
    posts_raw(&house, "/alerts", kind, report.clone()).await.is(201);
    let request = house.operator().request(Method::POST, "/alerts");
    let packed =
        request.header("content-type", "application/json").header("content-encoding", "gzip");
    answer(packed.body(report)).await.refused_with(415, "body_encoded");
}

#[tokio::test]
async fn a_body_that_is_too_large() {
    let report = report_with("summary", json!("x".repeat(256 * 1024)));
    refuses_raising(report.to_string(), 413, "body_too_large").await;
}

#[tokio::test]
async fn commands_for_what_is_over() {
    let house = House::open().await;
    let operator = house.operator();
    let (alert, root) = (operator.raises().await, operator.raises().await);
    operator.posts(&format!("/alerts/{alert}/cancel"), json!({ "reason": "示例" })).await.is(200);
    let sent = json!({ "units": [{ "unit": "U-1" }] });
    let refused = operator.posts(&format!("/alerts/{alert}/dispatch"), sent.clone()).await;
    let refused = refused.refused_with(409, "alert_cancelled");
    assert_eq!(refused.body["current"]["stage"], "cancelled");
    operator.posts("/alerts/77/dispatch", sent).await.refused_with(404, "alert_unknown");
    let child = operator.raises().await;
    operator.posts(&format!("/alerts/{child}/merge"), json!({ "into": root })).await.is(200);
    let note = json!({ "text": "示例" });
    operator.posts(&format!("/alerts/{child}/note"), note).await.refused_with(409, "alert_merged");
}

#[tokio::test]
async fn a_correction_names_a_point_that_is_one() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    for body in [
        json!({ "point": "received", "assignment": 1, "new": null, "reason": "示例" }),
        json!({ "point": "dispatched", "new": null, "reason": "示例" }),
        json!({ "point": "step", "assignment": 1, "new": null, "reason": "示例" }),
        json!({ "point": "occurred", "reason": "示例" }),
        json!({ "point": "never", "new": null, "reason": "示例" }),
    ] {
        let refused = house.supervisor().posts(&format!("/alerts/{alert}/correct"), body).await;
        refused.refused_with(422, "body_invalid");
    }
}
