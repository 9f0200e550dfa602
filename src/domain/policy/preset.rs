//! The shipped policies: one per reading of "1, 3, 5 minutes" (domain standard §3). They are
//! locally configurable and not a national standard.

use super::{Budgets, ClockRule, EndPoint, Policy, StageBudgets, StartPoint, When, Who};
use crate::domain::{
    classification::{Severity, Tier, Zone},
    district::UnitKind,
    id::RuleId,
    time::{Timestamp, Within},
};

/// The policy in force until another is adopted.
pub const DEFAULT: &str = "school-135-default";

/// The id of every preset.
pub const IDS: [&str; 6] =
    [DEFAULT, "severity-only", "zone-only", "echelon-135", "school-mutual-135", "stage-135"];

/// The preset of that id, version 1, in force from the beginning.
pub fn preset(id: &str) -> Option<Policy> {
    let (name, rules) = match id {
        DEFAULT => ("Slower of severity and zone", school_135()),
        "severity-only" => ("By severity", severity_only()),
        "zone-only" => ("By zone", zone_only()),
        "echelon-135" => ("Three echelons", echelon_135()),
        "school-mutual-135" => ("School mutual aid", school_mutual_135()),
        "stage-135" => ("By stage", stage_135()),
        _ => return None,
    };
    Some(Policy {
        id: id.into(),
        version: 1,
        name: name.to_owned(),
        effective_from: Timestamp::from_millis(0),
        rules,
        budgets: budgets(),
    })
}

fn limit(tier: Tier) -> (Within, Within) {
    let (limit, warn_at) = match tier {
        Tier::T1 => (60, 40),
        Tier::T3 => (180, 120),
        Tier::T5 => (300, 200),
    };
    (Within::from_seconds(limit), Within::from_seconds(warn_at))
}

fn rule(id: &str, tier: Tier, governing: bool, when: When) -> ClockRule {
    let (limit, warn_at) = limit(tier);
    ClockRule {
        id: RuleId::from(id),
        tier,
        limit,
        warn_at,
        governing,
        when,
        who: Who::default(),
        start: StartPoint::Received,
        end: EndPoint::Arrived,
        goal_percent: if tier == Tier::T5 { 95.0 } else { 90.0 },
        required: true,
    }
}

fn severities(list: &[Severity]) -> When {
    When { severities: Some(list.to_vec()), ..When::default() }
}

fn zones(list: &[Zone]) -> When {
    When { zones: Some(list.to_vec()), ..When::default() }
}

fn severity_and_zones(severity: Severity, list: &[Zone]) -> When {
    When { severities: Some(vec![severity]), ..zones(list) }
}

/// Three waves beside the governing clock: nearest post, surrounding patrols, reinforcement.
fn echelons(when: &When) -> Vec<ClockRule> {
    [(1, Tier::T1), (2, Tier::T3), (3, Tier::T5)]
        .map(|(echelon, tier)| ClockRule {
            who: Who { echelons: Some(vec![echelon]), ..Who::default() },
            ..rule(&format!("echelon-{echelon}"), tier, false, when.clone())
        })
        .into()
}

fn school_135() -> Vec<ClockRule> {
    use Severity::*;
    use Zone::*;
    let mut rules = vec![
        rule("l1-a", Tier::T1, true, severity_and_zones(L1, &[A])),
        rule("l1-b", Tier::T3, true, severity_and_zones(L1, &[B])),
        rule("l1-c", Tier::T5, true, severity_and_zones(L1, &[C])),
        rule("l2-ab", Tier::T3, true, severity_and_zones(L2, &[A, B])),
        rule("l2-c", Tier::T5, true, severity_and_zones(L2, &[C])),
        rule("l3-ab", Tier::T5, true, severity_and_zones(L3, &[A, B])),
        ClockRule { required: false, ..rule("otherwise", Tier::T5, true, When::default()) },
    ];
    rules.extend(echelons(&severities(&[L1])));
    rules
}

fn severity_only() -> Vec<ClockRule> {
    vec![
        rule("l1", Tier::T1, true, severities(&[Severity::L1])),
        rule("l2", Tier::T3, true, severities(&[Severity::L2])),
        rule("otherwise", Tier::T5, true, When::default()),
    ]
}

fn zone_only() -> Vec<ClockRule> {
    vec![
        rule("zone-a", Tier::T1, true, zones(&[Zone::A])),
        rule("zone-b", Tier::T3, true, zones(&[Zone::B])),
        rule("otherwise", Tier::T5, true, When::default()),
    ]
}

fn echelon_135() -> Vec<ClockRule> {
    let mut rules = echelons(&When::default());
    rules.push(rule("first-police", Tier::T5, true, When::default()));
    rules
}

fn school_mutual_135() -> Vec<ClockRule> {
    let who = |kinds: &[UnitKind]| Who { unit_kinds: Some(kinds.to_vec()), ..Who::default() };
    vec![
        ClockRule {
            who: who(&[UnitKind::SchoolGuard]),
            ..rule("self-rescue", Tier::T1, false, When::default())
        },
        ClockRule {
            // The school's own guards are the first; a neighbour is a second.
            who: Who { at_least: 2, ..who(&[UnitKind::Post, UnitKind::SchoolGuard]) },
            ..rule("neighbours", Tier::T3, false, When::default())
        },
        rule("police", Tier::T5, true, When::default()),
    ]
}

fn stage_135() -> Vec<ClockRule> {
    vec![
        ClockRule { end: EndPoint::EnRoute, ..rule("start", Tier::T1, false, When::default()) },
        rule("arrival", Tier::T3, true, When::default()),
        ClockRule {
            who: Who { at_least: 2, ..Who::default() },
            ..rule("joint-action", Tier::T5, false, When::default())
        },
    ]
}

fn budgets() -> Budgets {
    let stages = |dispatch, acknowledge, turnout, first_feedback_minutes: i64| StageBudgets {
        dispatch: Within::from_seconds(dispatch),
        acknowledge: Within::from_seconds(acknowledge),
        turnout: Within::from_seconds(turnout),
        first_feedback: Within::from_seconds(first_feedback_minutes * 60),
        result: Within::from_seconds(30 * 60),
    };
    Budgets { t1: stages(10, 15, 20, 5), t3: stages(30, 30, 60, 5), t5: stages(60, 60, 120, 10) }
}
