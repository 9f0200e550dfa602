//! By what figures are set side by side.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Alert, Timestamp, id::StationId, time::CENTRE_UTC_OFFSET};

/// One row per value of this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    #[default]
    Tier,
    Severity,
    Category,
    Zone,
    Source,
    School,
    Station,
    /// The centre's calendar day, `2026-03-02`.
    Day,
    /// The centre's calendar month, `2026-03`.
    Month,
    /// The centre's hour of the day, `00` to `23`.
    Hour,
}

impl Grouping {
    /// The row an alert belongs to, as the code of the value; `-` where it has none.
    pub fn key(self, alert: &Alert, station: Option<&StationId>) -> String {
        match self {
            Self::Tier => code(&alert.tier()),
            Self::Severity => code(&alert.severity),
            Self::Category => code(&alert.category),
            Self::Zone => code(&alert.zone),
            Self::Source => code(&alert.source),
            Self::School => code(&alert.school),
            Self::Station => code(&station),
            Self::Day => local(alert.received_at, "%Y-%m-%d"),
            Self::Month => local(alert.received_at, "%Y-%m"),
            Self::Hour => local(alert.received_at, "%H"),
        }
    }
}

/// The value's name in the standard's code lists, as it is serialized.
fn code(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        _ => "-".to_owned(),
    }
}

fn local(at: Timestamp, format: &str) -> String {
    let local = (at + CENTRE_UTC_OFFSET).millis();
    DateTime::<Utc>::from_timestamp_millis(local).unwrap_or_default().format(format).to_string()
}
