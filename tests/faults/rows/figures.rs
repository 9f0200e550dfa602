//! Figures to print: spans and their ranks.

use std::time::Duration;

/// Some measured spans.
#[derive(Clone, Debug, Default)]
pub struct Spans(Vec<Duration>);

impl Spans {
    /// Takes one in.
    pub fn add(&mut self, span: Duration) {
        self.0.push(span);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The one of that rank, nearest; zero where there is none.
    pub fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort();
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted.get(rank - 1).copied().unwrap_or_default()
    }

    /// Median and longest, in words.
    pub fn told(&self) -> String {
        let (half, most) = (self.percentile(50), self.percentile(100));
        format!("p50 {}, max {}", span(half), span(most))
    }
}

impl FromIterator<Duration> for Spans {
    fn from_iter<I: IntoIterator<Item = Duration>>(spans: I) -> Self {
        Self(spans.into_iter().collect())
    }
}

/// A span in words.
pub fn span(span: Duration) -> String {
    match span.as_millis() {
        millis @ 0..10_000 => format!("{millis} ms"),
        _ => format!("{:.1} s", span.as_secs_f64()),
    }
}

/// Bytes in words.
pub fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / 1024.0 / 1024.0)
}
