//! A spreadsheet (XLSX) as rows of text, whatever is hidden in it (S21).
//!
//! [`packing`] unpacks every part once, within bounds, before anything interprets it: what the
//! archive says of itself is not believed. Then the first sheet's cells are read one by one, so that
//! three cells at the far ends of a sheet cost three cells.

mod packing;

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use csv::StringRecord;

pub use self::packing::UNPACKED_MAX;
use super::{Fault, Limits, Said};

/// Cells of a row that are read. Reference data has a dozen columns.
pub const COLUMNS_MAX: usize = 64;
/// Bytes of text in all cells together: one text may be named by every cell of a sheet.
pub const TEXT_MAX: usize = 32 * 1024 * 1024;
/// Beyond this a spreadsheet's numbers are no longer exact, and what is shown is rounded.
const EXACT_MAX: f64 = 1e15;

/// Whether bytes are a spreadsheet of any kind, by their first four.
pub fn is_one(bytes: &[u8]) -> bool {
    packing::is_zip(bytes) || packing::is_compound(bytes)
}

/// The rows of the first sheet that say something, each with its number in the sheet. Formulas
/// count as the value they were saved with, dates are written as 2026-02-28.
///
/// # Errors
/// Whatever keeps the file from being read as a whole, with what to do about it.
pub fn rows(bytes: &[u8], limits: Limits) -> Result<Vec<(u64, StringRecord)>, Fault> {
    packing::check(bytes, limits.unpacked_max).map_err(whole)?;
    // Who wrote the parser did not promise to survive every file; who runs the centre needs it to.
    let read = catch_unwind(AssertUnwindSafe(|| read(bytes, limits.rows_max)));
    read.unwrap_or_else(|_| {
        Err(whole(Said::new(
            "表格无法读取；请重新保存",
            "the spreadsheet cannot be read; save it anew",
        )))
    })
}

fn read(bytes: &[u8], rows_max: usize) -> Result<Vec<(u64, StringRecord)>, Fault> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let sheet = book.sheet_names().first().cloned();
    let sheet = sheet
        .ok_or_else(|| whole(Said::new("表格中没有工作表", "the spreadsheet has no sheet")))?;
    if let Some(merged) = book.merge_cells_by_sheet_name(&sheet).map_err(unreadable)?.first() {
        let line = u64::from(merged.start.0) + 1;
        let reason = Said::new(
            "此处有合并单元格；请取消合并并逐行填写",
            "cells are merged here; unmerge them and fill in each row",
        );
        return Err(Fault { line, reason });
    }
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(unreadable)?;
    let mut rows = Rows { rows_max, ..Rows::default() };
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let line = u64::from(row) + 1;
        let text = text(cell.get_value()).map_err(|reason| Fault { line, reason })?;
        rows.take(line, column as usize, &text)?;
    }
    rows.finish()
}

/// The rows as they come together.
#[derive(Default)]
struct Rows {
    rows_max: usize,
    done: Vec<(u64, StringRecord)>,
    line: u64,
    cells: Vec<String>,
    text_bytes: usize,
}

impl Rows {
    fn take(&mut self, line: u64, column: usize, text: &str) -> Result<(), Fault> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let refused = |reason: Said| Err(Fault { line, reason });
        if column >= COLUMNS_MAX {
            return refused(Said::new(
                format!("有单元格超出第 {COLUMNS_MAX} 列；请删除"),
                format!("a cell beyond column {COLUMNS_MAX}; remove it"),
            ));
        }
        if line < self.line {
            return refused(Said::new(
                "工作表的行顺序错乱；请重新保存文件",
                "the sheet's rows are out of order; save the file anew",
            ));
        }
        if line > self.line {
            self.end_row();
            self.line = line;
            // The header is a row too.
            if self.done.len() > self.rows_max {
                return refused(Said::new(
                    format!("超过 {} 行，请拆分文件", self.rows_max),
                    format!("more than {} rows; split the file", self.rows_max),
                ));
            }
        }
        self.text_bytes += text.len();
        if self.text_bytes > TEXT_MAX {
            return refused(Said::new(
                "文字超过 32 MiB，请拆分文件",
                "more than 32 MiB of text; split the file",
            ));
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        text.clone_into(&mut self.cells[column]);
        Ok(())
    }

    fn end_row(&mut self) {
        if !self.cells.is_empty() {
            self.done.push((self.line, StringRecord::from(std::mem::take(&mut self.cells))));
        }
    }

    /// Rows are filled up to the header's width: a sheet leaves empty cells out.
    fn finish(mut self) -> Result<Vec<(u64, StringRecord)>, Fault> {
        self.end_row();
        let width = self.done.first().map_or(0, |(_, header)| header.len());
        for (_, row) in &mut self.done {
            (row.len()..width).for_each(|_| row.push_field(""));
        }
        Ok(self.done)
    }
}

/// What a cell says, as a person would have typed it.
fn text(value: &DataRef<'_>) -> Result<String, Said> {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => self::number(*number),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::DateTime(moment) if moment.is_duration() => number(moment.as_f64()),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) == (0, 0, 0) {
                date
            } else {
                format!("{date} {hour:02}:{minute:02}:{second:02}")
            }
        }
        DataRef::Error(error) => {
            return Err(Said::new(
                format!("有单元格为错误值 {error}；请改正"),
                format!("a cell holds the error {error}; mend it"),
            ));
        }
    })
}

/// A number in full as long as it is exact, else as the spreadsheet shows it, so that an id which
/// has lost digits is seen to have.
fn number(number: f64) -> String {
    if number.abs() < EXACT_MAX {
        return number.to_string();
    }
    let scientific = format!("{number:E}");
    if scientific.contains("E-") { scientific } else { scientific.replace('E', "E+") }
}

fn whole(reason: Said) -> Fault {
    Fault { line: 1, reason }
}

fn unreadable(error: XlsxError) -> Fault {
    match error {
        XlsxError::Password => whole(packing::encrypted()),
        error => whole(Said::new(
            format!("表格无法读取（{error}）；请重新保存为 .xlsx"),
            format!("the spreadsheet cannot be read ({error}); save it anew as .xlsx"),
        )),
    }
}
