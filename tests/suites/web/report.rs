//! Bulletin, campaign report and samples over HTTP: to look at, and to take away as a file.

use reqwest::Method;
use serde_json::{Value, json};

use super::{actor::Caller, house::House};
use crate::statistics::read_back::{agrees, begins_a_formula, cells, texts_without_formulas};

const KINDS: [&str; 2] = ["bulletin", "campaign"];

/// An alert reached in time, one that nobody reached, and one still open.
async fn morning() -> House {
    let house = House::open().await;
    let reached = house.operator().raises().await;
    let assignment = house.operator().dispatches("U-1", reached).await;
    house.at_second(100).await;
    house.phone("U-1").takes("arrive", assignment).await.is(200);
    house.phone("U-1").takes("clear", assignment).await.is(200);
    closes(&house, reached).await;
    house.operator().raises().await;
    house.at_second(1_000).await;
    house
}

async fn closes(house: &House, alert: u64) {
    let resolve = json!({ "disposition": "mediated", "result": "=示例" });
    house.operator().posts(&format!("/alerts/{alert}/resolve"), resolve).await.is(200);
    let close = json!({ "police_count": 2, "injured_count": 0, "validity": "valid" });
    house.operator().posts(&format!("/alerts/{alert}/close"), close).await.is(200);
}

/// The file of a report, as bytes.
pub async fn takes(caller: &Caller, path: &str) -> Vec<u8> {
    let request = caller.request(Method::POST, path).header("accept-language", "en");
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status().as_u16(), 200);
    response.bytes().await.expect("a whole answer").to_vec()
}

async fn reads(caller: &Caller, path: &str) -> Value {
    let request = caller.request(Method::GET, path).header("accept-language", "en");
    super::actor::answer(request).await.is(200).body
}

fn section<'a>(report: &'a Value, key: &str) -> &'a Value {
    let sections = report["sections"].as_array().expect("sections");
    sections.iter().find(|section| section["key"] == key).expect("the section")
}

#[tokio::test]
async fn a_report_says_what_it_rests_on() {
    let house = morning().await;
    for kind in KINDS {
        let report = reads(&house.caller("manager"), &format!("/reports/{kind}")).await;
        assert_eq!(report["kind"], kind);
        assert_eq!(report["footing"]["seq"], house.written());
        assert_eq!(report["footing"]["epoch"], "epoch-1");
        let hash = report["footing"]["hash"].as_str().expect("a hash");
        assert!(hash.len() == 64 && report["footing"]["lines"].to_string().contains(hash));
        assert_eq!(report["footing"]["policies"][0]["id"], "school-135-default");
        let lines = report["footing"]["lines"].to_string();
        assert!(lines.contains("Actual alerts"), "{lines}");
    }
}

#[tokio::test]
async fn the_bulletin_lists_what_is_not_closed_at_the_cut_off() {
    let house = morning().await;
    let report = reads(&house.caller("auditor"), "/reports/bulletin").await;
    let open = section(&report, "open")["rows"].as_array().expect("rows");
    assert_eq!(open.len(), 1);
    assert_eq!((&open[0][0], &open[0][8]), (&json!(2), &json!("Overdue")));
}

#[tokio::test]
async fn every_file_says_what_the_page_says() {
    let house = morning().await;
    let manager = house.caller("manager");
    for kind in KINDS {
        let question = "from=2026-09-01T00:00:00Z&to=2026-10-01T00:00:00Z";
        let report = reads(&manager, &format!("/reports/{kind}?{question}")).await;
        let file = |format| format!("/reports/{kind}/export?{question}&format={format}");
        let workbook = takes(&manager, &file("xlsx")).await;
        let csv = takes(&manager, &file("csv")).await;
        let sections = report["sections"].as_array().expect("sections");
        assert!(sections.len() >= 6);
        sections.iter().for_each(|section| agrees(section, &workbook, &csv));
    }
}

