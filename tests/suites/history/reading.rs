//! Reading: what is taken, what is refused with which line and reason, and what is kept as it was.

use campus_dispatch::{
    cli::history::{FileFault, HistoricCall, Mapping, Report},
    domain::classification::{Category, Disposition, Severity, Source},
};

use super::support::{at, in_repository, mapping, read_text};

const HEADER: &str =
    "type,call,unit,sequence,received,dispatched,arrived,cleared,priority,place,point";
const ROW: &str = "Fight,1,A1,1,2026-03-02 10:00:00,2026-03-02 10:00:10,,,1,,";

fn per_unit() -> Mapping {
    mapping("example-per-unit.toml")
}

fn dirt() -> Report {
    let file = in_repository("tests/data/history/dirt.csv");
    read_text(std::fs::read(file).expect("the fixture"), &per_unit()).expect("a report")
}

fn call<'a>(report: &'a Report, id: &str) -> &'a HistoricCall {
    let mut calls = report.calls.iter();
    calls.find(|call| call.alert.source_alarm_id == id).expect("the call")
}

fn read_rows(rows: &[&str]) -> Report {
    read_text(format!("{HEADER}\n{}\n", rows.join("\n")), &per_unit()).expect("a report")
}

fn fault(text: impl AsRef<[u8]>) -> FileFault {
    let fault = read_text(text, &per_unit()).expect_err("a fault");
    assert!(!fault.to_string().contains('\n'), "one line: {fault}");
    fault
}

#[test]
fn each_bad_row_is_reported_with_its_line_and_reason() {
    let report = dirt();
    let told: Vec<String> = report.bad_rows.iter().map(ToString::to_string).collect();
    let expected = [
        ("line 5", "received: \"2026/2/30 10:00:00\" is no time"),
        ("line 6", "received is empty"),
        ("line 7", "point: \"(-122.4, 37.5)\" is no point on the globe"),
        ("line 8", "the row has 9 cells and the header 12 columns"),
        ("line 9", "the row has 15 cells and the header 12 columns"),
        ("line 10", "call is empty"),
        ("line 11", "sequence: \"one\" is not a whole number"),
        ("line 12", "did not exist in America/Los_Angeles"),
        ("line 13", "lies in the future"),
        ("line 15", "dispatched: \"yesterday\" is no time"),
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, (line, reason)) in told.iter().zip(expected) {
        assert!(told.starts_with(&format!("{line}: ")) && told.contains(reason), "{told}");
    }
}

#[test]
fn a_call_with_a_bad_row_is_left_out_whole() {
    let report = dirt();
    assert!(report.calls.iter().all(|call| call.alert.source_alarm_id != "0011"));
    let lines: Vec<u64> = report.left_out.iter().map(|row| row.line).collect();
    assert_eq!(lines, [14]);
}

#[test]
fn every_row_is_a_call_taken_a_bad_row_or_left_out() {
    let report = dirt();
    assert_eq!(report.rows, 20);
    let ids: Vec<&str> =
        report.calls.iter().map(|call| call.alert.source_alarm_id.as_str()).collect();
    assert_eq!(ids, ["0001", "0002", "0012", "0013", "0014", "0015"]);
}

#[test]
fn rows_of_one_call_are_one_alert_with_its_units_in_their_sequence() {
    let report = dirt();
    let alert = &call(&report, "0001").alert;
    let units: Vec<&str> = alert.assignments.iter().map(|it| it.unit.as_str()).collect();
    assert_eq!(units, ["A1", "B2"]);
    assert_eq!(alert.received_at, at("2026-03-02T16:00:00Z"));
    assert_eq!(alert.assignments[0].arrived_at, Some(at("2026-03-02T16:00:50Z")));
    assert_eq!((alert.category, alert.severity), (Category::Fight, Severity::L1));
    let position = alert.place.as_ref().and_then(|place| place.position).expect("a position");
    assert_eq!((position.latitude, position.longitude), (37.5, -122.4));
}

