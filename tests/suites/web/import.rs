//! Schools, stations and units from a file, while serving.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use super::{
    actor::{Answer, answer},
    house::{House, Plan},
};

const HEADER: &str = "id,name,kind,zone,station\n";

async fn uploads(house: &House, path: &str, bytes: impl Into<Vec<u8>>) -> Answer {
    let request = house.admin().request(Method::POST, path);
    let request = request.header("content-type", "text/csv").header("accept-language", "zh-CN");
    answer(request.body(bytes.into())).await
}

fn rows(count: usize) -> String {
    let row = |id| format!("X-{id},示例学校 {id},小学,B,P-1\n");
    HEADER.to_owned() + &(0..count).map(row).collect::<String>()
}

#[tokio::test]
async fn a_file_is_looked_at_without_a_trace_and_then_taken_over_whole() {
    let house = House::open().await;
    let written = house.written();
    let look = uploads(&house, "/imports/schools?dry_run=true", rows(3)).await.is(200);
    assert_eq!((&look.body["added"], &look.body["taken_over"]), (&json!(3), &json!(false)));
    assert_eq!(house.written(), written);
    let done = uploads(&house, "/imports/schools", rows(3)).await.is(200);
    assert_eq!((&done.body["added"], &done.body["taken_over"]), (&json!(3), &json!(true)));
    assert_eq!(house.written(), written + 3);
    assert_eq!(house.admin().gets("/schools/X-2").await.is(200).body["name"], "示例学校 2");
    let again = uploads(&house, "/imports/schools", rows(3)).await.is(200);
    assert_eq!((&again.body["unchanged"], house.written()), (&json!(3), written + 3));
}

#[tokio::test]
async fn one_bad_row_keeps_all_out_and_every_bad_row_is_told_in_the_readers_language() {
    let house = House::open().await;
    let written = house.written();
    let text = rows(2) + "X-8,示例,小学,Q,P-1\nX-9,示例,小学,B,P-404\n";
    let report = uploads(&house, "/imports/schools", text.clone()).await.is(200).body;
    assert_eq!((&report["taken_over"], house.written()), (&json!(false), written));
    let faults = report["faults"].as_array().expect("a list");
    let lines: Vec<&Value> = faults.iter().map(|fault| &fault["line"]).collect();
    assert_eq!(lines, [&json!(4), &json!(5)]);
    let told = faults[1]["reason"].as_str().expect("a reason");
    assert!(told.contains("没有派出所 P-404"), "{told}");
    let english = house.admin().request(Method::POST, "/imports/schools?dry_run=true");
    let english = english.header("content-type", "text/csv").header("accept-language", "en");
    let told = answer(english.body(text)).await.is(200).body["faults"][1]["reason"].clone();
    assert!(told.as_str().is_some_and(|told| told.contains("P-404 is not known")), "{told}");
}

#[tokio::test]
async fn of_many_bad_rows_200_are_told_and_the_rest_counted() {
    let house = House::open().await;
    for (bad, told, more) in [(200, 200, 0), (201, 200, 1)] {
        let text = rows(bad).replace(",B,", ",Q,");
        let report = uploads(&house, "/imports/schools", text).await.is(200).body;
        assert_eq!(report["faults"].as_array().map(Vec::len), Some(told));
        assert_eq!(report["more_faults"], more);
    }
}

#[tokio::test]
async fn s21_a_file_that_is_too_large_is_told_how_much_this_site_takes() {
    for (max, told) in [(3 << 20, "≤ 3 MiB"), (3 << 19, "≤ 1536 KiB"), (1_000, "≤ 1000 bytes")]
    {
        let mut plan = Plan::default();
        plan.settings.limits.import_max = max;
        let house = House::of(plan).await;
        let refused = uploads(&house, "/imports/schools", vec![b'x'; max + 1]).await;
        let refused = refused.refused_with(413, "body_too_large");
        assert_eq!(refused.body["at"], told);
        assert!(refused.body["detail"].as_str().is_some_and(|detail| detail.ends_with(told)));
    }
}

#[tokio::test]
async fn s21_a_file_is_bounded_in_bytes_and_rows() {
    let house = House::open().await;
    let big = vec![b'x'; 10 * 1024 * 1024 + 1];
    uploads(&house, "/imports/schools", big).await.refused_with(413, "body_too_large");
    let many = uploads(&house, "/imports/schools", rows(5_001)).await.is(200).body;
    let told = many["faults"][0]["reason"].as_str().expect("a reason");
    assert!(told.contains("5000"), "{told}");
    let full = uploads(&house, "/imports/schools", rows(5_000)).await.is(200).body;
    assert_eq!(full["added"], 5_000);
}

#[tokio::test]
async fn s21_a_file_that_takes_too_long_to_read_is_given_up() {
    let mut plan = Plan::default();
    plan.settings.limits.import_within = Duration::from_millis(1);
    let house = House::of(plan).await;
    let written = house.written();
    let slow = uploads(&house, "/imports/schools", rows(5_000)).await;
    slow.refused_with(422, "table_too_slow");
    assert_eq!(house.written(), written);
    // It is read to its end all the same, and beside nobody: whoever comes next has the turn then,
    // be it for as short a time.
    while uploads(&house, "/imports/schools?dry_run=true", rows(1)).await.code() == "overloaded" {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn s15_a_table_is_not_taken_as_what_a_form_of_another_site_sends() {
    let house = House::open().await;
    for kind in ["text/plain", "multipart/form-data; boundary=x", "application/json", ""] {
        let request = house.admin().request(Method::POST, "/imports/schools");
        let answer = answer(request.header("content-type", kind).body(rows(1))).await;
        answer.refused_with(415, "type_not_table");
    }
}

#[tokio::test]
async fn only_what_there_is_can_be_taken_over_and_only_by_an_administrator() {
    let house = House::open().await;
    uploads(&house, "/imports/accounts", rows(1)).await.refused_with(404, "not_found");
    for account in ["operator", "manager", "auditor", "gateway"] {
        let request = house.caller(account).request(Method::POST, "/imports/schools");
        let answer = answer(request.header("content-type", "text/csv").body(rows(1))).await;
        answer.refused_with(403, "role_not_permitted");
    }
}

#[tokio::test]
async fn units_and_stations_are_taken_over_alike() {
    let house = House::open().await;
    let stations = "id,name\nP-7,示例七所\n";
    uploads(&house, "/imports/stations", stations).await.is(200);
    let units = "警力编号,警力名称,警力类型,所属派出所\nU-7,示例七队,巡逻,P-7\n";
    let done = uploads(&house, "/imports/units", units).await.is(200);
    assert_eq!(done.body["added"], 1, "{}", done.text);
    assert_eq!(house.admin().gets("/units/U-7").await.is(200).body["station"], "P-7");
}
