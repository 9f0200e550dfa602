//! Everything that can have happened. An event touches at most one alert, so that an alert can be
//! folded back from its own records alone.

mod told;

use serde::{Deserialize, Serialize};

use super::{
    account::{Account, Credential, Proof, Refused, Role, SecondFactor, Session},
    classification::Disposition,
    district::{Duty, School, Station, UnitProfile},
    history::ImportedAlert,
    id::{AccountName, AlertId, AssignmentId, RuleId, SchoolId, StationId, UnitId},
    place::Position,
    policy::Policy,
    time::{Timestamp, Within},
};

pub use told::{
    AlertRaised, AlertReclassified, ClosingRecord, Configuration, Correction, Export,
    FeedbackFiled, JournalRepaired, Notice, Personal, SampleDrawn, SampleScored, StepTaken,
    TimePoint, UnitDispatched,
};

/// A fact, as it stands in the journal. The instant, the actor and the command id are the record's.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    AlertRaised(Box<AlertRaised>),
    AlertImported(Box<ImportedAlert>),
    AlertReclassified(Box<AlertReclassified>),
    AlertNoted {
        alert: AlertId,
        text: String,
    },
    FeedbackFiled(Box<FeedbackFiled>),
    AlertResolved {
        alert: AlertId,
        disposition: Disposition,
        result: String,
    },
    AlertClosed {
        alert: AlertId,
        record: Box<ClosingRecord>,
    },
    AlertReopened {
        alert: AlertId,
        reason: String,
    },
    AlertCancelled {
        alert: AlertId,
        reason: String,
    },
    /// The child's side of a merge.
    AlertMerged {
        alert: AlertId,
        root: AlertId,
    },
    /// The root's side of a merge.
    AlertJoined {
        alert: AlertId,
        child: AlertId,
        child_received_at: Timestamp,
    },
    /// The child's side of an unmerge.
    AlertUnmerged {
        alert: AlertId,
        root: AlertId,
    },
    /// The root's side of an unmerge.
    AlertSeparated {
        alert: AlertId,
        child: AlertId,
    },
    ExerciseTurnedActual {
        alert: AlertId,
        reason: String,
    },
    TimePointCorrected {
        alert: AlertId,
        correction: Box<Correction>,
    },
    VerdictExcused {
        alert: AlertId,
        rule: RuleId,
        reason: String,
    },
    HazardDeferred {
        alert: AlertId,
        measure: String,
        informed: String,
        due_at: Timestamp,
    },
    HazardFixed {
        alert: AlertId,
        text: String,
    },

    UnitDispatched(Box<UnitDispatched>),
    AssignmentDelivered(StepTaken),
    AssignmentAcknowledged(StepTaken),
    AssignmentWentEnRoute(StepTaken),
    AssignmentArrived(StepTaken),
    AssignmentCleared(StepTaken),
    AssignmentDeclined {
        alert: AlertId,
        assignment: AssignmentId,
        reason: String,
    },
    AssignmentCancelled {
        alert: AlertId,
        assignment: AssignmentId,
        reason: String,
    },
    ReinforcementRequested {
        alert: AlertId,
        assignment: AssignmentId,
        text: String,
    },

    /// The deadline queue noticed something; the record's instant is when. Verdicts never rest on
    /// it: they follow from time points alone.
    DeadlinePassed {
        alert: AlertId,
        notice: Notice,
    },
    /// Somebody at a desk has seen an alarm (知悉); who and when are the record's. No clock rests
    /// on it.
    AlarmSeen {
        alert: AlertId,
        alarm: Notice,
    },

    SchoolDefined {
        school: Box<School>,
    },
    SchoolRemoved {
        school: SchoolId,
    },
    StationDefined {
        station: Box<Station>,
    },
    StationRemoved {
        station: StationId,
    },
    UnitDefined {
        profile: Box<UnitProfile>,
    },
    UnitRemoved {
        unit: UnitId,
    },
    DutyChanged {
        unit: UnitId,
        #[serde(flatten)]
        duty: Duty,
    },
    PositionReported {
        unit: UnitId,
        position: Position,
    },
    SchoolVisited {
        unit: UnitId,
        school: SchoolId,
    },
    /// A policy that governs alerts received from its `effective_from` on.
    PolicyAdopted {
        policy: Box<Policy>,
    },
    /// A policy that judges imported history and never governs live alerts.
    PolicyFiled {
        policy: Box<Policy>,
    },

    AccountAdded {
        account: Box<Account>,
    },
    AccountDisabled {
        account: AccountName,
    },
    AccountEnabled {
        account: AccountName,
    },
    /// Another role, unit or station; its sessions end with it.
    AccountChanged {
        account: AccountName,
        role: Role,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        station: Option<StationId>,
    },
    /// A new password or token. A second factor goes on where its secret was sealed anew.
    CredentialChanged {
        account: AccountName,
        credential: Box<Credential>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sealed: Option<String>,
    },
    SecondFactorEnrolled {
        account: AccountName,
        factor: Box<SecondFactor>,
    },
    SecondFactorReset {
        account: AccountName,
    },
    SessionOpened {
        session: Box<Session>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proof: Option<Proof>,
    },
    SessionClosed {
        account: AccountName,
        sha256: String,
    },

    /// So often somebody was refused from an instant on. Refusals are counted and told together, so
    /// that whoever is refused cannot fill the journal.
    AccessRefused {
        /// The account, where one proved itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account: Option<AccountName>,
        /// The address they came from, where it is known and not one of too many.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        refused: Refused,
        times: u32,
        since: Timestamp,
    },

    /// Handled alerts were drawn to be looked through.
    SampleDrawn(Box<SampleDrawn>),
    /// One of them was.
    SampleScored(Box<SampleScored>),

    /// Somebody looked at a number, which is masked everywhere else.
    PersonalDataViewed {
        /// What it belongs to. What happened to an alert is told without this.
        of: Personal,
    },
    /// Something was taken out of the system as a file.
    DataExported {
        export: Box<Export>,
    },

    /// A server goes by another configuration than before.
    ServerConfigured {
        configuration: Box<Configuration>,
    },

    /// The machine's wall clock moved against the monotonic one; server time did not follow.
    WallClockJumped {
        by_ms: Within,
    },
    /// The journal was found damaged and goes on after its last whole record; what followed it is
    /// lost. Written by whoever accepted that.
    JournalRepaired(Box<JournalRepaired>),
}

