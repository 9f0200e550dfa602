//! What events tell, beside their names.

use serde::{Deserialize, Serialize};

use crate::domain::{
    assignment::Step,
    classification::{Category, Disposition, FeedbackKind, Mode, Severity, Source, Validity, Zone},
    district::UnitKind,
    id::{AlertId, AssignmentId, RuleId, SampleId, SchoolId, StationId, UnitId},
    place::Place,
    policy::Selection,
    record::Seq,
    sample::{Lot, Marks, Stratum},
    time::Timestamp,
};

/// A new alert, with its clocks frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlertRaised {
    pub alert: AlertId,
    pub mode: Mode,
    pub source: Source,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_alarm_id: Option<String>,
    pub category: Category,
    pub severity: Severity,
    /// False until an operator has looked at a machine's alarm.
    pub assessed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<SchoolId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    pub zone: Zone,
    pub summary: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller_phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_at: Option<Timestamp>,
    pub selection: Selection,
}

/// A changed view of what the alert is; the start of its clocks stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlertReclassified {
    pub alert: AlertId,
    pub category: Category,
    pub severity: Severity,
    pub selection: Selection,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A report from the scene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedbackFiled {
    pub alert: AlertId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<AssignmentId>,
    pub feedback: FeedbackKind,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pressed_at: Option<Timestamp>,
}

/// One unit sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitDispatched {
    pub alert: AlertId,
    pub assignment: AssignmentId,
    pub unit: UnitId,
    pub unit_kind: UnitKind,
    pub echelon: u8,
    pub stacked: bool,
}

/// A unit's step; the record's instant is its time point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTaken {
    pub alert: AlertId,
    pub assignment: AssignmentId,
    /// The device's own time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pressed_at: Option<Timestamp>,
}

/// What closing needs (domain standard §8).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClosingRecord {
    pub disposition: Disposition,
    pub result: String,
    /// Why nobody arrived; needed exactly when nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_arrival_reason: Option<String>,
    pub police_count: u32,
    pub injured_count: u32,
    pub validity: Validity,
}

/// A sample as it was drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampleDrawn {
    pub sample: SampleId,
    #[serde(flatten)]
    pub lot: Lot,
    pub strata: Vec<Stratum>,
}

/// How a drawn alert's record was found. It says something of the alert and changes nothing in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampleScored {
    pub sample: SampleId,
    pub sampled: AlertId,
    pub marks: Marks,
    pub remark: String,
}

/// What was taken out as a file, written before it is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// What it is of, `snake_case`, such as `response_statistics` or `alerts`.
    pub what: String,
    /// The file's form, such as `csv` or `xlsx`.
    pub format: String,
    /// What was asked for: period and filters, as in the address. Empty for everything.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub filter: String,
    /// Rows handed over, where they are counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// When, by the command line: the record of it may have been written later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<Timestamp>,
}

impl Export {
    /// Taken out as it is recorded.
    pub fn of(what: &str, format: &str, filter: String, rows: Option<u64>) -> Self {
        let (what, format) = (what.to_owned(), format.to_owned());
        Self { what, format, filter, rows, taken_at: None }
    }
}

/// A cut through a damaged journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalRepaired {
    /// The last record that was kept; 0 when none was.
    pub kept_to: Seq,
    /// How far the journal is known to have gone; absent when nothing tells that any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_to: Option<Seq>,
    /// What was found.
    pub damage: String,
}

/// A time point that can be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "point", rename_all = "snake_case")]
pub enum TimePoint {
    Occurred,
    Reported,
    Received,
    Resolved,
    Dispatched { assignment: AssignmentId },
    Step { assignment: AssignmentId, step: Step },
}

/// A supervisor's correction; the original stays readable in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    #[serde(flatten)]
    pub point: TimePoint,
    pub old: Option<Timestamp>,
    pub new: Option<Timestamp>,
    pub reason: String,
}

/// What a deadline is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum Notice {
    /// A clock reached its warning time.
    ClockWarned {
        rule: RuleId,
    },
    /// A clock passed its limit.
    ClockBreached {
        rule: RuleId,
    },
    /// No unit dispatched within the stage budget.
    DispatchMissed,
    /// An assignment not acknowledged within the stage budget.
    AcknowledgeMissed {
        assignment: AssignmentId,
    },
    /// An assignment not en route within the stage budget.
    TurnoutMissed {
        assignment: AssignmentId,
    },
    FirstFeedbackMissed,
    ResultMissed,
    /// A deferred hazard is not fixed on its due date.
    HazardOverdue,
    /// A unit on its way is not heard from any more. Desks see it from its position, which belongs
    /// to no alert: no deadline tells it, but it can be seen like the others.
    UnitLost {
        assignment: AssignmentId,
    },
}

/// Whose personal data, by what they belong to. An alert is told by its number alone, as it was
/// before schools and stations had any.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Personal {
    /// The caller's number.
    Alert(AlertId),
    /// Whom to call at a school.
    School { school: SchoolId },
    /// A station's leader and liaison.
    Station { station: StationId },
}

/// What a server goes by that no command changes: its release, its settings, its certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Configuration {
    /// The release that serves.
    pub version: String,
    /// SHA-256 of the settings in force, lower-case hex: whether two were the same.
    pub settings: String,
    /// The names of settings that are not as they come, such as `second_factor`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
    /// SHA-256 of the certificate, lower-case hex; none where nothing is encrypted here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
}
