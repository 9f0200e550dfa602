//! How much room the disk has left. A journal that writes until nothing is left can neither fold
//! its log nor start again, so it keeps some free and says when it comes to that.

use std::{io, path::Path};

/// Too little room for more records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the disk of the data directory is almost full: {} MiB are free, {} MiB of them spoken for, and \
     {} MiB are kept free; free some space",
    free / MIB,
    wanted / MIB,
    reserve / MIB
)]
pub struct Shortage {
    /// Bytes that are free.
    pub free: u64,
    /// Bytes that are going to be written, as folding the write-ahead log is.
    pub wanted: u64,
    /// Bytes that are to stay free.
    pub reserve: u64,
}

const MIB: u64 = 1 << 20;

/// Kept free where nothing else is said: the write-ahead log, folding it, and a start.
pub const DEFAULT_RESERVE: u64 = 64 * MIB;

/// Whether what is wanted, in bytes, fits on the disk of a directory and leaves the reserve. What
/// cannot be asked is no reason to stop writing.
///
/// # Errors
/// When they do not.
pub fn check(directory: &Path, wanted: u64, reserve: u64) -> Result<(), Shortage> {
    match free(directory) {
        Ok(free) if free < reserve.saturating_add(wanted) => {
            Err(Shortage { free, wanted, reserve })
        }
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn free(directory: &Path) -> io::Result<u64> {
    let found = rustix::fs::statvfs(directory)?;
    Ok(found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(not(unix))]
fn free(_directory: &Path) -> io::Result<u64> {
    Err(io::ErrorKind::Unsupported.into())
}
