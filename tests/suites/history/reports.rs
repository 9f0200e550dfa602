//! Both shared files of real records: the campaign report's figures by tier, as the API, the
//! command line, the workbook and the CSV tell them, are those of the independent calculation.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

use super::{
    independent::{self, Summary},
    support::{in_repository, shared},
};
use crate::{
    cli::server::{Server, done},
    statistics::read_back::agrees,
};

/// Whatever is awaited has come by then.
const AT_LAST: Duration = Duration::from_secs(20);

const PERIOD: [&str; 4] = ["--from", "2010-01-01", "--to", "2026-06-01"];
const QUESTION: &str = "from=2009-12-31T16:00:00Z&to=2026-05-31T16:00:00Z";

/// Imports a file with the real binary.
fn taken_over(file: &Path, mapping: &str) -> TempDir {
    let data = TempDir::new().expect("a temporary directory");
    let mapping = in_repository("tests/data/mappings").join(mapping);
    let (file, mapping) = (file.to_str().expect("UTF-8"), mapping.to_str().expect("UTF-8"));
    done(data.path(), &["import", "history", file, "--map", mapping]);
    data
}

/// The report by the command line, in a form.
fn made(data: &TempDir, form: &str) -> Vec<u8> {
    let out = data.path().join(format!("campaign.{form}"));
    let out_text = out.to_str().expect("UTF-8");
    let command = ["report", "campaign", "--language", "en", "--out", out_text];
    done(data.path(), &[&command[..], &PERIOD].concat());
    std::fs::read(out).expect("the report")
}

/// The same by the API of the real server.
async fn served(data: &TempDir) -> Value {
    let add = ["account", "add", "boss", "--role", "auditor", "--token"];
    let token = done(data.path(), &add);
    let server = Server::start(data.path());
    // The exports before become records first: the head is to be that of the whole journal.
    let began = Instant::now();
    while has_notes(data.path()) {
        assert!(began.elapsed() < AT_LAST, "a note of an export stays: {}", server.told());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let ask = reqwest::Client::new()
        .get(format!("{}/api/v1/reports/campaign?{QUESTION}", server.address))
        .header("accept-language", "en")
        .bearer_auth(token.trim_end());
    let answer = ask.send().await.expect("an answer").json().await.expect("JSON");
    server.terminate();
    answer
}

/// Whether an export waits to become a record.
fn has_notes(data: &Path) -> bool {
    let mut files = std::fs::read_dir(data).expect("a directory");
    files.any(|file| file.expect("a file").path().extension().is_some_and(|end| end == "note"))
}

fn section<'a>(report: &'a Value, key: &str) -> &'a Value {
    let sections = report["sections"].as_array().expect("sections");
    sections.iter().find(|section| section["key"] == key).expect("the section")
}

/// A row's value by its column's key.
fn value<'a>(section: &'a Value, row: &'a Value, key: &str) -> &'a Value {
    let columns = section["columns"].as_array().expect("columns");
    &row[columns.iter().position(|column| column["key"] == key).expect("the column")]
}

fn assert_row(section: &Value, row: &Value, figures: &Summary) {
    let of = &row[0];
    let count = |key| value(section, row, key).as_u64().map(|count| count as usize);
    for (key, figure) in [
        ("alerts", figures.calls),
        ("n", figures.n),
        ("met", figures.met),
        ("late", figures.late),
        ("missed", figures.missed),
        ("breaching", figures.breaching),
        ("measured", figures.response.n),
    ] {
        assert_eq!(count(key), Some(figure), "{of}: {key}");
    }
    assert_eq!(value(section, row, "on_time_rate").as_f64(), figures.on_time_rate, "{of}");
    let response = &figures.response;
    for (key, seconds) in [
        ("p50", response.p50),
        ("p90", response.p90),
        ("p95", response.p95),
        ("p99", response.p99),
        ("max", response.max),
    ] {
        let told = value(section, row, key).as_f64().map(|ms| ms / 1000.0);
        assert_eq!(told, seconds, "{of}: {key}");
    }
}

async fn agrees_everywhere(kind: &str, file: &str, mapping: &str) {
    let file = shared(file);
    let data = taken_over(&file, mapping);
    let figures = independent::figures(kind, &file);
    let told: Value = serde_json::from_slice(&made(&data, "json")).expect("JSON");
    let tiers = section(&told, "tiers");
    let rows = tiers["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), figures.whole.tiers.len());
    for (row, figures) in rows.iter().zip(figures.whole.tiers.values()) {
        assert_row(tiers, row, figures);
    }
    assert_row(tiers, &tiers["foot"][0], &figures.whole.all);
    let arrivals = section(&told, "arrivals");
    let within = value(arrivals, &arrivals["foot"][0], "within_300s");
    assert_eq!(within.as_u64(), Some(figures.whole.all.response.within_300 as u64));

    let (workbook, csv) = (made(&data, "xlsx"), made(&data, "csv"));
    let sections = told["sections"].as_array().expect("sections");
    sections.iter().for_each(|section| agrees(section, &workbook, &csv));
    let answered = served(&data).await;
    assert_eq!(answered["sections"], told["sections"]);
    let verified = done(data.path(), &["journal", "verify"]);
    let head = answered["footing"]["hash"].as_str().expect("a hash");
    assert!(verified.contains(head), "{verified} is not {head}");
}

#[tokio::test]
async fn the_fire_calls_are_reported_alike_everywhere() {
    agrees_everywhere("fire", "sf-fire-calls-2017-01-02_04.csv", "sf-fire-calls.toml").await;
}

#[tokio::test]
async fn the_police_calls_are_reported_alike_everywhere() {
    agrees_everywhere("police", "sf-police-calls-2026-01-15.csv", "sf-police-calls.toml").await;
}
