//! `openapi`: the API's document, as the server shows it.

use std::process::ExitCode;

use super::{failure::Failure, output};

/// Runs `openapi`.
///
/// # Errors
/// When stdout cannot be written.
pub fn run() -> Result<ExitCode, Failure> {
    output::print(&crate::web::openapi_document())?;
    Ok(ExitCode::SUCCESS)
}
