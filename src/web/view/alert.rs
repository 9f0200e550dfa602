//! An alert with everything a board shows of it.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Assignment, Clock, Names, Notice, Position, Seen, code, masked};
use crate::{
    domain::{
        Stage, Timestamp, Verdict, alert,
        assignment::Step,
        classification::{Category, Disposition, FeedbackKind, Mode, Severity, Source, Tier, Zone},
        event::TimePoint,
        id::{AccountName, AlertId, AssignmentId, PolicyId, RuleId, SchoolId, StationId},
        record::Seq,
    },
    web::audience::Audience,
};

/// An alert as it stands, judged as of the frame's or answer's instant.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Alert {
    #[schema(value_type = u32)]
    id: AlertId,
    #[schema(value_type = code::Mode)]
    mode: Mode,
    #[schema(value_type = code::Stage)]
    stage: Stage,
    #[schema(value_type = code::Source)]
    source: Source,
    source_alarm_id: Option<String>,
    #[schema(value_type = code::Category)]
    category: Category,
    #[schema(value_type = code::Severity)]
    severity: Severity,
    /// False until an operator has looked at a machine's alarm.
    assessed: bool,
    #[schema(value_type = Option<String>)]
    school: Option<SchoolId>,
    school_name: Option<String>,
    /// The school's responsible station.
    #[schema(value_type = Option<String>)]
    station: Option<StationId>,
    place: Option<Place>,
    #[schema(value_type = code::Zone)]
    zone: Zone,
    summary: String,
    /// Masked (`138****0000`), but for operators and supervisors in an alert's detail.
    caller_phone: Option<String>,
    #[schema(value_type = String)]
    raised_by: AccountName,
    #[schema(value_type = Option<String>, format = DateTime)]
    occurred_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    reported_at: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    resolved_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    cancelled_at: Option<Timestamp>,
    policy: PolicyRef,
    #[schema(value_type = Option<code::Tier>)]
    tier: Option<Tier>,
    /// The governing clock first; empty for an inquiry (L0).
    clocks: Vec<Clock>,
    assignments: Vec<Assignment>,
    feedback: Vec<Feedback>,
    notes: Vec<Note>,
    #[schema(value_type = Option<code::Disposition>)]
    disposition: Option<Disposition>,
    result: Option<String>,
    cancel_reason: Option<String>,
    #[schema(value_type = Option<u32>)]
    merged_into: Option<AlertId>,
    #[schema(value_type = Vec<u32>)]
    merged: Vec<AlertId>,
    hazard: Option<Hazard>,
    corrections: Vec<Correction>,
    excuses: Vec<Excuse>,
    /// The verdict at the first closing.
    #[schema(value_type = Option<code::Verdict>)]
    first_verdict: Option<Verdict>,
    reopened: u32,
    notices: Vec<Notice>,
    /// Alarms somebody at a desk has seen, each with the last who did.
    seen: Vec<Seen>,
    reinforcement_requested: bool,
    imported: bool,
    /// Position of its last change.
    seq: Seq,
}

/// Where an alert is, when it is not (or not only) a school.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AlertPlace)]
pub struct Place {
    text: String,
    position: Option<Position>,
}

/// Which policy judges an alert.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PolicyRef {
    #[schema(value_type = String)]
    id: PolicyId,
    version: u32,
}

/// A report from the scene.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = FiledFeedback)]
pub struct Feedback {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[schema(value_type = String)]
    by: AccountName,
    #[schema(value_type = Option<u32>)]
    assignment: Option<AssignmentId>,
    #[schema(value_type = code::FeedbackKind)]
    kind: FeedbackKind,
    text: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    pressed_at: Option<Timestamp>,
}

/// A remark.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AlertNote)]
pub struct Note {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[schema(value_type = String)]
    by: AccountName,
    text: String,
}

/// A hazard that could not be fixed on the spot.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Hazard {
    measure: String,
    informed: String,
    #[schema(value_type = String, format = DateTime)]
    due_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    fixed_at: Option<Timestamp>,
}

/// A supervisor's correction of a time point; the original stays readable in it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Correction {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[schema(value_type = String)]
    by: AccountName,
    /// `occurred`, `reported`, `received`, `resolved`, `dispatched` or `step`.
    point: &'static str,
    #[schema(value_type = Option<u32>)]
    assignment: Option<AssignmentId>,
    #[schema(value_type = Option<code::Step>)]
    step: Option<Step>,
    #[schema(value_type = Option<String>, format = DateTime)]
    old: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    new: Option<Timestamp>,
    reason: String,
}

/// A late or missed clock excused by a supervisor.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AlertExcuse)]
pub struct Excuse {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[schema(value_type = String)]
    by: AccountName,
    #[schema(value_type = String)]
    rule: RuleId,
    reason: String,
}

