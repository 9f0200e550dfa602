//! Standard output: a reader that has seen enough is no failure.

use std::io::{self, ErrorKind, Write};

use super::failure::Failure;

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
