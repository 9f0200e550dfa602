//! A CSV file as a header and rows of text, read as a stream with bounded memory.

use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
};

use csv::{ByteRecord, ReaderBuilder};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::{
    fault::FileFault,
    form::{Delimiter, Encoding},
};

/// One row of a history is a few hundred bytes; a quote that never closes would make one of all
/// that follows.
const RECORD_BYTES_MAX: u64 = 1 << 20;

/// Follows the file's last line. Where it is not read as a row of its own, a quote is still open.
const END: &str = "\n\u{1e}end\n";

/// The rows of one file, in order.
pub struct Table<R: Read> {
    reader: csv::Reader<Bounded<io::Chain<DecodeReaderBytes<R, Vec<u8>>, &'static [u8]>>>,
    allowance: Rc<Cell<u64>>,
    taken: Rc<Cell<u64>>,
    header: Vec<String>,
    record: ByteRecord,
    line: u64,
    ended: bool,
}

impl<R: Read> Table<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// When there is none, or it is not text in the encoding.
    pub fn open(
        source: R,
        encoding: Encoding,
        delimiter: Delimiter,
    ) -> Result<Self, FileFault> {
        let decoded = DecodeReaderBytesBuilder::new()
            .encoding(Some(encoding.0))
            .bom_override(true)
            .strip_bom(true)
            .utf8_passthru(true)
            .build(source);
        let (allowance, taken) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
        let bounded = Bounded {
            inner: decoded.chain(END.as_bytes()),
            allowance: allowance.clone(),
            taken: taken.clone(),
        };
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter.0)
            .from_reader(bounded);
        let (header, record) = (Vec::new(), ByteRecord::new());
        let mut table = Self { reader, allowance, taken, header, record, line: 0, ended: false };
        if !table.advance()? {
            return Err(FileFault::Empty);
        }
        table.header = header_of(&table.record, encoding)?;
        Ok(table)
    }

    /// The names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Reads the next row; false at the end.
    ///
    /// # Errors
    /// When the file cannot be read, a row is too large, or a quote never closes.
    pub fn advance(&mut self) -> Result<bool, FileFault> {
        if self.ended {
            return Ok(false);
        }
        self.allowance.set(self.taken.get() + RECORD_BYTES_MAX);
        let lines_before = self.reader.position().line();
        let read = self.reader.read_byte_record(&mut self.record);
        let more = read.map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) if error.get_ref().is_some_and(|it| it.is::<TooLong>()) => {
                FileFault::RowTooLong { line: lines_before }
            }
            csv::ErrorKind::Io(error) => FileFault::Unreadable(error),
            other => FileFault::Unreadable(io::Error::other(format!("{other:?}"))),
        })?;
        self.line = self.record.position().map_or(lines_before, csv::Position::line);
        let end = END.trim().as_bytes();
        self.ended = !more || (self.record.len() == 1 && &self.record[0] == end);
        if self.ended && !more {
            // The mark of the end was read as part of the row before.
            return Err(FileFault::UnclosedQuote { line: self.line });
        }
        Ok(!self.ended)
    }

    /// The line in which the row begins, counted from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The row's cells.
    pub fn cells(&self) -> &ByteRecord {
        &self.record
    }
}

fn header_of(record: &ByteRecord, encoding: Encoding) -> Result<Vec<String>, FileFault> {
    if record.iter().any(|cell| cell.contains(&0)) {
        return Err(FileFault::Utf16WithoutMark);
    }
    let names = record.iter().map(|cell| {
        let text = std::str::from_utf8(cell).ok().filter(|text| !text.contains('\u{fffd}'));
        text.map(|text| text.trim().to_owned())
    });
    names.collect::<Option<_>>().ok_or(FileFault::NotInEncoding(encoding.0.name()))
}

/// Refuses to hand out more than the allowance, so that no single row grows without end.
struct Bounded<R> {
    inner: R,
    allowance: Rc<Cell<u64>>,
    taken: Rc<Cell<u64>>,
}

#[derive(Debug, thiserror::Error)]
#[error("the row is too long")]
struct TooLong;

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken.get() >= self.allowance.get() {
            return Err(io::Error::other(TooLong));
        }
        let read = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + read as u64);
        Ok(read)
    }
}
