//! What a file of a report says, read by somebody else's reader.

use std::{collections::BTreeSet, io::Cursor};

use calamine::{Data, DataType, Reader, Xlsx, open_workbook_from_rs};
use serde_json::Value;

/// A sheet of a workbook, row by row.
pub fn sheet(workbook: &[u8], title: &str) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> =
        open_workbook_from_rs(Cursor::new(workbook.to_vec())).expect("a workbook");
    let range = workbook.worksheet_range(title).expect("the section's sheet");
    let (last_row, last_column) = range.end().expect("cells");
    let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    (0..=last_row).map(|row| (0..=last_column).map(|column| cell(row, column)).collect()).collect()
}

/// Every text of a workbook, none of which is a formula.
pub fn texts_without_formulas(workbook: &[u8]) -> BTreeSet<String> {
    let mut workbook: Xlsx<_> =
        open_workbook_from_rs(Cursor::new(workbook.to_vec())).expect("a workbook");
    let mut texts = BTreeSet::new();
    for title in workbook.sheet_names() {
        let formulas = workbook.worksheet_formula(&title).expect("a sheet");
        let formulas: Vec<_> = formulas.used_cells().collect();
        assert!(formulas.is_empty(), "{title}: {formulas:?}");
        let range = workbook.worksheet_range(&title).expect("a sheet");
        texts.extend(range.used_cells().filter_map(|(_, _, cell)| cell.as_string()));
    }
    texts
}

fn records(csv: &[u8]) -> Vec<csv::StringRecord> {
    let text = std::str::from_utf8(csv).expect("UTF-8");
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let reader =
        csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
    reader.into_records().map(|it| it.expect("CSV")).collect()
}

/// Every cell of a CSV file.
pub fn cells(csv: &[u8]) -> Vec<String> {
    records(csv).iter().flat_map(|record| record.iter().map(str::to_owned)).collect()
}

/// Whether a spreadsheet that reads a table may take a text for a formula.
pub fn begins_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Asserts that every figure of a section, as the API tells it, stands on its sheet and in the CSV.
pub fn agrees(section: &Value, workbook: &[u8], csv: &[u8]) {
    let records = records(csv);
    let title = section["title"].as_str().expect("a title");
    let block = records.iter().position(|record| &record[0] == title).expect("its block") + 2;
    let sheet = sheet(workbook, title);
    let columns = section["columns"].as_array().expect("columns");
    let rows = section["rows"].as_array().expect("rows").iter();
    let rows = rows.chain(section["foot"].as_array().expect("a foot"));
    for (at, row) in rows.enumerate() {
        for (index, column) in columns.iter().enumerate() {
            let place = format!("{title}, row {at}, {}", column["key"]);
            let (told, kind) = (&row[index], column["kind"].as_str().expect("a kind"));
            let in_sheet = &sheet[4 + at][index];
            let in_csv = records[block + at].get(index).unwrap_or_default();
            assert_cell(told, kind, in_sheet, in_csv, &place);
        }
    }
}

fn assert_cell(told: &Value, kind: &str, in_sheet: &Data, in_csv: &str, place: &str) {
    let number = || match in_sheet {
        Data::Float(number) => *number,
        Data::Int(number) => *number as f64,
        Data::DateTime(at) => at.as_f64(),
        other => panic!("{place}: {other:?} is no number"),
    };
    let close = |one: f64, other: f64| (one - other).abs() <= 1e-9 * other.abs().max(1.0);
    match (told, kind) {
        (Value::Null, _) => {
            assert!(matches!(in_sheet, Data::Empty), "{place}: {in_sheet:?}");
            assert_eq!(in_csv, "", "{place}");
        }
        (Value::String(text), "text") => {
            let written = if text.is_empty() { Data::Empty } else { Data::String(text.clone()) };
            let is_blank = text.is_empty() && *in_sheet == Data::String(String::new());
            assert!(is_blank || *in_sheet == written, "{place}: {in_sheet:?}");
            let defused = in_csv.strip_prefix('\'').filter(|rest| begins_a_formula(rest));
            assert_eq!(defused.unwrap_or(in_csv), text, "{place}");
        }
        (Value::String(at), "instant") => {
            let at = campus_dispatch::domain::Timestamp::parse(at).expect("an instant");
            let local = (at.millis() + 8 * 3_600_000) as f64 / 86_400_000.0 + 25_569.0;
            assert!((number() - local).abs() < 1e-8, "{place}: {}", number());
            assert_eq!(in_csv.len(), "2026-03-02 07:30:00.000".len(), "{place}");
        }
        (told, "span") => {
            let told = told.as_f64().expect("milliseconds");
            assert!((number() * 86_400_000.0 - told).abs() < 0.5, "{place}: {}", number());
            assert!(close(in_csv.parse::<f64>().expect("seconds") * 1000.0, told), "{place}");
        }
        (told, _) => {
            let told = told.as_f64().expect("a number");
            assert!(close(number(), told), "{place}: {}", number());
            assert!(close(in_csv.parse().expect("a number"), told), "{place}: {in_csv}");
        }
    }
}
