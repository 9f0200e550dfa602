//! How a command line run fails: one line with the remedy, and an exit code a script can tell apart.

use std::{fmt, process::ExitCode};

use crate::journal::JournalError;

/// Why the process ends with something other than 0. Documented in `--help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Anything not below.
    Failure = 1,
    /// What was asked for, in arguments, environment or configuration, is not possible.
    Usage = 2,
    /// Another process has the data directory.
    InUse = 3,
    /// The journal, or a proof made from it, is not what was written.
    Damaged = 4,
    /// The storage failed while serving.
    Storage = 5,
}

/// A failure as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub exit: Exit,
    pub message: String,
}

impl Failure {
    /// A plain failure.
    pub fn new(message: impl fmt::Display) -> Self {
        Self { exit: Exit::Failure, message: message.to_string() }
    }

    /// Something asked for that is not possible.
    pub fn usage(message: impl fmt::Display) -> Self {
        Self { exit: Exit::Usage, message: message.to_string() }
    }

    /// The storage failed under a running server.
    pub fn while_serving(error: &JournalError) -> Self {
        Self {
            exit: Exit::Storage,
            message: format!("{error}. Stopped so that nothing is promised that is not on disk"),
        }
    }

    /// The failure as the process's end, told on stderr.
    pub fn report(&self) -> ExitCode {
        eprintln!("campus-dispatch: {self}");
        ExitCode::from(self.exit as u8)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        let exit = match &error {
            JournalError::InUse { .. } => Exit::InUse,
            JournalError::Damaged { .. } => Exit::Damaged,
            _ => Exit::Failure,
        };
        Self { exit, message: error.to_string() }
    }
}
