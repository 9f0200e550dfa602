//! A deadline the server has told.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::{
    Timestamp, event,
    id::{AssignmentId, RuleId},
};

/// What became due, and when it was noticed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Notice {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// `clock_warned`, `clock_breached`, `dispatch_missed`, `acknowledge_missed`,
    /// `turnout_missed`, `first_feedback_missed`, `result_missed` or `hazard_overdue`.
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
        };
        Self { at, notice: name, rule, assignment }
    }

    /// What became due.
    pub fn name(&self) -> &'static str {
        self.notice
    }
}
