//! A report for the terminal.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::{
    Report,
    footing::local,
    table::{Cell, Column, Kind, Section},
};

/// The whole report as text, columns in line also where letters are wide.
pub fn plain(report: &Report) -> String {
    let mut text = format!("{}\n", report.title);
    for (name, value) in &report.footing.lines {
        let _ = writeln!(text, "  {name}: {value}");
    }
    report.sections.iter().for_each(|section| block(&mut text, section));
    text
}

fn block(text: &mut String, section: &Section) {
    let _ = writeln!(text, "\n{}\n{}", section.title, section.definition);
    let head: Vec<String> = section.columns.iter().map(|column| column.title.clone()).collect();
    let rows = section.rows.iter().chain(&section.foot);
    let rows: Vec<Vec<String>> = rows.map(|row| row.iter().map(shown).collect()).collect();
    let width = |index: usize| {
        let cells = rows.iter().chain([&head]).filter_map(|row| row.get(index));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    for row in [&head].into_iter().chain(&rows) {
        let cells = row.iter().zip(&widths).zip(&section.columns);
        let line: Vec<String> =
            cells.map(|((cell, width), column)| padded(cell, *width, column)).collect();
        let _ = writeln!(text, "  {}", line.join("  ").trim_end());
    }
}

fn padded(cell: &str, width: usize, column: &Column) -> String {
    let space = " ".repeat(width.saturating_sub(cell.width()));
    match column.kind {
        Kind::Text => format!("{cell}{space}"),
        _ => format!("{space}{cell}"),
    }
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => "-".to_owned(),
        Cell::Text(text) => text.replace(['\n', '\r', '\t'], " "),
        Cell::Count(count) => count.to_string(),
        // Rounded down: 89.96 % never reads as 90.
        Cell::Share(share) => format!("{:.1}%", (share * 1000.0 + 1e-9).floor() / 10.0),
        Cell::Span(milliseconds) => format!("{:.3}", *milliseconds as f64 / 1000.0),
        Cell::Minutes(minutes) => format!("{minutes:.1}"),
        Cell::At(at) => local(*at),
    }
}
