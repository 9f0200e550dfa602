//! Handled alerts from another system's records, with their real time points. Nothing is invented
//! into completeness: a missing arrival stays missing.

use serde::{Deserialize, Serialize};

use super::{
    assignment::Assignment,
    classification::{Category, Disposition, Mode, Severity, Source, Zone},
    id::{AlertId, SchoolId},
    place::Place,
    policy::Selection,
    time::Timestamp,
};

/// A handled alert as it was read, with the clocks it is judged by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportedAlert {
    pub alert: AlertId,
    #[serde(flatten)]
    pub historic: HistoricAlert,
    pub zone: Zone,
    pub selection: Selection,
    /// The id of the first assignment; the others follow in order.
    pub first_assignment: super::id::AssignmentId,
}

/// A handled alert of another system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoricAlert {
    /// The other system's name, which scopes `source_alarm_id`.
    pub system: String,
    /// Its id there. The same id is the same alert.
    pub source_alarm_id: String,
    pub mode: Mode,
    pub source: Source,
    pub category: Category,
    pub severity: Severity,
    pub school: Option<SchoolId>,
    pub place: Option<Place>,
    pub summary: String,
    pub occurred_at: Option<Timestamp>,
    pub reported_at: Option<Timestamp>,
    pub received_at: Timestamp,
    /// Assignment ids are given when it is taken in; here they count from 0.
    pub assignments: Vec<Assignment>,
    pub disposition: Option<Disposition>,
    pub closed_at: Option<Timestamp>,
    /// Up to when the other system's record tells; an alert open then is judged as of then.
    pub observed_until: Timestamp,
}

impl HistoricAlert {
    /// Its key among [`super::State::source_alarms`]. The prefix keeps an imported system apart
    /// from an account of the same name: no account's name has a colon.
    pub fn source_key(&self) -> (String, String) {
        (format!("import:{}", self.system), self.source_alarm_id.clone())
    }
}