#[tokio::test]
async fn s17_no_cell_of_a_report_is_a_formula() {
    let house = morning().await;
    let admin = house.admin();
    admin.puts("/stations/P-1", json!({ "name": "=1+1" })).await.is(200);
    let school = json!({ "name": "@SUM(A1)", "kind": "primary", "zone": "A", "station": "P-1" });
    admin.puts("/schools/S-1", school).await.is(200);
    house.operator().raises().await;
    let manager = house.caller("manager");
    for kind in KINDS {
        let file = |format| format!("/reports/{kind}/export?format={format}");
        let texts = texts_without_formulas(&takes(&manager, &file("xlsx")).await);
        assert!(texts.contains("=1+1"), "{kind} does not name the station");
        assert!(kind != "bulletin" || texts.contains("@SUM(A1)"), "no school is named");
        let csv = takes(&manager, &file("csv")).await;
        let cells = cells(&csv);
        assert!(cells.iter().any(|cell| cell == "'=1+1"), "{cells:?}");
        let is_formula = |cell: &&String| begins_a_formula(cell);
        // A negative figure is a number, not a formula.
        let formulas = cells.iter().filter(is_formula).filter(|cell| cell.parse::<f64>().is_err());
        assert_eq!(formulas.collect::<Vec<_>>(), Vec::<&String>::new());
    }
}

#[tokio::test]
async fn each_file_is_in_the_record_of_access() {
    let house = morning().await;
    takes(&house.caller("manager"), "/reports/bulletin/export?format=csv").await;
    let print = "/reports/campaign/export?format=print";
    house.caller("auditor").posts(print, json!({})).await.is(204);
    let record = house.caller("auditor").gets("/access-record?kind=data_exported").await.is(200);
    let exports = record.body["records"].as_array().expect("records").clone();
    let told: Vec<_> = exports
        .iter()
        .map(|it| (it["by"].clone(), it["detail"]["export"]["what"].clone()))
        .collect();
    assert_eq!(
        told,
        [
            (json!("auditor"), json!("campaign_report")),
            (json!("manager"), json!("bulletin_report")),
        ]
    );
}

#[tokio::test]
async fn a_file_of_no_known_form_is_refused() {
    let house = House::open().await;
    let manager = house.caller("manager");
    for query in ["", "?format=pdf", "?format=csv&since=1"] {
        let path = format!("/reports/bulletin/export{query}");
        manager.posts(&path, json!({})).await.refused_with(422, "query_invalid");
    }
}

fn lot(seed: u32) -> Value {
    json!({ "seed": seed, "from": "2026-09-01T00:00:00Z", "to": "2026-09-21T14:20:00Z", "size": 5 })
}

fn marks(result_clear: &str) -> Value {
    json!({
        "record_complete": "pass", "times_complete": "fail", "dispatch_in_time": "pass",
        "feedback_in_time": "not_applicable", "classification_fits": "pass",
        "disposition_fits": "pass", "result_clear": result_clear, "changes_reasoned": "pass",
    })
}

#[tokio::test]
async fn a_sample_is_drawn_scored_and_comes_to_a_pass_rate() {
    let house = morning().await;
    house.at_second(2_000).await;
    let manager = house.caller("manager");
    manager.posts("/samples", lot(7)).await.is(200);
    let sample = manager.gets("/samples/1").await.is(200).body;
    assert_eq!((&sample["drawn"], &sample["handled"]), (&json!(1), &json!(1)));
    assert_eq!(sample["alerts"][0]["found"]["record_complete"], "pass");
    assert_eq!(sample["alerts"][0]["found"]["times_complete"], "fail");
    let score = json!({ "alert": 1, "marks": marks("pass"), "remark": "示例：缺签收时间" });
    house.caller("auditor").posts("/samples/1/score", score).await.is(200);
    let samples = manager.gets("/samples").await.is(200).body;
    let told = &samples["samples"][0];
    assert_eq!((&told["scored"], &told["passed"]), (&json!(1), &json!(0)));
    assert_eq!(told["rate"], 0.0);
    let workbook = takes(&manager, "/samples/1/export?format=xlsx").await;
    let items = crate::statistics::read_back::sheet(&workbook, "By item");
    assert_eq!(items[5][3], calamine::Data::Float(1.0), "times complete failed once");
}

#[tokio::test]
async fn the_same_lot_again_is_the_same_sample() {
    let house = morning().await;
    house.at_second(2_000).await;
    let manager = house.caller("manager");
    manager.posts("/samples", lot(7)).await.is(200);
    let again = house.caller("auditor").posts("/samples", lot(7)).await.is(200);
    assert_eq!(again.body["seq"], 0);
    let samples = manager.gets("/samples").await.is(200).body;
    assert_eq!(samples["samples"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_sample_that_is_not_there_is_not_found() {
    let house = House::open().await;
    house.caller("manager").gets("/samples/1").await.refused_with(404, "sample_unknown");
    house.caller("manager").gets("/samples/x").await.refused_with(404, "sample_unknown");
}
