//! A report written to a file.

use std::{io::Write, path::Path};

use crate::{
    cli::{failure::Failure, output},
    statistics::report::{Report, csv, plain, xlsx},
};

/// The form of a file, as its ending says.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    Xlsx,
    Csv,
    Json,
    Text,
}

impl Form {
    /// # Errors
    /// When the ending is none of these.
    pub fn of(path: &Path) -> Result<Self, Failure> {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("xlsx") => Ok(Self::Xlsx),
            Some("csv") => Ok(Self::Csv),
            Some("json") => Ok(Self::Json),
            Some("txt") => Ok(Self::Text),
            _ => Err(Failure::usage("--out must end in .xlsx, .csv, .json or .txt")),
        }
    }

    /// Its name in the record of access.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Text => "txt",
        }
    }

    /// The report in this form.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn bytes(self, report: &Report) -> Result<Vec<u8>, Failure> {
        let failed = |error: String| Failure::new(format!("cannot make the report: {error}"));
        match self {
            Self::Xlsx => xlsx(report).map_err(|error| failed(error.to_string())),
            Self::Csv => csv(report).map_err(|error| failed(error.to_string())),
            Self::Json => {
                serde_json::to_vec_pretty(report).map_err(|error| failed(error.to_string()))
            }
            Self::Text => Ok(plain(report).into_bytes()),
        }
    }
}

/// Writes a new file, readable by its owner only.
///
/// # Errors
/// When it is there already or cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = output::create(path)?.write_all(bytes);
    written.map_err(|error| Failure::new(format!("cannot write {}: {error}", path.display())))
}