impl Alert {
    /// The alert as an audience sees it, judged as of `now`.
    pub fn of(
        alert: &alert::Alert,
        audience: &Audience,
        names: &Names<'_>,
        now: Timestamp,
    ) -> Self {
        let school = alert.school.as_ref().and_then(|id| names.school(id));
        let (school_name, station) = school.map_or((None, None), |(name, at)| (Some(name), at));
        let caller_phone = match &alert.caller_phone {
            Some(number) if !audience.sees_personal_data() => Some(masked::phone(number)),
            other => other.clone(),
        };
        Self {
            id: alert.id,
            mode: alert.mode,
            stage: alert.stage(),
            source: alert.source,
            source_alarm_id: alert.source_alarm_id.clone(),
            category: alert.category,
            severity: alert.severity,
            assessed: alert.assessed,
            school: alert.school.clone(),
            school_name,
            station,
            place: alert.place.as_ref().map(|place| Place {
                text: place.text.clone(),
                position: place.position.map(Position::from),
            }),
            zone: alert.zone,
            summary: alert.summary.clone(),
            caller_phone,
            raised_by: alert.raised_by.clone(),
            occurred_at: alert.occurred_at,
            reported_at: alert.reported_at,
            received_at: alert.received_at,
            resolved_at: alert.resolved_at,
            closed_at: alert.closed_at,
            cancelled_at: alert.cancelled_at,
            policy: PolicyRef {
                id: alert.selection.policy.id.clone(),
                version: alert.selection.policy.version,
            },
            tier: alert.tier(),
            clocks: alert.clocks(now).into_iter().map(Clock::from).collect(),
            assignments: alert.assignments.iter().map(|sent| Assignment::of(sent, names)).collect(),
            feedback: alert.feedback.iter().map(Feedback::from).collect(),
            notes: alert.notes.iter().map(Note::from).collect(),
            disposition: alert.disposition,
            result: alert.result.clone(),
            cancel_reason: alert.cancel_reason.clone(),
            merged_into: alert.merged_into,
            merged: alert.merged.iter().map(|(child, _)| *child).collect(),
            hazard: alert.hazard.as_ref().map(Hazard::from),
            corrections: alert.corrections.iter().map(Correction::from).collect(),
            excuses: alert.excuses.iter().map(Excuse::from).collect(),
            first_verdict: alert.first_verdict,
            reopened: alert.reopened,
            notices: alert.noticed.iter().map(|told| Notice::of(told.at, &told.notice)).collect(),
            seen: alert.seen.iter().map(Seen::from).collect(),
            reinforcement_requested: alert.reinforcement_requested,
            imported: alert.is_imported(),
            seq: alert.changed_seq,
        }
    }
}

impl From<&alert::Feedback> for Feedback {
    fn from(filed: &alert::Feedback) -> Self {
        Self {
            at: filed.at,
            by: filed.by.clone(),
            assignment: filed.assignment,
            kind: filed.kind,
            text: filed.text.clone(),
            pressed_at: filed.pressed_at,
        }
    }
}

impl From<&alert::Note> for Note {
    fn from(note: &alert::Note) -> Self {
        Self { at: note.at, by: note.by.clone(), text: note.text.clone() }
    }
}

impl From<&alert::Hazard> for Hazard {
    fn from(hazard: &alert::Hazard) -> Self {
        Self {
            measure: hazard.measure.clone(),
            informed: hazard.informed.clone(),
            due_at: hazard.due_at,
            fixed_at: hazard.fixed_at,
        }
    }
}

impl From<&alert::Corrected> for Correction {
    fn from(corrected: &alert::Corrected) -> Self {
        let correction = &corrected.correction;
        let (point, assignment, step) = match correction.point {
            TimePoint::Occurred => ("occurred", None, None),
            TimePoint::Reported => ("reported", None, None),
            TimePoint::Received => ("received", None, None),
            TimePoint::Resolved => ("resolved", None, None),
            TimePoint::Dispatched { assignment } => ("dispatched", Some(assignment), None),
            TimePoint::Step { assignment, step } => ("step", Some(assignment), Some(step)),
        };
        Self {
            at: corrected.at,
            by: corrected.by.clone(),
            point,
            assignment,
            step,
            old: correction.old,
            new: correction.new,
            reason: correction.reason.clone(),
        }
    }
}

impl From<&alert::Excuse> for Excuse {
    fn from(excuse: &alert::Excuse) -> Self {
        Self {
            at: excuse.at,
            by: excuse.by.clone(),
            rule: excuse.rule.clone(),
            reason: excuse.reason.clone(),
        }
    }
}
