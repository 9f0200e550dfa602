//! What SQLite's errors mean for a journal.

use std::path::Path;

use rusqlite::{Error, ErrorCode};

use crate::{domain::record::Seq, journal::JournalError};

/// A failure to read: the storage's, or damage found at `seq`. Position 0 stands for the file as a
/// whole.
pub fn fault(path: &Path, seq: Seq, error: Error) -> JournalError {
    let remedy = match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
            "let this account read and write the data directory and its files"
        }
        Some(ErrorCode::SystemIoFailure) => "check the disk",
        Some(ErrorCode::DiskFull) => "free some space on the disk",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another program holds the file; close it"
        }
        Some(ErrorCode::OutOfMemory) => "free some memory",
        _ => return damaged(path, seq, error.to_string()),
    };
    let cause = format!("{error}; {remedy}");
    JournalError::Storage { path: path.to_owned(), cause }
}

/// Damage found at `seq`.
pub fn damaged(path: &Path, seq: Seq, what: impl Into<String>) -> JournalError {
    JournalError::Damaged { path: path.to_owned(), seq, what: what.into() }
}
