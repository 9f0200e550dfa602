//! S17: a corpus of hostile strings through every text a report holds, in every file it is taken
//! away as: each stands there as it was written, and nothing is run.

use serde_json::{Value, json};

use super::{actor::Caller, house::House, report::takes};
use crate::statistics::read_back::{
    agrees, begins_a_formula, cells, sheet, texts_without_formulas,
};

/// The strings the browser tests write into every field.
fn corpus() -> Vec<String> {
    let corpus = include_str!("../../data/hostile-strings.json");
    serde_json::from_str(corpus).expect("a list of texts")
}

/// A station, a school and two hazards for each string: one that was closed and scored, one that
/// is open and deferred.
async fn hostile_house(corpus: &[String]) -> House {
    let house = House::open().await;
    let (admin, operator) = (house.admin(), house.operator());
    let does = async |caller: &Caller, path: String, body: Value| {
        caller.posts(&path, body).await.is(200);
    };
    for (index, text) in corpus.iter().enumerate() {
        let leader = json!({ "name": text, "phone": "1" });
        let station = json!({ "name": text, "leader": leader });
        admin.puts(&format!("/stations/H-{index}"), station).await.is(200);
        let school = json!({
            "name": text, "kind": "primary", "zone": "A", "station": format!("H-{index}"),
        });
        admin.puts(&format!("/schools/H-{index}"), school).await.is(200);

        let report = json!({
            "source": "phone110", "category": "HAZARD", "school": format!("H-{index}"),
        });
        let closed = operator.posts("/alerts", report).await.is(201).alert();
        let result = json!({ "disposition": "no_police_needed", "result": text });
        does(&operator, format!("/alerts/{closed}/resolve"), result).await;
        let closing = json!({
            "no_arrival_reason": text, "police_count": 0, "injured_count": 0, "validity": "valid",
        });
        does(&operator, format!("/alerts/{closed}/close"), closing).await;

        let report = json!({
            "source": "phone110", "category": "HAZARD", "place": { "text": text }, "summary": text,
        });
        let open = operator.posts("/alerts", report).await.is(201).alert();
        let deferral =
            json!({ "measure": text, "informed": text, "due_at": "2027-01-01T00:00:00Z" });
        does(&operator, format!("/alerts/{open}/defer-hazard"), deferral).await;
    }
    house.at_second(2_000).await;
    scores_all(&house.caller("manager"), corpus).await;
    house
}

/// Draws everything closed and remarks on each with another string.
async fn scores_all(manager: &Caller, corpus: &[String]) {
    let lot = json!({
        "seed": 1, "from": "2026-09-01T00:00:00Z", "to": "2026-09-21T14:20:00Z", "size": 500,
    });
    manager.posts("/samples", lot).await.is(200);
    let sample = manager.gets("/samples/1").await.is(200).body;
    let items = sample["items"].as_array().expect("items").iter();
    let marks: Value = items
        .map(|item| (item["code"].as_str().expect("a code").to_owned(), json!("pass")))
        .collect();
    let drawn = sample["alerts"].as_array().expect("alerts");
    assert_eq!(drawn.len(), corpus.len());
    for (alert, remark) in drawn.iter().zip(corpus) {
        let score = json!({ "alert": alert["alert"], "marks": marks, "remark": remark });
        manager.posts("/samples/1/score", score).await.is(200);
    }
}

/// What stands in a column of a section, as the API tells it.
fn column<'a>(report: &'a Value, section: &str, key: &str) -> Vec<&'a str> {
    let sections = report["sections"].as_array().expect("sections");
    let section = sections.iter().find(|it| it["key"] == section).expect("the section");
    let columns = section["columns"].as_array().expect("columns");
    let at = columns.iter().position(|it| it["key"] == key).expect("the column");
    section["rows"].as_array().expect("rows").iter().filter_map(|row| row[at].as_str()).collect()
}

#[tokio::test]
async fn s17_every_hostile_string_stands_in_every_file_of_a_report_as_it_was_written() {
    let corpus = corpus();
    let house = hostile_house(&corpus).await;
    let manager = house.caller("manager");
    let question = "from=2026-09-01T00:00:00Z&to=2026-10-01T00:00:00Z";
    for (kind, columns) in [
        ("bulletin", vec![("stations", "name"), ("stations", "leader"), ("open", "school")]),
        (
            "campaign",
            vec![
                ("schools", "name"),
                ("hazard_list", "place"),
                ("hazard_list", "summary"),
                ("hazard_list", "measure"),
                ("hazard_list", "informed"),
            ],
        ),
    ] {
        let path = format!("/reports/{kind}?{question}");
        let request = manager.request(reqwest::Method::GET, &path).header("accept-language", "en");
        let report = super::actor::answer(request).await.is(200).body;
        for (section, key) in columns {
            let told = column(&report, section, key);
            let missing: Vec<_> = corpus.iter().filter(|it| !told.contains(&it.as_str())).collect();
            assert!(missing.is_empty(), "{kind}, {section}, {key} tells nothing of {missing:?}");
        }
        let file = |format| format!("/reports/{kind}/export?{question}&format={format}");
        let (workbook, csv) =
            (takes(&manager, &file("xlsx")).await, takes(&manager, &file("csv")).await);
        let sections = report["sections"].as_array().expect("sections");
        sections.iter().for_each(|section| agrees(section, &workbook, &csv));
        runs_nothing(&workbook, &csv);
    }
}

#[tokio::test]
async fn s17_every_hostile_string_stands_in_the_files_of_a_sample_as_it_was_written() {
    let corpus = corpus();
    let house = hostile_house(&corpus).await;
    let manager = house.caller("manager");
    let workbook = takes(&manager, "/samples/1/export?format=xlsx").await;
    let csv = takes(&manager, "/samples/1/export?format=csv").await;
    runs_nothing(&workbook, &csv);
    let drawn = sheet(&workbook, "Alerts drawn");
    let head = &drawn[3];
    for title in ["Station", "School or place", "Remark"] {
        let at = head.iter().position(|it| *it == title).expect("the column");
        let told: Vec<_> = drawn[4..].iter().map(|row| row[at].to_string()).collect();
        let missing: Vec<_> = corpus.iter().filter(|it| !told.contains(it)).collect();
        assert!(missing.is_empty(), "{title} tells nothing of {missing:?}");
    }
    let cells = cells(&csv);
    for text in &corpus {
        let written = if begins_a_formula(text) { format!("'{text}") } else { text.clone() };
        let times = cells.iter().filter(|cell| **cell == written).count();
        assert!(times >= 3, "{text} stands {times} times");
    }
}

/// No cell is taken for a formula.
fn runs_nothing(workbook: &[u8], csv: &[u8]) {
    texts_without_formulas(workbook);
    // A negative figure is a number, not a formula.
    let formulas = cells(csv).into_iter().filter(|cell| begins_a_formula(cell));
    let formulas: Vec<_> = formulas.filter(|cell| cell.parse::<f64>().is_err()).collect();
    assert_eq!(formulas, Vec::<String>::new());
}
