//! Which clocks an alert gets.

use serde::{Deserialize, Serialize};

use super::{Policy, PolicyRef, When};
use crate::domain::{
    classification::{Category, Severity, Source, Tier, Zone},
    district::SchoolKind,
    id::RuleId,
};

/// What a policy looks at.
#[derive(Clone, Debug)]
pub struct Circumstances {
    pub severity: Severity,
    pub zone: Zone,
    pub category: Category,
    pub school_kind: Option<SchoolKind>,
    pub peak: bool,
    pub source: Source,
}

/// The clocks of one alert, frozen into its record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    pub policy: PolicyRef,
    /// The clock whose verdict is the alert's; none for an inquiry (L0).
    pub governing: Option<RuleId>,
    /// Every other clock that runs.
    pub beside: Vec<RuleId>,
    /// The governing rule's tier.
    pub tier: Option<Tier>,
}

impl When {
    /// Whether an alert in these circumstances is meant.
    pub fn matches(&self, circumstances: &Circumstances) -> bool {
        fn allows<T: PartialEq>(list: &Option<Vec<T>>, value: &T) -> bool {
            list.as_ref().is_none_or(|list| list.contains(value))
        }
        allows(&self.severities, &circumstances.severity)
            && allows(&self.zones, &circumstances.zone)
            && allows(&self.categories, &circumstances.category)
            && allows(&self.sources, &circumstances.source)
            && self.peak.is_none_or(|peak| peak == circumstances.peak)
            && self.school_kinds.as_ref().is_none_or(|kinds| {
                circumstances.school_kind.is_some_and(|kind| kinds.contains(&kind))
            })
    }
}

impl Policy {
    /// The clocks for an alert in these circumstances. `override_tier` asks for the first governing
    /// rule of that tier instead of the first that matches; `None` when there is no such rule.
    pub fn select(
        &self,
        circumstances: &Circumstances,
        override_tier: Option<Tier>,
    ) -> Option<Selection> {
        let policy = self.reference();
        if circumstances.severity == Severity::L0 && override_tier.is_none() {
            return Some(Selection { policy, governing: None, beside: Vec::new(), tier: None });
        }
        let governing =
            self.rules.iter().filter(|rule| rule.governing).find(|rule| match override_tier {
                Some(tier) => rule.tier == tier,
                None => rule.when.matches(circumstances),
            })?;
        let beside = self.rules.iter().filter(|rule| !rule.governing);
        Some(Selection {
            policy,
            governing: Some(governing.id.clone()),
            beside: beside
                .filter(|rule| rule.when.matches(circumstances))
                .map(|rule| rule.id.clone())
                .collect(),
            tier: Some(governing.tier),
        })
    }
}
