//! Files that hold secrets.

use std::path::Path;

use super::failure::Failure;

/// Refuses a secret that others than its owner can read.
///
/// # Errors
/// With the command that takes it from them.
pub fn refuse_if_shared(path: &Path) -> Result<(), Failure> {
    refuse(path, 0o077, "by others", "600")
}

/// Refuses a secret that everybody can read; a group, such as the one for certificates, may.
///
/// # Errors
/// With the command that takes it from them.
pub fn refuse_if_readable_by_all(path: &Path) -> Result<(), Failure> {
    refuse(path, 0o007, "by everybody", "o=")
}

#[cfg(unix)]
fn refuse(path: &Path, bits: u32, whom: &str, mode: &str) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    let shared =
        std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & bits != 0);
    if shared {
        let shown = path.display();
        return Err(Failure::usage(format!(
            "{shown} can be read {whom}; take it from them with `chmod {mode} {shown}`"
        )));
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse(_path: &Path, _bits: u32, _whom: &str, _mode: &str) -> Result<(), Failure> {
    Ok(())
}
