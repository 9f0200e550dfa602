//! The response policy: what "1, 3, 5 minutes" means here. A policy is data; the practices known
//! to differ are all written with this one shape (see [`preset`]).

mod check;
pub mod preset;
mod select;

pub use check::PolicyFault;
pub use select::{Circumstances, Selection};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    classification::{Category, Severity, Source, Tier, Zone},
    district::{SchoolKind, UnitKind},
    id::{PolicyId, RuleId},
    time::{Timestamp, Within},
};

/// A versioned, ordered list of clock rules with stage budgets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    pub id: PolicyId,
    pub version: u32,
    pub name: String,
    pub effective_from: Timestamp,
    /// The first matching governing rule governs; every matching rule beside it runs too.
    pub rules: Vec<ClockRule>,
    pub budgets: Budgets,
}

/// The one of several, in order of adoption and never none, that governs alerts received at `now`:
/// the last whose time has come.
pub fn in_force(policies: &[Arc<Policy>], now: Timestamp) -> &Arc<Policy> {
    let come = policies.iter().rev().find(|policy| policy.effective_from <= now);
    come.unwrap_or(&policies[0])
}

/// Which policy judged an alert.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PolicyRef {
    pub id: PolicyId,
    pub version: u32,
}

impl Policy {
    /// Its name in records.
    pub fn reference(&self) -> PolicyRef {
        PolicyRef { id: self.id.clone(), version: self.version }
    }

    /// The rule of that id.
    pub fn rule(&self, id: &RuleId) -> Option<&ClockRule> {
        self.rules.iter().find(|rule| rule.id == *id)
    }
}

/// One promise: from a start point to an end point within a limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRule {
    pub id: RuleId,
    pub tier: Tier,
    /// Reached at or before start + limit is on time.
    #[serde(rename = "limit_ms")]
    pub limit: Within,
    /// When the board turns amber, counted from the start.
    #[serde(rename = "warn_at_ms")]
    pub warn_at: Within,
    pub governing: bool,
    #[serde(default)]
    pub when: When,
    #[serde(default)]
    pub who: Who,
    #[serde(default)]
    pub start: StartPoint,
    #[serde(default)]
    pub end: EndPoint,
    /// The goal for the on-time rate, in percent.
    pub goal_percent: f64,
    /// An advisory clock runs and is shown, but its verdict is left out of the on-time rate.
    #[serde(default = "required_by_default")]
    pub required: bool,
}

fn required_by_default() -> bool {
    true
}

/// Which alerts a rule is for. Absent = any.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severities: Option<Vec<Severity>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zones: Option<Vec<Zone>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<Category>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub school_kinds: Option<Vec<SchoolKind>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sources: Option<Vec<Source>>,
}

/// Whose end point counts. Absent = any police unit, one of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Who {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_kinds: Option<Vec<UnitKind>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub echelons: Option<Vec<u8>>,
    /// How many units must reach the end point.
    pub at_least: u32,
}

impl Default for Who {
    fn default() -> Self {
        Self { unit_kinds: None, echelons: None, at_least: 1 }
    }
}

impl Who {
    /// Whether a unit of this kind, sent in this wave, counts.
    pub fn counts(&self, kind: UnitKind, echelon: u8) -> bool {
        let kind_counts = match &self.unit_kinds {
            Some(kinds) => kinds.contains(&kind),
            None => kind.is_police(),
        };
        kind_counts && self.echelons.as_ref().is_none_or(|echelons| echelons.contains(&echelon))
    }
}

/// Where a clock starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartPoint {
    #[default]
    Received,
    /// When the caller reported; received where that is not known.
    Reported,
    /// The first dispatch; the clock does not run before it.
    Dispatched,
}

/// Where a clock ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndPoint {
    Acknowledged,
    EnRoute,
    #[default]
    Arrived,
    Cleared,
}

/// Stage budgets by tier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE", deny_unknown_fields)]
pub struct Budgets {
    pub t1: StageBudgets,
    pub t3: StageBudgets,
    pub t5: StageBudgets,
}

impl Budgets {
    /// The budgets of one tier.
    pub fn of(&self, tier: Tier) -> &StageBudgets {
        match tier {
            Tier::T1 => &self.t1,
            Tier::T3 => &self.t3,
            Tier::T5 => &self.t5,
        }
    }
}

/// How long each stage may take. Arrival's budget is the governing clock itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageBudgets {
    /// From received to the first dispatch.
    #[serde(rename = "dispatch_ms")]
    pub dispatch: Within,
    /// From dispatched to acknowledged, per assignment.
    #[serde(rename = "acknowledge_ms")]
    pub acknowledge: Within,
    /// From dispatched to en route, per assignment.
    #[serde(rename = "turnout_ms")]
    pub turnout: Within,
    /// From the first arrival to the first feedback.
    #[serde(rename = "first_feedback_ms")]
    pub first_feedback: Within,
    /// From the last clearing to the result.
    #[serde(rename = "result_ms")]
    pub result: Within,
}
