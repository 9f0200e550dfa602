//! What a policy must be before it may govern.

use std::collections::BTreeSet;

use super::{ClockRule, Policy, When, Who};
use crate::domain::{
    classification::Tier,
    id::{RuleId, is_valid_id},
    limit,
    time::Within,
};

/// Why a policy is refused. `rule` names the clock rule at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyFault {
    /// The policy's or a rule's id is not an id.
    BadId,
    RuleIdTwice {
        rule: RuleId,
    },
    LimitNotPositive {
        rule: RuleId,
    },
    LimitTooLong {
        rule: RuleId,
    },
    WarnNotBeforeLimit {
        rule: RuleId,
    },
    NobodyCounts {
        rule: RuleId,
    },
    GoalNotAPercentage {
        rule: RuleId,
    },
    /// A budget is not positive or longer than a day.
    BudgetOutOfRange {
        tier: Tier,
    },
    /// Some alert would run without a governing clock: the last governing rule must match any.
    NoGoverningCatchAll,
    /// A T1 limit is longer than a T3 limit, or T3 than T5.
    TiersOutOfOrder,
}

/// No promise is longer than a day.
const LIMIT_MAX: Within = Within::from_seconds(24 * 3600);

impl Policy {
    /// Refuses what could not judge every alert, with the reason.
    pub fn check(&self) -> Result<(), PolicyFault> {
        if !is_valid_id(self.id.as_str()) {
            return Err(PolicyFault::BadId);
        }
        let mut seen = BTreeSet::new();
        for rule in &self.rules {
            rule.check()?;
            if !seen.insert(&rule.id) {
                return Err(PolicyFault::RuleIdTwice { rule: rule.id.clone() });
            }
        }
        let is_catch_all = |rule: &ClockRule| rule.governing && rule.when == When::default();
        if !self.rules.iter().any(is_catch_all) {
            return Err(PolicyFault::NoGoverningCatchAll);
        }
        self.check_tier_order()?;
        for tier in Tier::ALL {
            let budgets = self.budgets.of(*tier);
            let spans = [
                budgets.dispatch,
                budgets.acknowledge,
                budgets.turnout,
                budgets.first_feedback,
                budgets.result,
            ];
            if spans.iter().any(|span| *span <= Within::default() || *span > LIMIT_MAX) {
                return Err(PolicyFault::BudgetOutOfRange { tier: *tier });
            }
        }
        Ok(())
    }

    fn check_tier_order(&self) -> Result<(), PolicyFault> {
        let limits = |tier: Tier| {
            self.rules.iter().filter(move |rule| rule.tier == tier).map(|rule| rule.limit)
        };
        let ordered =
            |shorter: Tier, longer: Tier| match (limits(shorter).max(), limits(longer).min()) {
                (Some(most), Some(least)) => most <= least,
                _ => true,
            };
        let in_order = ordered(Tier::T1, Tier::T3)
            && ordered(Tier::T3, Tier::T5)
            && ordered(Tier::T1, Tier::T5);
        if in_order { Ok(()) } else { Err(PolicyFault::TiersOutOfOrder) }
    }
}

impl ClockRule {
    fn check(&self) -> Result<(), PolicyFault> {
        let rule = self.id.clone();
        if !is_valid_id(self.id.as_str()) {
            return Err(PolicyFault::BadId);
        }
        if self.limit <= Within::default() {
            return Err(PolicyFault::LimitNotPositive { rule });
        }
        if self.limit > LIMIT_MAX {
            return Err(PolicyFault::LimitTooLong { rule });
        }
        if self.warn_at >= self.limit || self.warn_at < Within::default() {
            return Err(PolicyFault::WarnNotBeforeLimit { rule });
        }
        if !self.who.is_somebody() {
            return Err(PolicyFault::NobodyCounts { rule });
        }
        if !(0.0..=100.0).contains(&self.goal_percent) {
            return Err(PolicyFault::GoalNotAPercentage { rule });
        }
        Ok(())
    }
}

impl Who {
    /// Whether any unit at all could count.
    fn is_somebody(&self) -> bool {
        let no_kind = self.unit_kinds.as_ref().is_some_and(Vec::is_empty);
        let waves = 1..=limit::ECHELON_MAX;
        let no_wave =
            self.echelons.as_ref().is_some_and(|given| !given.iter().any(|e| waves.contains(e)));
        self.at_least > 0 && !no_kind && !no_wave
    }
}
