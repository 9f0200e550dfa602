//! The figures as a table.

use std::fmt::Write;

use crate::statistics::{Measure, ResponseRow, ResponseStatistics};

/// One line per group, the total, and the equal period before.
pub fn of(figures: &ResponseStatistics, measure: Measure, seq: u64) -> String {
    let mut text = format!(
        "received in [{}, {}), open alerts judged as of {}, record {seq}\n",
        figures.from, figures.to, figures.at
    );
    for share in &figures.policies {
        let (id, version) = (&share.policy.id, share.policy.version);
        let _ = writeln!(text, "judged by {id} version {version}: {} alerts", share.alerts);
    }
    let _ = writeln!(
        text,
        "clock start: received; percentiles of {measure:?} in seconds\n\n\
         {:<24}{:>8}{:>8}{:>9}{:>16}{:>10}{:>9}{:>10}{:>10}{:>10}{:>10}{:>10}",
        "",
        "alerts",
        "n",
        "on time",
        "95 %",
        "adjusted",
        "measured",
        "p50",
        "p90",
        "p95",
        "p99",
        "max"
    );
    for row in &figures.rows {
        line(&mut text, row.group.as_deref().unwrap_or("-"), row, measure);
    }
    line(&mut text, "total", &figures.total, measure);
    line(&mut text, "period before", &figures.before.total, measure);
    left_out(&mut text, &figures.total);
    text
}

fn line(text: &mut String, name: &str, row: &ResponseRow, measure: Measure) {
    let spans = row.of(measure);
    let _ = write!(text, "{}{:>9}", rates(name, row), spans.n);
    for value in [spans.p50_ms, spans.p90_ms, spans.p95_ms, spans.p99_ms, spans.max_ms] {
        let shown = value.map_or_else(|| "-".to_owned(), seconds);
        let _ = write!(text, "{shown:>10}");
    }
    text.push('\n');
}

/// A row's name, counts and rates.
pub fn rates(name: &str, row: &ResponseRow) -> String {
    let percent = |rate: Option<f64>| rate.map_or_else(|| "-".to_owned(), share);
    let interval = row
        .on_time_interval
        .map_or_else(|| "-".to_owned(), |[low, high]| format!("{}..{}", share(low), share(high)));
    format!(
        "{name:<24}{:>8}{:>8}{:>9}{interval:>16}{:>10}",
        row.alerts,
        row.n,
        percent(row.on_time_rate),
        percent(row.adjusted_rate),
    )
}

/// Seconds of milliseconds, exact.
pub fn seconds(ms: i64) -> String {
    format!("{:.3}", ms as f64 / 1000.0)
}

/// In percent, rounded down: 89.96 % never reads as 90.
pub fn share(share: f64) -> String {
    // The last digits of a quotient are noise: 0.7 × 1000 is 699.99…
    format!("{:.1}%", (share * 1000.0 + 1e-9).floor() / 10.0)
}

fn left_out(text: &mut String, total: &ResponseRow) {
    let out = &total.left_out;
    let reasons = [
        (out.test, "tests"),
        (out.merged, "merged"),
        (out.inquiry, "inquiries"),
        (out.ended_early, "ended without a unit before the limit"),
        (out.advisory, "advisory"),
        (out.pending, "still within the limit"),
    ];
    for (count, reason) in reasons.into_iter().filter(|(count, _)| *count > 0) {
        let _ = writeln!(text, "left out of the rate: {count} {reason}");
    }
}
