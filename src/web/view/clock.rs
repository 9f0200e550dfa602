//! One clock of an alert.

use serde::Serialize;
use utoipa::ToSchema;

use super::code;
use crate::domain::{
    Timestamp, Verdict, Within, classification::Tier, id::RuleId, verdict::ClockReading,
};

/// A clock, judged as of the frame's or answer's instant.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Clock {
    #[schema(value_type = String)]
    rule: RuleId,
    #[schema(value_type = code::Tier)]
    tier: Tier,
    governing: bool,
    /// False for an advisory clock: shown, but left out of the on-time rate.
    required: bool,
    #[schema(value_type = i64)]
    limit_ms: Within,
    #[schema(value_type = Option<String>, format = DateTime)]
    started_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    warn_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    reached_at: Option<Timestamp>,
    #[schema(value_type = Option<i64>)]
    elapsed_ms: Option<Within>,
    #[schema(value_type = code::Verdict)]
    verdict: Verdict,
    /// A supervisor corrected a time point this verdict rests on.
    corrected: bool,
}

impl From<ClockReading> for Clock {
    fn from(reading: ClockReading) -> Self {
        Self {
            rule: reading.rule,
            tier: reading.tier,
            governing: reading.governing,
            required: reading.required,
            limit_ms: reading.limit,
            started_at: reading.started_at,
            warn_at: reading.warn_at,
            due_at: reading.due_at,
            reached_at: reading.reached_at,
            elapsed_ms: reading.elapsed,
            verdict: reading.verdict,
            corrected: reading.corrected,
        }
    }
}
