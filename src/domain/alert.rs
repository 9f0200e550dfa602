//! An alert (警情): something reported that concerns a school, until it is closed.

use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

use super::{
    assignment::Assignment,
    classification::{Category, Disposition, FeedbackKind, Mode, Severity, Source, Tier, Zone},
    district::School,
    event::{ClosingRecord, Correction, Notice, Personal},
    id::{AccountName, AlertId, AssignmentId, RuleId, SchoolId},
    place::Place,
    policy::{Circumstances, ClockRule, Policy, PolicyRef, Selection, preset},
    time::Timestamp,
};

/// Where an alert stands. Between received and on scene it is derived from the furthest assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Received,
    Dispatched,
    Acknowledged,
    EnRoute,
    OnScene,
    Resolved,
    Closed,
    Cancelled,
    Merged,
}

impl Stage {
    /// Whether anything still has to be done for the alert.
    pub fn is_open(self) -> bool {
        self < Self::Closed
    }
}

/// An alert with everything known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    pub id: AlertId,
    pub mode: Mode,
    pub source: Source,
    pub source_alarm_id: Option<String>,
    pub category: Category,
    pub severity: Severity,
    /// False until an operator has looked at a machine's alarm.
    pub assessed: bool,
    pub school: Option<SchoolId>,
    pub place: Option<Place>,
    /// Where it counts as lying, frozen at receipt.
    pub zone: Zone,
    pub summary: String,
    /// Personal: shown to operators and supervisors only.
    pub caller_phone: Option<String>,
    pub raised_by: AccountName,

    pub occurred_at: Option<Timestamp>,
    pub reported_at: Option<Timestamp>,
    pub received_at: Timestamp,
    pub resolved_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub cancelled_at: Option<Timestamp>,

    /// The policy frozen at receipt; linked from [`Alert::selection`] when a snapshot is read.
    #[serde(skip, default = "Policy::unlinked")]
    pub policy: Arc<Policy>,
    pub selection: Selection,
    /// The tier when somebody had first looked; a machine's own comes before that.
    #[serde(default)]
    pub first_tier: Option<Tier>,

    pub assignments: Vec<Assignment>,
    pub feedback: Vec<Feedback>,
    pub notes: Vec<Note>,
    pub disposition: Option<Disposition>,
    pub result: Option<String>,
    pub closing: Option<ClosingRecord>,
    pub cancel_reason: Option<String>,
    /// The root this alert was merged into.
    pub merged_into: Option<AlertId>,
    /// Alerts merged into this one, with when each was received.
    pub merged: Vec<(AlertId, Timestamp)>,
    pub hazard: Option<Hazard>,
    pub corrections: Vec<Corrected>,
    pub excuses: Vec<Excuse>,
    /// The verdict at the first closing, kept over a reopening.
    pub first_verdict: Option<super::verdict::Verdict>,
    pub reopened: u32,
    /// Deadlines already told, so that each is told once.
    pub noticed: Vec<Noticed>,
    /// Alarms somebody at a desk has seen, each with the last who did.
    pub seen: Vec<Seen>,
    /// A unit asked for more and none has been sent since.
    pub reinforcement_requested: bool,
    /// For history taken over from another system: up to when its record tells.
    pub observed_until: Option<Timestamp>,
    /// Its last change, as a journal position.
    pub changed_seq: super::record::Seq,
}

/// A report from the scene.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feedback {
    pub at: Timestamp,
    pub by: AccountName,
    pub assignment: Option<AssignmentId>,
    pub kind: FeedbackKind,
    pub text: String,
    pub pressed_at: Option<Timestamp>,
}

/// A remark.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    pub at: Timestamp,
    pub by: AccountName,
    pub text: String,
}

/// A hazard that could not be fixed on the spot; visible until it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hazard {
    pub measure: String,
    pub informed: String,
    pub due_at: Timestamp,
    pub fixed_at: Option<Timestamp>,
}

/// A correction, with who made it when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Corrected {
    pub at: Timestamp,
    pub by: AccountName,
    pub correction: Correction,
}

/// A late or missed clock excused by a supervisor; the raw rate still counts it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Excuse {
    pub at: Timestamp,
    pub by: AccountName,
    pub rule: RuleId,
    pub reason: String,
}

/// A deadline told, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Noticed {
    pub at: Timestamp,
    pub notice: Notice,
}

/// An alarm somebody at a desk has seen (知悉).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    pub at: Timestamp,
    pub by: AccountName,
    pub alarm: Notice,
}

impl Alert {
    /// The personal data it holds.
    pub fn personal(&self) -> Option<Personal> {
        self.caller_phone.as_ref().map(|_| Personal::Alert(self.id))
    }

    /// Where it stands now.
    pub fn stage(&self) -> Stage {
        if self.merged_into.is_some() {
            Stage::Merged
        } else if self.cancelled_at.is_some() {
            Stage::Cancelled
        } else if self.closed_at.is_some() || self.observed_until.is_some() {
            Stage::Closed
        } else if self.resolved_at.is_some() {
            Stage::Resolved
        } else {
            self.furthest_assignment_stage()
        }
    }

