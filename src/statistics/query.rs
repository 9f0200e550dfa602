//! What is asked: a period, a filter, a grouping.

use serde::Serialize;
use serde_json::Value;

use super::group::Grouping;
use crate::domain::{
    Timestamp, Within,
    classification::{Category, Mode, Severity, Source, Tier, Zone},
    id::{SchoolId, StationId, UnitId},
};

/// Which alerts a figure is about. The cohort is `received_at` in `[from, to)`.
#[derive(Clone, Debug)]
pub struct Query {
    pub from: Timestamp,
    pub to: Timestamp,
    pub filter: Filter,
    pub grouping: Grouping,
}

/// Absent = any, except `mode`: exercises and tests have statistics of their own.
#[derive(Clone, Debug, Serialize)]
pub struct Filter {
    pub mode: Mode,
    pub tier: Option<Tier>,
    pub severity: Option<Severity>,
    pub category: Option<Category>,
    pub zone: Option<Zone>,
    pub source: Option<Source>,
    pub school: Option<SchoolId>,
    pub station: Option<StationId>,
    /// A unit that was sent.
    pub unit: Option<UnitId>,
    /// Received inside or outside the school's peak windows, as they are now. An alert without a
    /// school is outside.
    pub peak: Option<bool>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            mode: Mode::Actual,
            tier: None,
            severity: None,
            category: None,
            zone: None,
            source: None,
            school: None,
            station: None,
            unit: None,
            peak: None,
        }
    }
}

impl Query {
    /// The same question of the period of equal length that ends where this one begins.
    pub fn before(&self) -> Self {
        let length = self.to - self.from;
        let from = self.from + Within::from_millis(-length.millis());
        Self { from, to: self.from, ..self.clone() }
    }

    /// The question as in an address, in plain characters.
    pub fn asked(&self) -> String {
        let Self { from, to, filter, grouping } = self;
        let mut asked = format!("from={from}&to={to}");
        let of_filter = match serde_json::to_value(filter) {
            Ok(Value::Object(fields)) => fields.into_iter().collect(),
            _ => Vec::new(),
        };
        let group = serde_json::to_value(grouping).unwrap_or_default();
        for (name, value) in of_filter.into_iter().chain([("group".to_owned(), group)]) {
            match value {
                Value::Null => {}
                Value::String(text) => asked += &format!("&{name}={text}"),
                other => asked += &format!("&{name}={other}"),
            }
        }
        asked
    }
}
