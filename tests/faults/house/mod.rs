//! A centre of its own: a data directory with a district and accounts, an address that outlives
//! restarts, and the real binary on both.

pub mod binary;
pub mod clocks;
pub mod district;
pub mod limits;
pub mod mount;
pub mod port;
pub mod privilege;
pub mod process;
pub mod server;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::Context;
use tempfile::TempDir;

use self::{binary::binary, district::Template, port::Port};
pub use self::{district::Roster, server::Server};
use crate::history::{Account, Caller};

/// A centre; its directory goes with it.
pub struct House {
    pub data: PathBuf,
    pub roster: Arc<Roster>,
    port: Port,
    variables: Vec<(String, String)>,
    http: reqwest::Client,
    _root: Option<TempDir>,
}

impl House {
    /// A small centre, just set up.
    ///
    /// # Errors
    /// When the binary refuses something of it.
    pub async fn small() -> anyhow::Result<Self> {
        let root = directory()?;
        let data = root.path().join("data");
        Self::at(&data, Template::small().await?, Some(root))
    }

    /// A centre with a long past: some 100,000 records.
    ///
    /// # Errors
    /// When the binary refuses something of it.
    pub async fn with_a_past() -> anyhow::Result<Self> {
        let root = directory()?;
        let data = root.path().join("data");
        Self::at(&data, Template::with_a_past().await?, Some(root))
    }

    /// A small centre at a place of the caller's.
    ///
    /// # Errors
    /// When the binary refuses something of it.
    pub async fn small_at(data: &Path) -> anyhow::Result<Self> {
        Self::at(data, Template::small().await?, None)
    }

    fn at(data: &Path, template: &Template, root: Option<TempDir>) -> anyhow::Result<Self> {
        copy(&template.data, data)?;
        let http = reqwest::Client::builder()
            .no_proxy()
            .timeout(Duration::from_secs(20))
            .tcp_nodelay(true)
            .build()?;
        let (port, variables) = (Port::take()?, Vec::new());
        let roster = template.roster.clone();
        Ok(Self { data: data.to_owned(), roster, port, variables, http, _root: root })
    }

    /// Sets a variable for every start from here on.
    pub fn set(&mut self, name: &str, value: impl ToString) {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_string()));
    }

    /// Where it serves, such as `127.0.0.1:20123`.
    pub fn address(&self) -> String {
        self.port.address()
    }

    /// The command that serves.
    pub fn serving(&self) -> tokio::process::Command {
        self.serving_by(binary(&self.data))
    }

    /// The command that serves, under another program: `strace …`.
    pub fn serving_by(&self, mut command: tokio::process::Command) -> tokio::process::Command {
        command.args(["serve", "--listen", &self.address()]);
        // The load's few accounts ask more often than people do.
        command.env("CAMPUS_DISPATCH_LIMITS_REQUESTS_PER_SECOND_MAX", "1000000");
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Serves, and waits until it takes commands.
    ///
    /// # Errors
    /// When it ends instead.
    pub async fn serve(&self) -> anyhow::Result<Server> {
        Server::of(self.serving(), &self.address()).await
    }

    /// Somebody who talks to it.
    pub fn caller(&self, account: &Account) -> Caller {
        Caller::new(self.http.clone(), self.address(), account.clone())
    }

    /// Runs another subcommand of the binary on the data directory; its stdout.
    ///
    /// # Errors
    /// When it does not end well.
    pub async fn run(&self, arguments: &[&str]) -> anyhow::Result<String> {
        binary::run(&self.data, arguments).await
    }
}

/// A temporary directory on the disk that is built on, since /tmp may be memory.
///
/// # Errors
/// When it cannot be made.
pub fn directory() -> anyhow::Result<TempDir> {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).context("a temporary directory")
}

/// Copies a data directory nobody serves.
///
/// # Errors
/// When it cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}