#[test]
fn a_missing_arrival_stays_missing() {
    let report = dirt();
    let sent = &call(&report, "0002").alert.assignments[0];
    assert_eq!((sent.arrived_at, sent.en_route_at, sent.acknowledged_at), (None, None, None));
    assert_eq!(sent.dispatched_at, Some(at("2026-03-02T17:00:10Z")));
    assert_eq!(call(&report, "0002").alert.place.as_ref().and_then(|it| it.position), None);
}

#[test]
fn a_call_is_closed_by_its_last_unit_only_when_all_have_cleared() {
    let report = dirt();
    let closed = |id| call(&report, id).alert.closed_at;
    assert_eq!(closed("0001"), Some(at("2026-03-02T16:30:00Z")));
    assert_eq!(closed("0015"), None);
    assert_eq!(closed("0014"), None);
}

#[test]
fn points_out_of_order_are_kept_and_counted() {
    let report = dirt();
    let sent = &call(&report, "0012").alert.assignments[0];
    assert_eq!(sent.dispatched_at, Some(at("2026-03-02T19:59:00Z")));
    assert_eq!(report.tally.times("dispatched before received"), 1);
    assert_eq!(report.tally.times("cleared before arrived"), 1);
    assert_eq!(report.tally.times("closed before the first arrival"), 1);
}

#[test]
fn a_row_repeated_word_for_word_counts_once() {
    let report = dirt();
    assert_eq!(call(&report, "0012").alert.assignments.len(), 1);
    assert_eq!(report.tally.times("a row repeated word for word (counted once)"), 1);
}

#[test]
fn where_rows_of_one_call_differ_the_first_unit_counts() {
    let report = dirt();
    assert_eq!(call(&report, "0015").alert.received_at, at("2026-03-02T23:00:00Z"));
    let what = "rows of one call differ in received (the first unit's counts)";
    assert_eq!(report.tally.times(what), 1);
}

#[test]
fn a_code_no_table_lists_falls_back_and_is_reported() {
    let report = dirt();
    assert_eq!(call(&report, "0012").alert.severity, Category::Fight.default_severity());
    let unlisted: Vec<_> = report.tally.unlisted_values().collect();
    assert_eq!(unlisted.len(), 1, "{unlisted:?}");
    assert_eq!((unlisted[0].0, unlisted[0].1, unlisted[0].2.first_line), ("priority", "9", 16));
}

#[test]
fn ids_and_formulas_are_kept_as_text() {
    let report = dirt();
    let alert = &call(&report, "0013").alert;
    assert_eq!(alert.assignments[0].unit.as_str(), "=cmd()");
    assert_eq!(alert.place.as_ref().map(|it| it.text.as_str()), Some("=HYPERLINK(\"x\")"));
    assert!(report.calls.iter().all(|call| call.alert.source_alarm_id.starts_with("00")));
}

#[test]
fn a_call_nobody_was_sent_to_has_no_assignment() {
    let report = dirt();
    let alert = &call(&report, "0014").alert;
    assert_eq!((alert.assignments.len(), &alert.place), (0, &None));
}

#[test]
fn the_last_instant_read_is_the_end_of_the_record() {
    let report = dirt();
    let until = at("2026-03-02T23:20:00Z");
    assert!(report.calls.iter().all(|call| call.alert.observed_until == until));
}

#[test]
fn a_third_source_needs_a_mapping_and_no_code() {
    let file = in_repository("tests/data/history/example-district-gbk.csv");
    let text = std::fs::read(file).expect("the fixture");
    let report = read_text(text, &mapping("example-district.toml")).expect("a report");
    assert_eq!(report.bad_rows, []);
    let first = &call(&report, "0012026030200001").alert;
    assert_eq!(first.occurred_at, Some(at("2026-03-01T23:28:00Z")));
    assert_eq!(first.reported_at, Some(at("2026-03-01T23:29:40Z")));
    assert_eq!(first.assignments[0].acknowledged_at, Some(at("2026-03-01T23:30:20Z")));
    assert_eq!(first.disposition, Some(Disposition::HandledOnScene));
    assert_eq!(first.summary, "示例：两名学生争执");
    let position = first.place.as_ref().and_then(|it| it.position).expect("a position");
    assert!((position.longitude - 116.3913).abs() < 0.001, "converted to WGS-84: {position:?}");
    let second = &call(&report, "0012026030200002").alert;
    assert_eq!((second.source, second.severity), (Source::OneKeyAlarm, Severity::L1));
    assert_eq!(second.place.as_ref().and_then(|it| it.position), None);
    let third = &call(&report, "0012026030200003").alert;
    assert_eq!((third.assignments.len(), third.category), (0, Category::Other));
    assert_eq!(third.disposition, None);
}

