//! By what figures are set side by side.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Alert, Timestamp, district::School, time::CENTRE_UTC_OFFSET};

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
    /// One row per unit sent: an alert counts in the row of each.
    Unit,
    /// The centre's calendar day, `2026-03-02`.
    Day,
    /// The ISO 8601 week at the centre, from Monday, `2026-W10`.
    Week,
    /// The centre's calendar month, `2026-03`.
    Month,
    /// The centre's hour of the day, `00` to `23`.
    Hour,
    /// The centre's weekday, Monday is 1, and hour of the day: `1-00` to `7-23`.
    WeekdayHour,
}

impl Grouping {
    /// The row an alert belongs to, as the code of the value; `-` where it has none. By unit this
    /// is the unit first sent.
    pub fn key(self, alert: &Alert, school: Option<&School>) -> String {
        match self {
            Self::Tier => code(&alert.tier()),
            Self::Severity => code(&alert.severity),
            Self::Category => code(&alert.category),
            Self::Zone => code(&alert.zone),
            Self::Source => code(&alert.source),
            Self::School => code(&alert.school),
            Self::Station => code(&school.and_then(|school| school.station.as_ref())),
            Self::Unit => code(&alert.assignments.first().map(|first| &first.unit)),
            Self::Day => local(alert.received_at, "%Y-%m-%d"),
            Self::Week => local(alert.received_at, "%G-W%V"),
            Self::Month => local(alert.received_at, "%Y-%m"),
            Self::Hour => local(alert.received_at, "%H"),
            Self::WeekdayHour => local(alert.received_at, "%u-%H"),
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
