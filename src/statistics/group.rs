//! By what figures are set side by side.

use serde::{Deserialize, Serialize};

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
