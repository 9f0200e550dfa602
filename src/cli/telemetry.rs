//! What the process tells about itself: one line per event on stderr, and figures for `/metrics`.

use std::{io::IsTerminal, time::Duration};

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use super::failure::Failure;

/// How often the exporter tidies what its histograms hold.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// Sends events that pass the filter to stderr.
pub fn log_to_stderr(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    // A second call, as in a test, keeps the first.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .try_init();
}

/// Installs the recorder that every `metrics` macro writes to. Needs a runtime for its upkeep.
///
/// # Errors
/// When another recorder is installed already.
pub fn install_metrics() -> Result<PrometheusHandle, Failure> {
    let handle = PrometheusBuilder::new().install_recorder().map_err(Failure::new)?;
    let kept = handle.clone();
    tokio::spawn(async move {
        let mut beat = tokio::time::interval(UPKEEP_EVERY);
        loop {
            beat.tick().await;
            kept.run_upkeep();
        }
    });
    Ok(handle)
}
