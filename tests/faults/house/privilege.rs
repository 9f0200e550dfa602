//! What needs root, or a program that is not there.

use std::{env, fmt, path::Path};

/// Something a row needs is not permitted here.
#[derive(Debug)]
pub struct NotPermitted(pub String);

impl NotPermitted {
    /// Whether the run was started knowing that.
    pub fn is_excused(&self) -> bool {
        env::var("FAULTS_UNPRIVILEGED").is_ok_and(|told| told == "1")
    }
}

impl fmt::Display for NotPermitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; FAULTS_UNPRIVILEGED=1 counts this row as not tried", self.0)
    }
}

impl std::error::Error for NotPermitted {}

/// Refuses to go on without root.
///
/// # Errors
/// [`NotPermitted`].
pub fn need_root(what: &str) -> Result<(), NotPermitted> {
    if rustix::process::geteuid().is_root() {
        return Ok(());
    }
    Err(NotPermitted(format!("{what} needs root")))
}

/// Refuses to go on without a program.
///
/// # Errors
/// [`NotPermitted`].
pub fn need_program(program: &str, package: &str) -> Result<(), NotPermitted> {
    let paths = env::var_os("PATH").unwrap_or_default();
    let mut places = env::split_paths(&paths).collect::<Vec<_>>();
    places.extend(["/usr/sbin", "/sbin"].map(Into::into));
    if places.iter().any(|place| Path::new(place).join(program).is_file()) {
        return Ok(());
    }
    Err(NotPermitted(format!("{program} is missing: install {package}")))
}
