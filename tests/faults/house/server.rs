//! The running binary: started, asked whether it is ready, stopped or killed, by its own pid.

use std::{
    process::{ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    process::{Child, Command},
    time::{sleep, timeout},
};

/// Longer than any start or stop takes that ends at all.
const AT_LAST: Duration = Duration::from_secs(120);
/// Lines kept of what it told.
const TOLD_MAX: usize = 200;

/// A running server; killed with the value.
pub struct Server {
    child: Child,
    address: String,
    told: Arc<Mutex<Vec<String>>>,
    /// From its start until it took commands.
    pub ready_in: Duration,
}

impl Server {
    /// Runs a command that serves, and waits until it takes commands.
    ///
    /// # Errors
    /// When it ends instead.
    pub async fn of(command: Command, address: &str) -> anyhow::Result<Self> {
        let mut server = Self::start(command, address)?;
        server.until_ready().await?;
        Ok(server)
    }

    /// Runs a command that serves, and does not wait.
    ///
    /// # Errors
    /// When it cannot be run.
    pub fn start(mut command: Command, address: &str) -> anyhow::Result<Self> {
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().context("the binary starts")?;
        let told: Arc<Mutex<Vec<String>>> = Arc::default();
        let stderr = child.stderr.take().context("its stderr")?;
        let kept = told.clone();
        tokio::spawn(async move {
            let mut lines = BufReader::new(stderr).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                if kept.len() < TOLD_MAX {
                    kept.push(line);
                }
            }
        });
        let ready_in = Duration::ZERO;
        Ok(Self { child, address: address.to_owned(), told, ready_in })
    }

    /// Waits until it takes commands.
    ///
    /// # Errors
    /// When it ends instead.
    pub async fn until_ready(&mut self) -> anyhow::Result<()> {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait()? {
                // Its last words may still be on their way.
                sleep(Duration::from_millis(50)).await;
                bail!("it ended with {status} instead of serving: {}", self.told());
            }
            let readiness = readiness(&self.address).await;
            if readiness.as_deref().is_some_and(is_well) {
                self.ready_in = began.elapsed();
                return Ok(());
            }
            if began.elapsed() > AT_LAST {
                let answer = readiness.unwrap_or_else(|| "nobody answers".to_owned());
                bail!("it does not serve: {answer}: {}", self.told());
            }
            sleep(Duration::from_millis(2)).await;
        }
    }

    /// Its number.
    pub fn pid(&self) -> u32 {
        self.child.id().unwrap_or_default()
    }

    /// What it told on stderr.
    pub fn told(&self) -> String {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).join("\n")
    }

    /// Sends it a signal.
    ///
    /// # Errors
    /// When it is not there.
    pub fn signal(&self, signal: Signal) -> anyhow::Result<()> {
        let pid = i32::try_from(self.pid()).ok().and_then(Pid::from_raw).context("it has ended")?;
        kill_process(pid, signal).context("the signal is sent")
    }

    /// `kill -9`.
    ///
    /// # Errors
    /// When it had ended by itself before: then it did not die of this.
    pub async fn kill(mut self) -> anyhow::Result<()> {
        if let Some(status) = self.child.try_wait()? {
            bail!("it had ended with {status} before it was killed: {}", self.told());
        }
        self.child.kill().await.context("killed")
    }

    /// Waits until it has ended by itself.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ended(&mut self, within: Duration) -> anyhow::Result<ExitStatus> {
        let ended = timeout(within, self.child.wait()).await;
        Ok(ended.with_context(|| format!("not ended after {within:?}"))??)
    }

    /// Asks it to stop, and waits until it has.
    ///
    /// # Errors
    /// When it does not, or not well.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.signal(Signal::TERM)?;
        let status = self.ended(AT_LAST).await?;
        if !status.success() {
            bail!("asked to stop it ended with {status}: {}", self.told());
        }
        Ok(())
    }
}

fn is_well(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 200")
}

/// The whole answer to whether a server is ready.
async fn readiness(address: &str) -> Option<String> {
    let ask = async {
        let mut stream = TcpStream::connect(address).await.ok()?;
        let request =
            format!("GET /health/ready HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.ok()?;
        Some(answer)
    };
    timeout(Duration::from_secs(2), ask).await.ok().flatten()
}
