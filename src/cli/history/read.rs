//! Reads a file of dispatch records as a mapping understands it.

use std::io::Read;

use super::{
    columns::Columns,
    fault::FileFault,
    gather::{self, Gathering},
    mapping::Mapping,
    report::{BadRow, Report},
    row::RowReader,
    table::Table,
};
use crate::{cli::limits::Limits, domain::Timestamp};

/// Reads everything `source` holds, as far as the limits go. Bad rows are reported, each with its
/// line; the rest is read all the same, so that one reading tells all that is wrong.
///
/// # Errors
/// When the file as a whole cannot be understood.
pub fn read(
    source: impl Read,
    mapping: &Mapping,
    limits: Limits,
    now: Timestamp,
) -> Result<Report, FileFault> {
    let mut table = Table::open(source, mapping.encoding, mapping.delimiter)?;
    let columns = Columns::find(mapping, table.header())?;
    let reader = RowReader { mapping, columns, now };
    let mut gathering = Gathering::new(mapping);
    let mut report = Report::default();
    let mut last = Timestamp::from_millis(0);
    while table.advance()? {
        report.rows += 1;
        if report.rows > limits.history_rows_max {
            return Err(FileFault::TooManyRows(limits.history_rows_max));
        }
        match gather::take_row(&reader, &table, &mut gathering, &mut report.tally) {
            Ok(instant) => last = last.max(instant),
            Err(reason) => {
                let line = table.line();
                if let Ok(id) = reader.id(table.cells()) {
                    gathering.spoil(id, line);
                }
                report.bad_rows.push(BadRow { line, reason });
            }
        }
        if report.bad_rows.len() > limits.history_bad_rows_max {
            let first = report.bad_rows[0].to_string();
            return Err(FileFault::TooManyBadRows(limits.history_bad_rows_max, first));
        }
    }
    let outcome = gathering.finish(last, &mut report.tally);
    report.calls = outcome.calls;
    report.left_out = outcome.left_out;
    Ok(report)
}
