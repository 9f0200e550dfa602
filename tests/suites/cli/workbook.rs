//! The catalogue of spreadsheets (S21): what is read from one, and what is refused unread.

use std::{
    fs,
    io::{Cursor, Write},
    process::{Command, Output},
};

use campus_dispatch::{
    cli::{
        data_directory::Draft,
        district::{Fault, Noun, Tally, propose, workbook},
        limits::Limits,
    },
    domain::{Channel, State},
};
use tempfile::TempDir;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A spreadsheet in the making: its parts by name.
pub struct Book {
    parts: Vec<(String, Vec<u8>)>,
}

impl Book {
    /// One sheet, with what stands under `worksheet`.
    pub fn of(sheet: &str) -> Self {
        Self::with(sheet, "", "")
    }

    fn with(sheet: &str, workbook: &str, shared: &str) -> Self {
        let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006";
        let parts = [
            ("[Content_Types].xml", format!(r#"<Types xmlns="{package}/content-types"/>"#)),
            (
                "_rels/.rels",
                format!(
                    r#"<Relationships xmlns="{package}/relationships"><Relationship Id="a" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    r#"<workbook xmlns="{MAIN}" xmlns:r="{relations}">{workbook}<sheets><sheet name="示例" sheetId="1" r:id="s"/></sheets></workbook>"#
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    r#"<Relationships xmlns="{package}/relationships"><Relationship Id="s" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
                ),
            ),
            (
                "xl/styles.xml",
                format!(
                    r#"<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
                ),
            ),
            ("xl/sharedStrings.xml", format!(r#"<sst xmlns="{MAIN}">{shared}</sst>"#)),
            (
                "xl/worksheets/sheet1.xml",
                format!(r#"<worksheet xmlns="{MAIN}">{sheet}</worksheet>"#),
            ),
        ];
        let parts = parts.into_iter().map(|(name, text)| (name.to_owned(), text.into()));
        Self { parts: parts.collect() }
    }

    fn and(mut self, name: &str, bytes: Vec<u8>) -> Self {
        self.parts.push((name.to_owned(), bytes));
        self
    }

    /// Bytes of all its parts.
    pub fn unpacked(&self) -> usize {
        self.parts.iter().map(|(_, bytes)| bytes.len()).sum()
    }

    pub fn packed(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, bytes) in &self.parts {
            zip.start_file(name.as_str(), options).expect("a part");
            zip.write_all(bytes).expect("written");
        }
        zip.finish().expect("packed").into_inner()
    }
}

/// Rows of text cells.
fn rows_of(rows: &[&[&str]]) -> String {
    let mut text = String::from("<sheetData>");
    for (index, cells) in rows.iter().enumerate() {
        let line = index + 1;
        text += &format!(r#"<row r="{line}">"#);
        for (column, cell) in ('A'..).zip(*cells) {
            text += &format!(r#"<c r="{column}{line}" t="inlineStr"><is><t>{cell}</t></is></c>"#);
        }
        text += "</row>";
    }
    text + "</sheetData>"
}

const HEADER: &[&str] = &["学校编号", "学校名称", "学校类型", "区域"];

/// The header and one row whose first cell is given.
fn sheet_with_id(cell: &str) -> String {
    let sheet = rows_of(&[HEADER, &["ID", "示例小学", "小学", "A"]]);
    sheet.replace(r#"<c r="A2" t="inlineStr"><is><t>ID</t></is></c>"#, cell)
}

fn schools(bytes: &[u8]) -> Result<(Tally, State), Vec<Fault>> {
    let mut draft = Draft::on(State::default(), Channel::Import);
    let tally = propose(Noun::School, bytes, Limits::default().district(), &mut draft)?;
    Ok((tally, draft.state().clone()))
}

/// The one fault of a file.
fn fault(bytes: &[u8]) -> String {
    let mut faults = schools(bytes).expect_err("a fault");
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.remove(0).reason.en
}

#[test]
fn s21_ids_are_read_as_they_stand_in_the_sheet() {
    for (cell, id) in [
        (r#"<c r="A2" t="inlineStr"><is><t>0012</t></is></c>"#, "0012"),
        (r#"<c r="A2"><v>1234567890</v></c>"#, "1234567890"),
        (r#"<c r="A2" t="str"><f>CONCAT("S","1")</f><v>S1</v></c>"#, "S1"),
        (r#"<c r="A2"><f>6*7</f><v>42</v></c>"#, "42"),
        (r#"<c r="A2" s="1"><v>46081</v></c>"#, "2026-02-28"),
    ] {
        let (tally, state) = schools(&Book::of(&sheet_with_id(cell)).packed()).expect(cell);
        assert_eq!(tally.added, 1);
        assert!(state.schools.contains_key(&id.into()), "{id}: {:?}", state.schools.keys());
    }
}

#[test]
fn s21_dates_count_from_1904_where_the_workbook_says_so() {
    let sheet = sheet_with_id(r#"<c r="A2" s="1"><v>44619</v></c>"#);
    let book = Book::with(&sheet, r#"<workbookPr date1904="1"/>"#, "");
    let (_, state) = schools(&book.packed()).expect("a school");
    assert!(state.schools.contains_key(&"2026-02-28".into()), "{:?}", state.schools.keys());
}

#[test]
fn s21_three_cells_at_the_ends_of_a_sheet_cost_three_cells() {
    let sheet = format!(
        r#"<dimension ref="A1:XFD1048576"/>{}"#,
        rows_of(&[HEADER]).replace(
            "</sheetData>",
            r#"<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>"#
        )
    );
    let faults = schools(&Book::of(&sheet).packed()).expect_err("no name");
    assert_eq!((faults[0].line, faults[0].reason.as_str()), (1_048_576, "name is empty"));
    let wide = sheet.replace("A1048576\"><v>", "XFD1048576\"><v>");
    assert!(fault(&Book::of(&wide).packed()).contains("beyond column 64"));
}

#[test]
fn s21_what_a_spreadsheet_must_not_hold_is_refused() {
    let good = sheet_with_id(r#"<c r="A2"><v>12</v></c>"#);
    let cell = |cell: &str| Book::of(&sheet_with_id(cell)).packed();
    let merged = format!(r#"{good}<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>"#);
    let hidden = good.replace("<sheetData>", "<!-- <a> --><sheetData>");
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("a rounded id", cell(r#"<c r="A2"><v>1.2E+17</v></c>"#), "rounded"),
        ("a rounded id in full", cell(r#"<c r="A2"><v>120000000000000000</v></c>"#), "rounded"),
        ("an error", cell(r#"<c r="A2" t="e"><v>#N/A</v></c>"#), "error"),
        ("a formula as text", cell(r#"<c r="A2" t="str"><v>=1+1</v></c>"#), "formula"),
        ("merged cells", Book::of(&merged).packed(), "unmerge"),
        ("a comment", Book::of(&hidden).packed(), "no spreadsheet writes"),
        ("macros", Book::of(&good).and("xl/vbaProject.bin", vec![1]).packed(), "macros"),
        ("a password", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "password"),
        ("another archive", packed_alone("readme.txt", b"hello"), "no .xlsx"),
        ("an empty archive", b"PK\x05\x06".iter().copied().chain([0; 18]).collect(), "no .xlsx"),
        (
            "a picture too large",
            Book::of(&good).and("xl/a.png", noise(5 << 20)).packed(),
            "too much",
        ),
        (
            "too many parts",
            (0..1_000)
                .fold(Book::of(&good), |book, n| book.and(&format!("x/{n}"), vec![]))
                .packed(),
            "more than 1000 parts",
        ),
        ("no header's row", Book::of("<sheetData/>").packed(), "no rows"),
        ("no sheet", Book::of(&good).packed_without("xl/worksheets/sheet1.xml"), "cannot be read"),
    ];
    for (name, bytes, told) in cases {
        let reason = fault(&bytes);
        assert!(reason.contains(told), "{name}: {reason}");
    }
}

#[test]
fn s21_rows_are_taken_up_to_the_bound_and_no_further() {
    let sheet = |rows: usize| {
        let rows: String = (1..=rows)
            .map(|n| format!(r#"<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>"#))
            .collect();
        Book::of(&format!("<sheetData>{rows}</sheetData>")).packed()
    };
    let limits = Limits::default().district();
    let header_and_rows = limits.rows_max + 1;
    let read = workbook::rows(&sheet(header_and_rows), limits).expect("header and 50,000 rows");
    assert_eq!(read.len(), header_and_rows);
    let fault = workbook::rows(&sheet(header_and_rows + 1), limits).expect_err("one more");
    assert!(fault.reason.contains("more than 50000 rows"), "{fault:?}");
}

/// What no spreadsheet comes near is fixed: its reader's memory rests on it.
#[test]
fn s21_each_ceiling_of_a_spreadsheet_is_reached_and_not_passed() {
    /// Markup of so many bytes.
    fn tags(length: usize) -> Vec<u8> {
        let text = "x".repeat(length % 3);
        ("<a>".repeat(length / 3) + &text).into()
    }
    fn with(name: &str, bytes: Vec<u8>) -> Book {
        Book::of(&rows_of(&[HEADER])).and(name, bytes)
    }
    fn cell(column: &str, text: &str) -> Book {
        let cell = format!(r#"<c r="{column}1" t="inlineStr"><is><t>{text}</t></is></c>"#);
        Book::of(&format!(r#"<sheetData><row r="1">{cell}</row></sheetData>"#))
    }
    type Make = fn(usize) -> Book;
    let cases: [(&str, usize, Make, &str); 7] = [
        ("columns", 64, |n| cell(if n == 64 { "BL" } else { "BM" }, "示例"), "beyond column 64"),
        (
            "parts",
            1_000,
            |n| {
                (7..n).fold(Book::of(&rows_of(&[HEADER])), |book, n| {
                    book.and(&format!("x/{n}"), vec![])
                })
            },
            "more than 1000 parts",
        ),
        ("bytes of a sheet", 48 << 20, |n| with("xl/worksheets/sheet2.xml", tags(n)), "too much"),
        ("bytes of a part", 12 << 20, |n| with("xl/theme.xml", tags(n)), "too much"),
        ("bytes of a picture", 4 << 20, |n| with("xl/a.png", vec![0; n]), "too much"),
        (
            "bytes from one tag to the next",
            256 << 10,
            |n| with("xl/theme.xml", [b"<".to_vec(), vec![b'a'; n]].concat()),
            "no spreadsheet writes",
        ),
        (
            "bytes of text",
            32 << 20,
            |n| {
                let (long, rest) = (32_000, n % 32_000);
                let rows: String = (1..=n / long)
                    .map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#))
                    .collect();
                let rest = format!(
                    r#"<row r="2000"><c r="A2000" t="inlineStr"><is><t>{}</t></is></c></row>"#,
                    "x".repeat(rest)
                );
                let shared = format!("<si><t>{}</t></si>", "x".repeat(long));
                Book::with(&format!("<sheetData>{rows}{rest}</sheetData>"), "", &shared)
            },
            "32 MiB of text",
        ),
    ];
    let limits = Limits::default().district();
    for (name, most, book, told) in cases {
        let taken = workbook::rows(&book(most).packed(), limits);
        assert!(taken.is_ok(), "{name}: {:?}", taken.err());
        let fault = workbook::rows(&book(most + 1).packed(), limits).expect_err(name);
        assert!(fault.reason.contains(told), "{name}: {fault:?}");
    }
}

#[test]
fn s21_a_damaged_file_is_refused_or_read_and_never_more() {
    let whole = Book::of(&sheet_with_id(r#"<c r="A2"><v>12</v></c>"#)).packed();
    schools(&whole).expect("whole");
    for length in 0..whole.len() {
        assert!(schools(&whole[..length]).is_err(), "cut at {length}");
    }
    for at in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        // A flipped bit may lie where nothing is read; what is read is what was written.
        if let Ok((_, state)) = schools(&flipped) {
            assert!(state.schools.contains_key(&"12".into()), "flipped at {at}");
        }
    }
}

/// Files that cost much where they are believed, each in a process that has 150 MiB.
#[test]
fn s21_no_spreadsheet_takes_more_than_150_mib() {
    let zeros = |length: usize| vec![b' '; length];
    let rows_with_one_text: String = (1..=50_000)
        .map(|n| format!(r#"<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>"#))
        .collect();
    let long = format!("<si><t>{}</t></si>", "x".repeat(32_767));
    let cell = |length| {
        let runs = "<r><t>示例</t></r>".repeat(length);
        format!(
            r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row></sheetData>"#
        )
    };
    let many = "<si/>".repeat(2_600_000);
    let bomb = Book::of("<sheetData/>").and("xl/worksheets/sheet2.xml", zeros(200 << 20)).packed();
    let mut lying = bomb.clone();
    // The directory says that the largest part is small.
    let size = u32::to_le_bytes(200 << 20);
    let at = lying.windows(4).rposition(|window| window == size).expect("the size");
    lying[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    let sheet = format!("<sheetData>{rows_with_one_text}</sheetData>");
    let cases = [
        ("a bomb", bomb, "no spreadsheet writes"),
        ("a lying size", lying, "damaged"),
        (
            "many bombs",
            (2..10)
                .fold(Book::of("<sheetData/>"), |book, n| {
                    book.and(&format!("xl/worksheets/sheet{n}.xml"), "<a>".repeat(5 << 20).into())
                })
                .packed(),
            "too much",
        ),
        ("one text in every row", Book::with(&sheet, "", &long).packed(), "32 MiB of text"),
        ("one cell of many runs", Book::of(&cell(1_800_000)).packed(), "no rows"),
        ("two million texts", Book::with("<sheetData/>", "", &many).packed(), "too much"),
        (
            "as many texts as fit",
            Book::with("<sheetData/>", "", &many[..2_300_000 * 5]).packed(),
            "no rows",
        ),
    ];
    let directory = TempDir::new().expect("a temporary directory");
    for (name, bytes, told) in cases {
        let file = directory.path().join("table.xlsx");
        fs::write(&file, &bytes).expect("written");
        let output = import_within(150, &file);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{name}: {said}");
        assert!(said.contains(told) && !said.contains("panicked"), "{name}: {said}");
    }
}

/// Imports schools, dry, with so much memory.
fn import_within(mebibytes: u64, file: &std::path::Path) -> Output {
    Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -d {}; exec \"$0\" \"$@\"", mebibytes * 1024))
        .arg(env!("CARGO_BIN_EXE_campus-dispatch"))
        .args(["import", "schools", "--dry-run", "--data"])
        .arg(file.with_extension("data"))
        .arg(file)
        .output()
        .expect("run")
}

impl Book {
    fn packed_without(mut self, name: &str) -> Vec<u8> {
        self.parts.retain(|(part, _)| part != name);
        self.packed()
    }
}

fn packed_alone(name: &str, bytes: &[u8]) -> Vec<u8> {
    Book { parts: vec![(name.to_owned(), bytes.to_vec())] }.packed()
}

/// Bytes that do not pack.
fn noise(length: usize) -> Vec<u8> {
    let mut seed = 1_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    (0..length).map(|_| next()).collect()
}

#[test]
fn s21_a_file_has_10_mib_and_not_a_byte_more() {
    let directory = TempDir::new().expect("a temporary directory");
    let file = directory.path().join("schools.csv");
    for (length, told) in [(10 << 20, "the file is empty"), ((10 << 20) + 1, "larger than 10 MiB")]
    {
        fs::write(&file, vec![b' '; length]).expect("written");
        let output = import_within(150, &file);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(told), "{length}: {said}");
    }
}
