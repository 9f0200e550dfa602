//! What became of one alert's governing clock, by the records.

use std::{path::Path, time::Duration};

use campus_dispatch::{
    domain::{Event, Record, Timestamp, event::Notice},
    journal::{JournalReader, sqlite::SqliteReader},
};

/// Reads every record.
///
/// # Errors
/// When the journal is not whole.
pub fn read(data: &Path) -> anyhow::Result<Vec<Record>> {
    let mut records = Vec::new();
    SqliteReader::open(data)?.read_after(0, &mut |record| records.push(record))?;
    Ok(records)
}

/// When an alert was raised, and each instant its governing clock was told as passed.
pub fn fired(records: &[Record], alert: u64) -> (Option<Duration>, Vec<Duration>) {
    let of_alert =
        |record: &&Record| record.event.alert().is_some_and(|known| u64::from(known.0) == alert);
    let mut raised = None;
    let mut governing = None;
    let mut told = Vec::new();
    for record in records.iter().filter(of_alert) {
        match &record.event {
            Event::AlertRaised(event) => {
                raised = Some(since_epoch(record.at));
                governing = event.selection.governing.clone();
            }
            Event::DeadlinePassed { notice: Notice::ClockBreached { rule }, .. }
                if governing.as_ref() == Some(rule) =>
            {
                told.push(since_epoch(record.at));
            }
            _ => {}
        }
    }
    (raised, told)
}

fn since_epoch(at: Timestamp) -> Duration {
    Duration::from_millis(u64::try_from(at.millis()).unwrap_or_default())
}
