//! A report as CSV that a spreadsheet opens as what it is: a byte order mark, texts that no
//! spreadsheet takes for a formula, one block after the other.

use std::io;

use super::{
    Report,
    footing::local,
    table::{Cell, Section},
};

/// The whole report. Shares are written in full, spans in seconds, instants in the centre's time.
///
/// # Errors
/// When a row cannot be written; to memory that does not happen.
pub fn csv(report: &Report) -> io::Result<Vec<u8>> {
    let mut table =
        csv::WriterBuilder::new().flexible(true).from_writer("\u{feff}".as_bytes().to_vec());
    line(&mut table, [&report.title])?;
    for (name, value) in &report.footing.lines {
        line(&mut table, [name, value])?;
    }
    for section in &report.sections {
        block(&mut table, section)?;
    }
    table.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn block(table: &mut csv::Writer<Vec<u8>>, section: &Section) -> io::Result<()> {
    line(table, [""])?;
    line(table, [&section.title, &section.definition])?;
    line(table, section.columns.iter().map(|column| &column.title))?;
    for row in section.rows.iter().chain(&section.foot) {
        table.write_record(row.iter().map(written))?;
    }
    Ok(())
}

fn line<T: AsRef<str>>(
    table: &mut csv::Writer<Vec<u8>>,
    cells: impl IntoIterator<Item = T>,
) -> io::Result<()> {
    table.write_record(cells.into_iter().map(|cell| defused(cell.as_ref())))?;
    Ok(())
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => String::new(),
        Cell::Text(text) => defused(text),
        Cell::Count(count) => count.to_string(),
        Cell::Share(share) => share.to_string(),
        Cell::Span(milliseconds) => {
            let sign = if *milliseconds < 0 { "-" } else { "" };
            let milliseconds = milliseconds.unsigned_abs();
            format!("{sign}{}.{:03}", milliseconds / 1000, milliseconds % 1000)
        }
        Cell::Minutes(minutes) => minutes.to_string(),
        Cell::At(at) => local(*at),
    }
}

/// What a formula begins with, and the blanks before it that are passed over. Where full-width signs
/// are typed, some spreadsheets read them as the others.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A text that no spreadsheet takes for a formula.
pub fn defused(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}
