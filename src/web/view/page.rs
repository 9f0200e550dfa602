//! Alerts as they are read: one, several, a page.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Alert, TimelineEntry};
use crate::domain::record::Seq;

/// One alert with its whole record.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlertDetail {
    pub alert: Alert,
    pub timeline: Vec<TimelineEntry>,
    pub epoch: String,
    pub seq: Seq,
}

/// A page of alerts, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlertPage {
    pub alerts: Vec<Alert>,
    /// Asks for the next page; null on the last one. A page may be shorter than asked for and
    /// still have a next one.
    pub next_cursor: Option<String>,
    pub epoch: String,
    pub seq: Seq,
}

/// A page of the record of access, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessPage {
    pub records: Vec<TimelineEntry>,
    /// Asks for the next page; null on the last one.
    pub next_cursor: Option<Seq>,
}

/// A few alerts, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct Alerts {
    pub alerts: Vec<Alert>,
}
