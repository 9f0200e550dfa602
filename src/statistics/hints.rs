//! Integrity hints: what a manager may want to look at. Each is a count with its n and what chance
//! would bring, never an accusation.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::Serialize;

use super::{columns::Columns, interval::wilson, percentile::ENOUGH, query::Query};
use crate::domain::{
    Alert, Stage, Timestamp,
    assignment::Assignment,
    classification::{Mode, Tier},
    id::{AlertId, UnitId},
};

/// The width of what lies just under a limit, of a hundred parts of it: 3 s of a minute.
const JUST_UNDER_PERCENT: i64 = 5;
/// What chance brings just under a limit, of what lies in that window and one on each side of it: a
/// third, on a slope too.
const JUST_UNDER_BY_CHANCE: f64 = 1.0 / 3.0;
/// A share of closings or tiers that is worth a look.
const WORTH_A_LOOK: f64 = 0.1;
/// Arrivals at so many alerts in one second are worth a look.
const ALERTS_IN_A_SECOND: usize = 3;
/// So many alerts are named with a hint; the count is of all.
const NAMED_MAX: usize = 200;

/// What was seen in the alerts of a query.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hints {
    pub from: Timestamp,
    pub to: Timestamp,
    pub at: Timestamp,
    /// Alerts looked at.
    pub alerts: usize,
    pub hints: Vec<Hint>,
}

/// What a hint is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HintKind {
    /// Arrivals heaped just under the limit, of those in a window around it.
    JustUnderLimit,
    /// Arrivals in the same second as one at another alert, of all arrivals.
    SameSecond,
    /// Closed and nobody ever arrived, of the closed.
    NoArrival,
    /// A longer limit than when an operator first looked, of those with a limit then.
    TierLowered,
}

/// One hint.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hint {
    pub kind: HintKind,
    /// The tier whose limit it is, for [`HintKind::JustUnderLimit`].
    pub tier: Option<Tier>,
    pub n: usize,
    pub count: usize,
    /// Count ÷ n; `None` when n is 0.
    pub share: Option<f64>,
    /// Wilson's 95 % interval of it.
    pub interval: Option<[f64; 2]>,
    /// The share that chance brings, or from which it is worth a look.
    pub expected: Option<f64>,
    /// Whether the whole interval lies above `expected`, from n = 10 on; of
    /// [`HintKind::SameSecond`], whether a unit was at two alerts in a second, or three alerts were
    /// reached in one.
    pub worth_a_look: bool,
    /// The first of the counted, in order of receipt.
    pub alerts: Vec<AlertId>,
}

impl Columns {
    /// The hints in the alerts a query asks for. `alert_of` finds an alert.
    pub fn hints(
        &self,
        query: &Query,
        now: Timestamp,
        alert_of: impl Fn(AlertId) -> Option<Arc<Alert>>,
    ) -> Hints {
        let asked = self.alert_ids(query, now).into_iter().filter_map(alert_of);
        let counts = |alert: &Arc<Alert>| alert.mode != Mode::Test && alert.merged_into.is_none();
        let alerts: Vec<_> = asked.filter(counts).collect();
        let hints = [Tier::T1, Tier::T3, Tier::T5]
            .map(|tier| just_under_limit(&alerts, tier, now))
            .into_iter()
            .chain([same_second(&alerts), no_arrival(&alerts), tier_lowered(&alerts)]);
        Hints {
            from: query.from,
            to: query.to,
            at: now,
            hints: hints.collect(),
            alerts: alerts.len(),
        }
    }
}

impl Hint {
    /// A share that is worth a look when all of its interval lies above `expected`.
    fn of(kind: HintKind, expected: f64, n: usize, mut counted: Vec<AlertId>) -> Self {
        let (count, interval) = (counted.len(), wilson(counted.len(), n));
        counted.truncate(NAMED_MAX);
        Self {
            kind,
            tier: None,
            n,
            count,
            share: (n > 0).then(|| count as f64 / n as f64),
            interval,
            expected: Some(expected),
            worth_a_look: n >= ENOUGH && interval.is_some_and(|[low, _]| low > expected),
            alerts: counted,
        }
    }
}

fn just_under_limit(alerts: &[Arc<Alert>], tier: Tier, now: Timestamp) -> Hint {
    let (mut n, mut under) = (0, Vec::new());
    for alert in alerts.iter().filter(|alert| alert.tier() == Some(tier)) {
        let Some(clock) = alert.governing_clock(now) else { continue };
        let Some(elapsed) = clock.elapsed else { continue };
        let limit = clock.limit.millis();
        let width = limit * JUST_UNDER_PERCENT / 100;
        let after_limit = elapsed.millis() - limit;
        // Three windows: the one just under the limit, and one on each side of it.
        if after_limit > -2 * width && after_limit <= width {
            n += 1;
            if after_limit > -width && after_limit <= 0 {
                under.push(alert.id);
            }
        }
    }
    Hint { tier: Some(tier), ..Hint::of(HintKind::JustUnderLimit, JUST_UNDER_BY_CHANCE, n, under) }
}

fn same_second(alerts: &[Arc<Alert>]) -> Hint {
    let mut seconds = BTreeMap::<i64, Vec<(AlertId, &UnitId)>>::new();
    let mut n = 0;
    for alert in alerts {
        for sent in &alert.assignments {
            if let Some(at) = sent.arrived_at {
                n += 1;
                seconds
                    .entry(at.millis().div_euclid(1_000))
                    .or_default()
                    .push((alert.id, &sent.unit));
            }
        }
    }
    let (mut count, mut named, mut worth_a_look) = (0, BTreeSet::new(), false);
    for arrivals in seconds.values() {
        let reached: BTreeSet<_> = arrivals.iter().map(|(alert, _)| *alert).collect();
        if reached.len() > 1 {
            count += arrivals.len();
            let units: BTreeSet<_> = arrivals.iter().map(|(_, unit)| *unit).collect();
            worth_a_look |= units.len() < arrivals.len() || reached.len() >= ALERTS_IN_A_SECOND;
            named.extend(reached);
        }
    }
    Hint {
        kind: HintKind::SameSecond,
        tier: None,
        n,
        count,
        share: (n > 0).then(|| count as f64 / n as f64),
        interval: wilson(count, n),
        expected: None,
        worth_a_look,
        alerts: named.into_iter().take(NAMED_MAX).collect(),
    }
}

fn no_arrival(alerts: &[Arc<Alert>]) -> Hint {
    let is_closed = |alert: &&Arc<Alert>| alert.stage() == Stage::Closed && alert.tier().is_some();
    let closed: Vec<_> = alerts.iter().filter(is_closed).collect();
    let never = |alert: &&&Arc<Alert>| {
        alert.assignments.iter().all(|sent: &Assignment| sent.arrived_at.is_none())
    };
    let counted = closed.iter().filter(never).map(|alert| alert.id).collect();
    Hint::of(HintKind::NoArrival, WORTH_A_LOOK, closed.len(), counted)
}

fn tier_lowered(alerts: &[Arc<Alert>]) -> Hint {
    let limit = |tier: Option<Tier>| tier.map_or(u8::MAX, |tier| tier as u8);
    let promised: Vec<_> = alerts.iter().filter(|alert| alert.first_tier.is_some()).collect();
    let is_lowered = |alert: &&&Arc<Alert>| limit(alert.tier()) > limit(alert.first_tier);
    let counted = promised.iter().filter(is_lowered).map(|alert| alert.id).collect();
    Hint::of(HintKind::TierLowered, WORTH_A_LOOK, promised.len(), counted)
}