impl Event {
    /// The alert it touches.
    pub fn alert(&self) -> Option<AlertId> {
        use Event::*;
        match self {
            AlertRaised(raised) => Some(raised.alert),
            AlertImported(imported) => Some(imported.alert),
            AlertReclassified(reclassified) => Some(reclassified.alert),
            FeedbackFiled(filed) => Some(filed.alert),
            UnitDispatched(dispatched) => Some(dispatched.alert),
            AssignmentDelivered(step)
            | AssignmentAcknowledged(step)
            | AssignmentWentEnRoute(step)
            | AssignmentArrived(step)
            | AssignmentCleared(step) => Some(step.alert),
            AlertNoted { alert, .. }
            | AlertResolved { alert, .. }
            | AlertClosed { alert, .. }
            | AlertReopened { alert, .. }
            | AlertCancelled { alert, .. }
            | AlertMerged { alert, .. }
            | AlertJoined { alert, .. }
            | AlertUnmerged { alert, .. }
            | AlertSeparated { alert, .. }
            | ExerciseTurnedActual { alert, .. }
            | TimePointCorrected { alert, .. }
            | VerdictExcused { alert, .. }
            | HazardDeferred { alert, .. }
            | HazardFixed { alert, .. }
            | AssignmentDeclined { alert, .. }
            | AssignmentCancelled { alert, .. }
            | ReinforcementRequested { alert, .. }
            | DeadlinePassed { alert, .. }
            | AlarmSeen { alert, .. } => Some(*alert),
            SchoolDefined { .. }
            | SchoolRemoved { .. }
            | StationDefined { .. }
            | StationRemoved { .. }
            | UnitDefined { .. }
            | UnitRemoved { .. }
            | DutyChanged { .. }
            | PositionReported { .. }
            | SchoolVisited { .. }
            | PolicyAdopted { .. }
            | PolicyFiled { .. }
            | AccountAdded { .. }
            | AccountDisabled { .. }
            | AccountEnabled { .. }
            | AccountChanged { .. }
            | CredentialChanged { .. }
            | SecondFactorEnrolled { .. }
            | SecondFactorReset { .. }
            | SessionOpened { .. }
            | SessionClosed { .. }
            | AccessRefused { .. }
            | SampleDrawn(_)
            | SampleScored(_)
            | PersonalDataViewed { .. }
            | DataExported { .. }
            | ServerConfigured { .. }
            | WallClockJumped { .. }
            | JournalRepaired(_) => None,
        }
    }

    /// The assignment it touches.
    pub fn assignment(&self) -> Option<AssignmentId> {
        use Event::*;
        match self {
            UnitDispatched(dispatched) => Some(dispatched.assignment),
            FeedbackFiled(filed) => filed.assignment,
            AssignmentDelivered(step)
            | AssignmentAcknowledged(step)
            | AssignmentWentEnRoute(step)
            | AssignmentArrived(step)
            | AssignmentCleared(step) => Some(step.assignment),
            AssignmentDeclined { assignment, .. }
            | AssignmentCancelled { assignment, .. }
            | ReinforcementRequested { assignment, .. } => Some(*assignment),
            _ => None,
        }
    }

    /// The unit whose own state it changes, other than through an assignment.
    pub fn unit(&self) -> Option<&UnitId> {
        match self {
            Self::UnitDefined { profile } => Some(&profile.id),
            Self::UnitRemoved { unit }
            | Self::DutyChanged { unit, .. }
            | Self::PositionReported { unit, .. }
            | Self::SchoolVisited { unit, .. } => Some(unit),
            _ => None,
        }
    }

    /// Its name in the journal, `snake_case`.
    pub fn kind(&self) -> &'static str {
        self.into()
    }
}
