//! The response policy. The domain's own value travels; this is its shape for the document.

use serde::Serialize;
use utoipa::ToSchema;

use super::code;
use crate::{domain, statistics};

/// A versioned, ordered list of clock rules with stage budgets. Locally configurable, not a
/// national standard.
#[derive(ToSchema)]
#[allow(dead_code, reason = "only its schema is used")]
pub struct Policy {
    id: String,
    version: u32,
    name: String,
    #[schema(format = DateTime)]
    effective_from: String,
    /// The first matching governing rule governs; every matching rule beside it runs too.
    rules: Vec<ClockRule>,
    budgets: Budgets,
}

/// One promise: from a start point to an end point within a limit.
#[derive(ToSchema)]
#[allow(dead_code, reason = "only its schema is used")]
pub struct ClockRule {
    id: String,
    tier: code::Tier,
    /// Reached at or before start + limit is on time.
    limit_ms: i64,
    warn_at_ms: i64,
    governing: bool,
    when: Option<When>,
    who: Option<Who>,
    start: Option<code::StartPoint>,
    end: Option<code::EndPoint>,
    goal_percent: f64,
    required: Option<bool>,
}

/// Which alerts a rule is for. Absent = any.
#[derive(ToSchema)]
#[allow(dead_code, reason = "only its schema is used")]
pub struct When {
    severities: Option<Vec<code::Severity>>,
    zones: Option<Vec<code::Zone>>,
    categories: Option<Vec<code::Category>>,
    school_kinds: Option<Vec<code::SchoolKind>>,
    peak: Option<bool>,
    sources: Option<Vec<code::Source>>,
}

/// Whose end point counts. Absent = any police unit, one of them.
#[derive(ToSchema)]
#[allow(dead_code, reason = "only its schema is used")]
pub struct Who {
    unit_kinds: Option<Vec<code::UnitKind>>,
    echelons: Option<Vec<u8>>,
    at_least: Option<u32>,
}

/// Stage budgets by tier.
#[derive(ToSchema)]
#[allow(dead_code, non_snake_case, reason = "only its schema is used")]
pub struct Budgets {
    T1: StageBudgets,
    T3: StageBudgets,
    T5: StageBudgets,
}

/// How long each stage may take.
#[derive(ToSchema)]
#[allow(dead_code, reason = "only its schema is used")]
pub struct StageBudgets {
    dispatch_ms: i64,
    acknowledge_ms: i64,
    turnout_ms: i64,
    first_feedback_ms: i64,
    result_ms: i64,
}

/// The shipped policies, one per reading of "1, 3, 5 minutes".
#[derive(Debug, Serialize, ToSchema)]
pub struct Presets {
    #[schema(value_type = Vec<Policy>)]
    pub presets: Vec<domain::Policy>,
}

/// The same handled alerts as they were judged and as a candidate would have judged them.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyPreview {
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub judged: statistics::WhatIf,
}
