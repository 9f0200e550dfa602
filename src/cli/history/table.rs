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

/// A file's text as UTF-8, with [`END`] after it.
type Marked<R> = io::Chain<DecodeReaderBytes<R, Vec<u8>>, &'static [u8]>;

/// The rows of one file, in order.
pub struct Table<R: Read> {
    reader: csv::Reader<Lines<Marked<R>>>,
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
    pub fn open(source: R, encoding: Encoding, delimiter: Delimiter) -> Result<Self, FileFault> {
        let decoded = DecodeReaderBytesBuilder::new()
            .encoding(Some(encoding.0))
            .bom_override(true)
            .strip_bom(true)
            .utf8_passthru(true)
            .build(source);
        let (allowance, taken) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
        let lines = Lines {
            inner: decoded.chain(END.as_bytes()),
            allowance: allowance.clone(),
            taken: taken.clone(),
            after_return: false,
        };
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter.0)
            .from_reader(lines);
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
        let begins = self.reader.position().line();
        let read = self.reader.read_byte_record(&mut self.record);
        let more = read.map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) if error.get_ref().is_some_and(|it| it.is::<TooLong>()) => {
                FileFault::RowTooLong { line: begins }
            }
            csv::ErrorKind::Io(error) => FileFault::Unreadable(error),
            other => FileFault::Unreadable(io::Error::other(format!("{other:?}"))),
        })?;
        if !more {
            // The mark of the end was read as part of the row before.
            return Err(FileFault::UnclosedQuote { line: self.line });
        }
        // Blank lines before the row were skipped, so its first line is told from its last.
        let inside = self.record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        self.line = self.reader.position().line().saturating_sub(1 + inside).max(begins);
        self.ended = self.record.len() == 1 && &self.record[0] == END.trim().as_bytes();
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

/// Makes every line end `\n`, and refuses to hand out more than the allowance, so that no single
/// row grows without end.
struct Lines<R> {
    inner: R,
    allowance: Rc<Cell<u64>>,
    taken: Rc<Cell<u64>>,
    after_return: bool,
}

#[derive(Debug, thiserror::Error)]
#[error("the row is too long")]
struct TooLong;

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.taken.get() >= self.allowance.get() {
                return Err(io::Error::other(TooLong));
            }
            let read = self.inner.read(buffer)?;
            self.taken.set(self.taken.get() + read as u64);
            let kept = self.unify(&mut buffer[..read]);
            if kept > 0 || read == 0 {
                return Ok(kept);
            }
        }
    }
}

impl<R> Lines<R> {
    /// Writes `\r\n` and `\r` as `\n`, in place; returns how many bytes are left.
    fn unify(&mut self, bytes: &mut [u8]) -> usize {
        let mut kept = 0;
        for at in 0..bytes.len() {
            let byte = bytes[at];
            if byte == b'\n' && self.after_return {
                self.after_return = false;
                continue;
            }
            self.after_return = byte == b'\r';
            bytes[kept] = if self.after_return { b'\n' } else { byte };
            kept += 1;
        }
        kept
    }
}
