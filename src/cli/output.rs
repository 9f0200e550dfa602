//! Standard output: a reader that has seen enough is no failure.

use std::{
    fs::{File, OpenOptions},
    io::{self, ErrorKind, Write},
    path::Path,
};

use super::failure::Failure;
use crate::journal::directory::open_private;

/// Prints a text.
///
/// # Errors
/// When stdout cannot be written, other than because nobody reads on.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    finish(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()))
}

/// The end of something written.
///
/// # Errors
/// When it failed, other than because nobody reads on.
pub fn finish(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::new(format!("cannot write the output: {error}"))),
        Ok(()) => Ok(()),
    }
}

/// Makes a new file, readable by its owner only.
///
/// # Errors
/// When it is there already, or cannot be made.
pub fn create(path: &Path) -> Result<File, Failure> {
    open_private(path, OpenOptions::new().write(true).create_new(true))
        .map_err(|error| Failure::new(format!("cannot create {}: {error}", path.display())))
}
