//! The table of alerts.

use std::{fs, path::Path};

use campus_dispatch::{
    cli::{
        data_directory::Draft,
        demo::{district::District, past},
        export::{HEADER, write_alerts},
    },
    domain::{
        Channel, Command, State, Timestamp,
        decide::{district::DefineSchool, import::ImportAlert},
    },
    statistics::report::defused,
};
use tempfile::TempDir;

use super::server::done;
use crate::statistics::read_back::texts_without_formulas;

#[test]
fn cells_are_no_formulas() {
    for (cell, kept) in [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("示例", "示例"),
        ("a=1", "a=1"),
        ("", ""),
    ] {
        assert_eq!(defused(cell), kept);
    }
}

#[test]
fn alerts_become_a_table_that_excel_opens() {
    let district = District::invent(1);
    let now = Timestamp::parse("2026-03-02T08:00:00.000Z").expect("an instant");
    let mut historic = past::week(1, &district, now).remove(0);
    historic.summary = "=cmd|'示例'".to_owned();
    let mut draft = Draft::on(State::default(), Channel::Import);
    for school in district.schools {
        let school = DefineSchool {
            school: campus_dispatch::domain::district::School { station: None, ..school },
        };
        draft.propose(&Command::DefineSchool(school)).expect("a school");
    }
    let import = ImportAlert { historic: historic.clone(), policy: None, zone: None };
    draft.propose(&Command::ImportAlert(Box::new(import))).expect("an alert");

    let mut bytes = Vec::new();
    write_alerts(draft.state(), now, &mut bytes).expect("memory takes it");
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte order mark");
    let mut table = csv::Reader::from_reader(text);
    assert_eq!(table.headers().expect("a header"), HEADER.as_slice());
    let row = table.records().next().expect("a row").expect("a good row");
    let cell = |name: &str| {
        let index = HEADER.iter().position(|column| *column == name).expect("a column");
        row[index].to_owned()
    };
    assert_eq!(cell("id"), "1");
    assert_eq!(cell("summary"), "'=cmd|'示例'");
    assert_eq!(cell("received_at"), historic.received_at.to_string());
    let arrived_at = historic.assignments[0].arrived_at.expect("it arrived");
    let millis = (arrived_at - historic.received_at).millis();
    let seconds: f64 = cell("response_seconds").parse().expect("a number");
    assert_eq!((seconds * 1000.0).round() as i64, millis);
    assert!(["met", "late"].contains(&cell("verdict").as_str()));
}

/// A journal whose day holds a caller's number, and the number of a contact.
fn a_day() -> TempDir {
    let place = TempDir::new().expect("a temporary directory");
    for file in ["journal.db", "head.anchor"] {
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/journals/v1").join(file);
        fs::copy(kept, place.path().join(file)).expect("a kept file");
    }
    let whole = done(place.path(), &["export"]);
    for number in ["\"caller_phone\":\"13800000000\"", "\"phone\":\"13800000000\""] {
        assert!(whole.contains(number), "the records themselves hold {number}");
    }
    place
}

#[test]
fn s13_the_table_of_alerts_holds_no_number() {
    let data = a_day();
    let table = done(data.path(), &["export", "alerts"]);
    assert!(table.lines().count() > 1, "{table}");
    assert!(!table.contains("13800000000"), "{table}");
}

#[test]
fn s13_no_file_of_a_report_holds_a_number() {
    let data = a_day();
    let period = ["--from", "2026-03-01", "--to", "2026-03-08"];
    for kind in ["bulletin", "campaign"] {
        let printed = done(data.path(), &[&["report", kind][..], &period].concat());
        assert!(printed.lines().count() > 10 && !printed.contains("13800000000"), "{printed}");
        for ending in ["xlsx", "csv", "json", "txt"] {
            let path = data.path().join(format!("{kind}.{ending}"));
            let out = ["--out", path.to_str().expect("UTF-8")];
            done(data.path(), &[&["report", kind][..], &period, &out].concat());
            let bytes = fs::read(&path).expect("the file");
            let text = match ending {
                "xlsx" => texts_without_formulas(&bytes).into_iter().collect::<Vec<_>>().join("\n"),
                _ => String::from_utf8(bytes).expect("text"),
            };
            assert!(text.contains("示例") && !text.contains("13800000000"), "{kind}: {text}");
        }
    }
}
