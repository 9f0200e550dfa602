//! Alerts as a CSV table that a spreadsheet opens as what it is.

use std::io::{self, Write};

use serde::Serialize;

use crate::{
    domain::{Alert, State, Timestamp},
    statistics::report::defused,
};

/// The table's columns.
pub const HEADER: [&str; 22] = [
    "id",
    "mode",
    "stage",
    "received_at",
    "source",
    "category",
    "severity",
    "tier",
    "zone",
    "school",
    "school_name",
    "place",
    "summary",
    "units",
    "first_dispatched_at",
    "first_arrived_at",
    "resolved_at",
    "closed_at",
    "verdict",
    "response_seconds",
    "disposition",
    "result",
];

/// Writes every alert, oldest first, judged as of `now`. A byte order mark tells Excel that it is
/// UTF-8.
///
/// # Errors
/// When it cannot be written.
pub fn write(state: &State, now: Timestamp, out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut table = csv::Writer::from_writer(out);
    table.write_record(HEADER)?;
    for alert in state.alerts.values() {
        table.write_record(row(state, alert, now).map(|cell| defused(&cell)))?;
    }
    table.flush()
}

fn row(state: &State, alert: &Alert, now: Timestamp) -> [String; HEADER.len()] {
    let school = alert.school.as_ref();
    let school_name = school.and_then(|id| state.schools.get(id)).map(|school| &school.name);
    let units: Vec<&str> = alert.assignments.iter().map(|sent| sent.unit.as_str()).collect();
    let arrived_at = alert.first_arrived_at();
    let response = arrived_at.map(|at| (at - alert.started_at()).millis());
    [
        alert.id.to_string(),
        word(&alert.mode),
        word(&alert.stage()),
        alert.received_at.to_string(),
        word(&alert.source),
        word(&alert.category),
        word(&alert.severity),
        alert.tier().map(|tier| word(&tier)).unwrap_or_default(),
        word(&alert.zone),
        school.map(ToString::to_string).unwrap_or_default(),
        school_name.cloned().unwrap_or_default(),
        alert.place.as_ref().map(|place| place.text.clone()).unwrap_or_default(),
        alert.summary.clone(),
        units.join(" "),
        instant(alert.first_dispatched_at()),
        instant(arrived_at),
        instant(alert.resolved_at),
        instant(alert.closed_at),
        word(&alert.verdict(now)),
        response.map(seconds).unwrap_or_default(),
        alert.disposition.map(|disposition| word(&disposition)).unwrap_or_default(),
        alert.result.clone().unwrap_or_default(),
    ]
}

/// A code of the standard, as the API writes it.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn instant(at: Option<Timestamp>) -> String {
    at.map(|at| at.to_string()).unwrap_or_default()
}

/// Whole milliseconds as seconds, exactly.
fn seconds(millis: i64) -> String {
    format!("{}.{:03}", millis / 1000, millis % 1000)
}