#[test]
fn columns_may_stand_in_any_order_and_others_beside_them() {
    let text = "remark,point,place,priority,cleared,arrived,dispatched,received,sequence,unit,call,type,x\n\
                hm,,,1,,,,2026-03-02 10:00:00,1,A1,1,Fight,\n";
    let report = read_text(text, &per_unit()).expect("a report");
    assert_eq!(call(&report, "1").alert.severity, Severity::L1);
}

#[test]
fn a_missing_column_is_named_with_the_nearest() {
    let message = fault(HEADER.replace("dispatched", "dispached")).to_string();
    assert!(message.contains("\"dispatched\"") && message.contains("\"dispached\""), "{message}");
}

#[test]
fn a_column_twice_is_named() {
    assert!(
        matches!(fault(format!("{HEADER},call\n")), FileFault::ColumnTwice(name) if name == "call")
    );
}

#[test]
fn a_doubled_column_nobody_asks_for_does_no_harm() {
    let report = read_text(format!("{HEADER},x,x\n{ROW},,\n"), &per_unit()).expect("a report");
    assert_eq!(report.calls.len(), 1);
}

#[test]
fn an_empty_file_has_no_header() {
    assert!(matches!(fault(""), FileFault::Empty));
    assert!(matches!(fault("\n\n"), FileFault::Empty));
    assert!(matches!(fault("\u{feff}"), FileFault::Empty));
}

#[test]
fn a_header_alone_is_a_file_without_calls() {
    let report = read_text(HEADER, &per_unit()).expect("a report");
    assert_eq!((report.rows, report.calls.len(), report.bad_rows.len()), (0, 0, 0));
}

#[test]
fn a_quote_that_never_closes_is_named_with_its_line() {
    let text = format!("{HEADER}\n{ROW}\nFight,2,A1,1,\"2026-03-02 10:00:00,,,,1,,\n{ROW}\n");
    assert!(matches!(fault(text), FileFault::UnclosedQuote { line: 3 }));
    assert!(matches!(fault(format!("{HEADER}\n{ROW}\"\"\n\"")), FileFault::UnclosedQuote { .. }));
}

#[test]
fn a_quote_that_swallows_a_megabyte_is_stopped() {
    let text = format!("{HEADER}\n\"{}", "x\n".repeat(3 << 20));
    assert!(matches!(fault(text), FileFault::RowTooLong { line: 2 }));
}

#[test]
fn a_cell_too_long_for_its_field_is_a_bad_row() {
    let long = "x".repeat(4_001);
    let report = read_rows(&[&ROW.replace(",,1,,", &format!(",,1,{long},"))]);
    assert!(report.bad_rows[0].reason.contains("place is longer than 4000"), "{report}");
}

#[test]
fn mixed_line_ends_and_blank_lines_keep_the_lines_count() {
    let bad = ROW.replace("2026-03-02 10:00:00", "soon");
    let text = format!("{HEADER}\r\n{ROW}\r\n\r\n{bad}\n\n{bad}\r\n");
    let report = read_text(text, &per_unit()).expect("a report");
    let lines: Vec<u64> = report.bad_rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [4, 6]);
}

#[test]
fn a_row_after_a_cell_of_several_lines_keeps_its_line() {
    let bad = ROW.replace("2026-03-02 10:00:00", "soon");
    let tall = ROW.replace(",,1,,", ",,1,\"a\r\nb\nc\",");
    let report = read_rows(&[&tall, &bad]);
    assert_eq!(report.bad_rows[0].line, 5);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_column() {
    let report = read_text(format!("\u{feff}{HEADER}\n{ROW}\n"), &per_unit()).expect("a report");
    assert_eq!(report.calls.len(), 1);
}

#[test]
fn utf_16_with_its_mark_is_read() {
    let text = format!("\u{feff}{HEADER}\n{ROW}\n");
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let encoded: Vec<u8> = text.encode_utf16().flat_map(bytes).collect();
        assert_eq!(read_text(encoded, &per_unit()).expect("a report").calls.len(), 1);
    }
}

