//! The shapes of `/api/v1`, as the screens read them (`static/src/api/types.ts`). Instants are
//! RFC 3339 UTC with milliseconds; spans end in `_ms`; absent values are null.

mod account;
mod alert;
mod alert_report;
mod assignment;
mod clock;
pub mod code;
mod district;
mod masked;
mod notice;
mod outcome;
mod page;
mod policy;
mod replay;
mod report;
mod session;
mod statistics;
mod timeline;

pub use account::Account;
pub use alert::Alert;
pub use alert_report::AlertReport;
pub use assignment::Assignment;
pub use clock::Clock;
pub use district::{Contact, DutyWindow, Position, School, Station, Unit};
pub use notice::{Notice, Seen};
pub use outcome::Outcome;
pub use page::{AccessPage, AlertDetail, AlertPage, Alerts};
pub use policy::{Policy, PolicyPreview, Presets};
pub use replay::{ReplayBoard, ReplayMark, ReplayMarks, ReplayRecords};
pub use report::Report;
pub use session::{OpenSession, Session, SessionState, session_id};
pub use statistics::{
    FigureAlert, FigureAlerts, Hints, PROFILE_PERCENTS, Profile, ResponseStatistics, WhatIf,
};
pub use timeline::TimelineEntry;

use crate::domain::id::{SchoolId, StationId, UnitId};
use crate::engine::board::District;

/// Where a view finds the names that records only refer to.
pub struct Names<'a> {
    district: &'a dyn District,
}

impl<'a> Names<'a> {
    /// The names as they stand.
    pub fn of(district: &'a dyn District) -> Self {
        Self { district }
    }

    /// A school's name and its station.
    fn school(&self, id: &SchoolId) -> Option<(String, Option<StationId>)> {
        self.district.school(id).map(|school| (school.name.clone(), school.station.clone()))
    }

    /// A unit's name; its id where it has been removed.
    fn unit(&self, id: &UnitId) -> String {
        self.district.unit(id).map_or_else(|| id.to_string(), |unit| unit.profile.name.clone())
    }
}
