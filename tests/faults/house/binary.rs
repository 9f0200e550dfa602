//! The binary that is hurt.

use std::{
    env,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, bail};
use tokio::process::Command;

/// `CAMPUS_BINARY`, else the one built with this test.
pub fn path() -> PathBuf {
    let named = env::var_os("CAMPUS_BINARY").filter(|path| !path.is_empty());
    named.map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_campus-dispatch")), PathBuf::from)
}

/// It, on a data directory.
pub fn binary(data: &Path) -> Command {
    under(&[], data)
}

/// It, run by another program with its arguments.
pub fn under(wrapper: &[&str], data: &Path) -> Command {
    let mut command = match wrapper.split_first() {
        Some((program, arguments)) => {
            let mut command = Command::new(program);
            command.args(arguments).arg(path());
            command
        }
        None => Command::new(path()),
    };
    // Away from the environment of whoever runs the tests.
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("CAMPUS_") {
            command.env_remove(name);
        }
    }
    // A line per request would be half the load.
    command.env("CAMPUS_DISPATCH_LOG", "warn");
    command.arg("--data").arg(data).stdin(Stdio::null()).kill_on_drop(true);
    command
}

/// Runs it to a good end; its stdout.
///
/// # Errors
/// When it ends otherwise, with what it told.
pub async fn run(data: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = binary(data).args(arguments).output().await.context("the binary starts")?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        bail!("{arguments:?} ended with {}: {}", output.status, told.trim());
    }
    String::from_utf8(output.stdout).context("stdout in UTF-8")
}