#[test]
fn utf_16_without_its_mark_is_named() {
    let encoded: Vec<u8> = HEADER.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(fault(encoded).to_string().contains("UTF-16"));
}

#[test]
fn a_gbk_file_read_as_utf_8_is_named_with_the_remedy() {
    let mut text = b"\xb1\xb8\xd7\xa2,".to_vec();
    text.extend(HEADER.as_bytes());
    let message = fault(text).to_string();
    assert!(message.contains("UTF-8") && message.contains("gb18030"), "{message}");
}

#[test]
fn a_cell_that_is_not_text_is_a_bad_row() {
    let mut text = format!("{HEADER}\n{ROW}\n").into_bytes();
    text.extend(b"Fight,2,A1,1,2026-03-02 10:00:00,,,,1,\xb1\xb8,\n");
    let report = read_text(text, &per_unit()).expect("a report");
    assert_eq!(report.calls.len(), 1);
    assert!(report.bad_rows[0].reason.contains("place is not UTF-8 text"), "{report}");
}

#[test]
fn the_wrong_delimiter_is_named() {
    let message = fault(HEADER.replace(',', ";")).to_string();
    assert!(message.contains("delimiter") && message.contains("';'"), "{message}");
}

#[test]
fn a_call_twice_with_other_content_is_refused_where_a_row_is_a_call() {
    let text = std::fs::read_to_string(in_repository("tests/data/mappings/example-per-unit.toml"));
    let text = text.expect("a mapping").replace("per_unit\"\nempty", "per_call\"\nempty");
    let text = text.replace("sequence = \"sequence\"\n", "");
    let mapping = Mapping::parse(&text).expect("a mapping");
    let other = ROW.replace("Fight", "Fire");
    let text = format!("{HEADER}\n{ROW}\n{ROW}\n{other}\n");
    let report = read_text(text, &mapping).expect("a report");
    assert_eq!(report.calls.len(), 0);
    assert_eq!(report.bad_rows[0].line, 4);
    assert!(report.bad_rows[0].reason.contains("line 2"), "{report}");
    assert_eq!(report.tally.times("a row repeated word for word (counted once)"), 1);
}

#[test]
fn in_the_hour_the_clock_showed_twice_a_call_does_not_run_backward() {
    let row = "Fight,1,A1,1,2026-11-01 01:50:00,2026-11-01 01:10:00,,2026-11-01 02:10:00,1,,";
    let report = read_rows(&[row]);
    let alert = &report.calls[0].alert;
    assert_eq!(alert.received_at, at("2026-11-01T08:50:00Z"));
    assert_eq!(alert.assignments[0].dispatched_at, Some(at("2026-11-01T09:10:00Z")));
    assert_eq!(alert.assignments[0].cleared_at, Some(at("2026-11-01T10:10:00Z")));
}

#[test]
fn ten_thousand_bad_rows_mean_the_wrong_mapping() {
    let bad = ROW.replace("2026-03-02 10:00:00", "soon") + "\n";
    let text = format!("{HEADER}\n{}", bad.repeat(10_001));
    let message = fault(text).to_string();
    assert!(message.contains("right mapping") && message.contains("soon"), "{message}");
}

#[test]
fn the_same_files_rows_in_another_order_are_the_same_calls() {
    let rows = [
        "Fight,1,A1,1,2026-03-02 10:00:00,2026-03-02 10:00:10,,,1,,",
        "Fight,1,A2,2,2026-03-02 10:00:00,2026-03-02 10:00:20,,,1,,",
        "Fire,2,A3,1,2026-03-02 09:00:00,2026-03-02 09:00:20,,,1,,",
    ];
    let alerts = |rows: &[&str]| -> Vec<_> {
        read_rows(rows).calls.into_iter().map(|call| call.alert).collect()
    };
    assert_eq!(alerts(&rows), alerts(&[rows[2], rows[1], rows[0]]));
}
