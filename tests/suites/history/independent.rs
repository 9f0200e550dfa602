//! The figures worked out apart from the product, by a script that shares nothing with it.

use std::{collections::BTreeMap, path::Path, process::Command};

use serde::Deserialize;

use super::support::in_repository;

/// What the script writes for one file.
#[derive(Debug, Deserialize)]
pub struct Independent {
    #[serde(flatten)]
    pub whole: Whole,
    /// Different units; files that name them only.
    pub units: Option<usize>,
    pub not_on_view: Option<Whole>,
    pub closed_before_arrival: Option<u64>,
    pub not_closed: Option<usize>,
}

#[derive(Debug, Deserialize)]
pub struct Whole {
    pub all: Summary,
    pub tiers: BTreeMap<String, Summary>,
}

#[derive(Debug, Deserialize)]
pub struct Summary {
    pub calls: usize,
    pub unit_rows: usize,
    pub calls_without_arrival: usize,
    pub unit_rows_without_arrival: usize,
    pub met: usize,
    pub late: usize,
    pub missed: usize,
    pub breaching: usize,
    pub pending: usize,
    pub not_applicable: usize,
    pub n: usize,
    pub on_time_rate: Option<f64>,
    pub response: Response,
}

/// In seconds.
#[derive(Debug, Deserialize)]
pub struct Response {
    pub n: usize,
    pub p50: Option<f64>,
    pub p90: Option<f64>,
    pub p95: Option<f64>,
    pub p99: Option<f64>,
    pub max: Option<f64>,
    pub within_300: usize,
}

/// Runs the script on a file.
pub fn figures(kind: &str, file: &Path) -> Independent {
    let output = Command::new("python3")
        .arg(in_repository("tests/data/independent.py"))
        .arg(kind)
        .arg(file)
        .output()
        .expect("python3 is needed for the independent calculation");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the independent calculation failed: {told}");
    serde_json::from_slice(&output.stdout).expect("figures")
}
