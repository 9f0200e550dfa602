//! The table of alerts.

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
