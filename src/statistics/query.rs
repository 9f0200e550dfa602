//! What is asked: a period, a filter, a grouping.

use super::group::Grouping;
use crate::domain::{
    Alert, Timestamp,
    classification::{Category, Mode, Severity, Source, Tier, Zone},
    id::{SchoolId, StationId},
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
#[derive(Clone, Debug)]
pub struct Filter {
    pub mode: Mode,
    pub tier: Option<Tier>,
    pub severity: Option<Severity>,
    pub category: Option<Category>,
    pub zone: Option<Zone>,
    pub source: Option<Source>,
    pub school: Option<SchoolId>,
    pub station: Option<StationId>,
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
        }
    }
}

impl Query {
    /// Whether an alert, with the station its school belongs to, is meant.
    pub fn matches(&self, alert: &Alert, station: Option<&StationId>) -> bool {
        fn allows<T: PartialEq>(wanted: &Option<T>, found: Option<&T>) -> bool {
            wanted.as_ref().is_none_or(|wanted| Some(wanted) == found)
        }
        let filter = &self.filter;
        (self.from..self.to).contains(&alert.received_at)
            && filter.mode == alert.mode
            && allows(&filter.tier, alert.tier().as_ref())
            && allows(&filter.severity, Some(&alert.severity))
            && allows(&filter.category, Some(&alert.category))
            && allows(&filter.zone, Some(&alert.zone))
            && allows(&filter.source, Some(&alert.source))
            && allows(&filter.school, alert.school.as_ref())
            && allows(&filter.station, station)
    }
}
