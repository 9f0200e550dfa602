//! A deadline the server has told, and that somebody has seen its alarm.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{
    Timestamp, alert, event,
    id::{AccountName, AssignmentId, RuleId},
};

/// What became due, and when it was noticed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Notice {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// `clock_warned`, `clock_breached`, `dispatch_missed`, `acknowledge_missed`,
    /// `turnout_missed`, `first_feedback_missed`, `result_missed`, `hazard_overdue` or
    /// `unit_lost`.
    notice: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    rule: Option<RuleId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u32>)]
    assignment: Option<AssignmentId>,
}

impl Notice {
    /// The notice told at an instant.
    pub fn of(at: Timestamp, notice: &event::Notice) -> Self {
        use event::Notice::*;
        let (name, rule, assignment) = match notice {
            ClockWarned { rule } => ("clock_warned", Some(rule.clone()), None),
            ClockBreached { rule } => ("clock_breached", Some(rule.clone()), None),
            DispatchMissed => ("dispatch_missed", None, None),
            AcknowledgeMissed { assignment } => ("acknowledge_missed", None, Some(*assignment)),
            TurnoutMissed { assignment } => ("turnout_missed", None, Some(*assignment)),
            FirstFeedbackMissed => ("first_feedback_missed", None, None),
            ResultMissed => ("result_missed", None, None),
            HazardOverdue => ("hazard_overdue", None, None),
            UnitLost { assignment } => ("unit_lost", None, Some(*assignment)),
        };
        Self { at, notice: name, rule, assignment }
    }

    /// What became due.
    pub fn name(&self) -> &'static str {
        self.notice
    }
}

/// An alarm somebody at a desk has seen (知悉), and when.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Seen {
    #[schema(value_type = String)]
    by: AccountName,
    #[serde(flatten)]
    alarm: Notice,
}

impl From<&alert::Seen> for Seen {
    fn from(seen: &alert::Seen) -> Self {
        Self { by: seen.by.clone(), alarm: Notice::of(seen.at, &seen.alarm) }
    }
}
