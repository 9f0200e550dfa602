//! Files taken over by command line: how large, how long, how bad.

use std::fs;

use tempfile::TempDir;

use super::requests::{spreadsheet_of_bytes, table_of_bytes, table_of_rows};
use crate::cli::server::{binary, told};

/// Has the binary look at a file with one limit moved; what it tells where it refuses.
fn imports(what: &[&str], limit: &str, set: usize, file: &[u8]) -> Result<(), String> {
    let directory = TempDir::new().expect("a temporary directory");
    let path = directory.path().join("file");
    fs::write(&path, file).expect("written");
    let mut import = binary(&directory.path().join("data"));
    import.arg("import").args(what).arg(&path).arg("--dry-run");
    import.env(format!("CAMPUS_DISPATCH_LIMITS_{}", limit.to_uppercase()), set.to_string());
    let output = import.output().expect("it runs");
    match output.status.code() {
        Some(0) => Ok(()),
        Some(1) => Err(told(&output)),
        other => panic!("{other:?}: {}", told(&output)),
    }
}

/// Insists that the first is taken, and the second refused in words that say why.
fn one_more_is_refused(within: Result<(), String>, beyond: Result<(), String>, why: &str) {
    assert_eq!(within, Ok(()));
    let told = beyond.expect_err("one more is refused");
    assert!(told.contains(why), "{told}");
}

#[test]
fn s21_a_file_of_the_district_has_so_many_bytes_and_no_more() {
    let takes = |bytes| {
        imports(&["stations"], "district_file_max", 1_000, table_of_bytes(bytes).as_bytes())
    };
    one_more_is_refused(takes(1_000), takes(1_001), "larger than 1000 bytes; split it");
}

#[test]
fn s21_a_file_of_the_district_has_so_many_rows_and_no_more() {
    let takes =
        |rows| imports(&["stations"], "district_rows_max", 3, table_of_rows(rows).as_bytes());
    one_more_is_refused(takes(3), takes(4), "more than 3 rows; split the file");
}

#[test]
fn s21_a_spreadsheet_of_the_district_unpacks_to_so_much_and_no_more() {
    let takes = |bytes| {
        imports(&["stations"], "district_unpacked_max", 20_000, &spreadsheet_of_bytes(bytes))
    };
    one_more_is_refused(takes(20_000), takes(20_001), "unpacks to too much");
}

const MAPPING: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/mappings/example-per-unit.toml");

/// Other systems' records: calls, and rows that were never received.
fn records(calls: usize, bad: usize) -> String {
    let header = "type,call,unit,sequence,received,dispatched,arrived,cleared,priority,place,point";
    let calls = (0..calls).map(|call| format!("\nFight,{call},A1,1,2026-03-02 08:00:00,,,,1,,"));
    let bad = (0..bad).map(|call| format!("\nFight,bad-{call},A1,1,,,,,1,,"));
    header.to_owned() + &calls.chain(bad).collect::<String>() + "\n"
}

#[test]
fn s21_records_of_another_system_have_so_many_rows_and_no_more() {
    let takes = |rows| {
        let import = ["history", "--map", MAPPING];
        imports(&import, "history_rows_max", 3, records(rows, 0).as_bytes())
    };
    one_more_is_refused(takes(3), takes(4), "more than 3 rows: split it");
}

#[test]
fn s21_records_of_another_system_have_so_many_bad_rows_and_no_more() {
    let takes = |bad| {
        let import = ["history", "--skip-bad", "--map", MAPPING];
        imports(&import, "history_bad_rows_max", 2, records(1, bad).as_bytes())
    };
    one_more_is_refused(takes(2), takes(3), "more than 2 rows are bad");
}