    /// A unit that arrived keeps the alert on scene even after it cleared: somebody has been there.
    fn furthest_assignment_stage(&self) -> Stage {
        use super::assignment::AssignmentState::*;
        let stage_of = |assignment: &Assignment| match assignment.state() {
            Assigned | Delivered => Stage::Dispatched,
            Acknowledged => Stage::Acknowledged,
            EnRoute => Stage::EnRoute,
            OnScene => Stage::OnScene,
            Cleared if assignment.arrived_at.is_some() => Stage::OnScene,
            Cleared | Declined | Cancelled => Stage::Received,
        };
        self.assignments.iter().map(stage_of).max().unwrap_or(Stage::Received)
    }

    /// The assignment of that id.
    pub fn assignment(&self, id: AssignmentId) -> Option<&Assignment> {
        self.assignments.iter().find(|assignment| assignment.id == id)
    }

    /// Assignments that still bind their unit.
    pub fn live_assignments(&self) -> impl Iterator<Item = &Assignment> {
        self.assignments.iter().filter(|assignment| assignment.is_live())
    }

    /// When an alarm was last seen by somebody at a desk.
    pub fn seen_at(&self, alarm: &Notice) -> Option<Timestamp> {
        self.seen.iter().find(|seen| seen.alarm == *alarm).map(|seen| seen.at)
    }

    /// Its rules: the governing one first.
    pub fn rules(&self) -> impl Iterator<Item = &ClockRule> {
        self.selection
            .governing
            .iter()
            .chain(&self.selection.beside)
            .filter_map(|id| self.policy.rule(id))
    }

    /// The tier of its governing clock.
    pub fn tier(&self) -> Option<Tier> {
        self.selection.tier
    }

    /// Whether it came out of another system's records.
    pub fn is_imported(&self) -> bool {
        self.observed_until.is_some()
    }

    /// What a policy looks at, with the school as it is known today.
    pub fn circumstances(&self, school: Option<&School>) -> Circumstances {
        Circumstances {
            severity: self.severity,
            zone: self.zone,
            category: self.category,
            school_kind: school.map(|school| school.kind),
            peak: school.is_some_and(|school| school.is_peak(self.received_at)),
            source: self.source,
        }
    }

    /// Whether its clocks are not those its own circumstances ask for: a supervisor set the tier.
    pub fn is_tier_overridden(&self, circumstances: &Circumstances) -> bool {
        self.policy.select(circumstances, None).as_ref() != Some(&self.selection)
    }

    /// The first instant at which a police unit was on scene.
    pub fn first_arrived_at(&self) -> Option<Timestamp> {
        self.assignments
            .iter()
            .filter(|assignment| assignment.unit_kind.is_police())
            .filter_map(|assignment| assignment.arrived_at)
            .min()
    }

    /// The first dispatch.
    pub fn first_dispatched_at(&self) -> Option<Timestamp> {
        self.assignments.iter().filter_map(|assignment| assignment.dispatched_at).min()
    }

    /// The last clearing, once no assignment is live.
    pub fn last_cleared_at(&self) -> Option<Timestamp> {
        if self.live_assignments().next().is_some() {
            return None;
        }
        self.assignments.iter().filter_map(|assignment| assignment.cleared_at).max()
    }

    /// The start of its promise: the earliest receipt among it and what was merged into it.
    pub fn started_at(&self) -> Timestamp {
        self.merged.iter().map(|(_, received_at)| *received_at).fold(self.received_at, Ord::min)
    }

    /// When it ended, if it has: the first of resolved, closed and cancelled.
    pub fn ended_at(&self) -> Option<Timestamp> {
        [self.resolved_at, self.closed_at, self.cancelled_at].into_iter().flatten().min()
    }

    /// Whether it is open, or its hazard is not fixed.
    pub fn needs_somebody(&self) -> bool {
        let is_unfixed = self.hazard.as_ref().is_some_and(|hazard| hazard.fixed_at.is_none());
        self.stage().is_open() || is_unfixed
    }

    /// When nothing was left to do for it: closed or cancelled. A resolved alert is not settled.
    pub fn settled_at(&self) -> Option<Timestamp> {
        self.closed_at.or(self.cancelled_at)
    }
}

impl Policy {
    /// Stands in for an alert's policy between reading a snapshot and linking it.
    fn unlinked() -> Arc<Self> {
        static STAND_IN: LazyLock<Arc<Policy>> =
            LazyLock::new(|| Arc::new(preset::preset(preset::DEFAULT).expect("shipped")));
        STAND_IN.clone()
    }
}

/// The policy an alert is judged by.
impl From<&Alert> for PolicyRef {
    fn from(alert: &Alert) -> Self {
        alert.selection.policy.clone()
    }
}
