//! What can be wrong with a file as a whole. Each is one line with its remedy.

use std::io;

/// Why a file cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    #[error("{0}")]
    Unreadable(#[source] io::Error),
    #[error("the file is empty: the first line must name the columns")]
    Empty,
    #[error("the file looks like UTF-16 without a byte order mark: save it as UTF-8")]
    Utf16WithoutMark,
    #[error(
        "the header is not {0} text: set encoding in the mapping (gbk or gb18030 for most files \
         saved by Excel on a Chinese system)"
    )]
    NotInEncoding(&'static str),
    #[error("the header has no column {name:?}{}", hint(nearest.as_deref()))]
    ColumnMissing { name: String, nearest: Option<String> },
    #[error("the header has no column {name:?}, but a {found:?}: set delimiter in the mapping")]
    Delimiter { name: String, found: char },
    #[error("the header names the column {0:?} twice: rename one of them")]
    ColumnTwice(String),
    #[error("line {line}: a quote opens in this row and never closes")]
    UnclosedQuote { line: u64 },
    #[error("line {line}: the row is longer than 1 MiB; most likely a quote never closes")]
    RowTooLong { line: u64 },
    #[error("the file has more than {0} rows: split it")]
    TooManyRows(u64),
    #[error("more than {0} rows are bad: is this the right mapping? The first: {1}")]
    TooManyBadRows(usize, String),
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map(|name| format!("; did you mean {name:?}?")).unwrap_or_default()
}
