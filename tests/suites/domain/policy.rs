//! The policy: each reading of "1, 3, 5 minutes", and what is no policy.

use campus_dispatch::domain::{
    Policy, Verdict, Within,
    assignment::Step,
    classification::{Category, Severity, Source, Tier, Zone},
    district::{SchoolKind, UnitKind},
    id::AlertId,
    policy::{Circumstances, ClockRule, PolicyFault, StageBudgets, When, Who, preset},
};

use super::{
    ask,
    centre::{Centre, admin},
};

fn shipped(id: &str) -> Policy {
    preset::preset(id).expect("shipped")
}

/// The district with that preset in force.
fn under(id: &str) -> Centre {
    let mut centre = Centre::new();
    if id != preset::DEFAULT {
        centre.does(&admin(), ask::adopt(shipped(id)));
    }
    centre
}

fn arrives(centre: &mut Centre, alert: AlertId, unit: &str) {
    let assignment = centre.send(alert, unit);
    centre.step(assignment, Step::Arrive);
}

fn circumstances(severity: Severity, zone: Zone) -> Circumstances {
    Circumstances {
        severity,
        zone,
        category: Category::Other,
        school_kind: Some(SchoolKind::Primary),
        peak: false,
        source: Source::Phone110,
    }
}

#[test]
fn every_shipped_policy_can_judge_every_alert() {
    for id in preset::IDS {
        let policy = shipped(id);
        assert_eq!(policy.check(), Ok(()), "{id}");
        assert_eq!(policy.id.as_str(), id);
        for severity in Severity::ALL {
            for zone in Zone::ALL {
                let selection = policy.select(&circumstances(*severity, *zone), None);
                let governing = selection.expect("a selection").governing;
                assert_eq!(governing.is_none(), *severity == Severity::L0, "{id}");
            }
        }
    }
    assert_eq!(preset::preset("another"), None);
}

#[test]
fn by_default_the_slower_of_severity_and_zone_governs() {
    let table = "
        L1 A T1 | L1 B T3 | L1 C T5
        L2 A T3 | L2 B T3 | L2 C T5
        L3 A T5 | L3 B T5 | L3 C T5 advisory";
    let policy = shipped(preset::DEFAULT);
    let mut printed = String::new();
    for severity in [Severity::L1, Severity::L2, Severity::L3] {
        let cells: Vec<String> = Zone::ALL
            .iter()
            .map(|zone| {
                let selection = policy.select(&circumstances(severity, *zone), None);
                let id = selection.expect("a selection").governing.expect("a clock");
                let rule = policy.rule(&id).expect("a rule");
                let advisory = if rule.required { "" } else { " advisory" };
                format!("{severity:?} {zone:?} {:?}{advisory}", rule.tier)
            })
            .collect();
        printed += &format!("\n        {}", cells.join(" | "));
    }
    assert_eq!(printed, table);
}

#[test]
fn limits_warnings_and_goals_are_those_of_the_tiers() {
    for id in preset::IDS {
        for rule in shipped(id).rules {
            let (limit, warn_at, goal) = match rule.tier {
                Tier::T1 => (60, 40, 90.0),
                Tier::T3 => (180, 120, 90.0),
                Tier::T5 => (300, 200, 95.0),
            };
            let seconds = Within::from_seconds;
            assert_eq!((rule.limit, rule.warn_at), (seconds(limit), seconds(warn_at)), "{id}");
            assert_eq!(rule.goal_percent, goal, "{id} {}", rule.id);
        }
    }
}

#[test]
fn the_stage_budgets_are_those_of_the_standard() {
    let table = [
        (Tier::T1, [10, 15, 20, 300, 1800]),
        (Tier::T3, [30, 30, 60, 300, 1800]),
        (Tier::T5, [60, 60, 120, 600, 1800]),
    ];
    for (tier, seconds) in table {
        let [dispatch, acknowledge, turnout, first_feedback, result] =
            seconds.map(Within::from_seconds);
        let stated = StageBudgets { dispatch, acknowledge, turnout, first_feedback, result };
        for id in preset::IDS {
            assert_eq!(*shipped(id).budgets.of(tier), stated, "{id} {tier:?}");
        }
    }
}

#[test]
fn by_echelons_each_wave_has_its_own_clock_and_any_police_is_owed_in_five_minutes() {
    let mut centre = under("echelon-135");
    let alert = centre.raise(Category::Theft, "S-C");
    arrives(centre.at(50), alert, "P-01");
    arrives(centre.at(200), alert, "P-02");
    centre.at(301);
    assert_eq!(centre.clock(alert, "echelon-1"), Verdict::Met);
    assert_eq!(centre.clock(alert, "echelon-2"), Verdict::Late);
    assert_eq!(centre.clock(alert, "echelon-3"), Verdict::Breaching);
    assert_eq!(
        (centre.governing(alert).as_str(), centre.verdict(alert)),
        ("first-police", Verdict::Met)
    );
}

#[test]
fn by_school_mutual_aid_the_guards_are_first_a_neighbour_second_and_only_police_governs() {
    let mut centre = under("school-mutual-135");
    let alert = centre.raise(Category::Fight, "S-A");
    arrives(centre.at(30), alert, "G-01");
    assert_eq!(centre.clock(alert, "self-rescue"), Verdict::Met);
    assert_eq!(
        centre.clock(alert, "neighbours"),
        Verdict::Pending,
        "one's own guards are no neighbour"
    );
    assert_eq!(centre.verdict(alert), Verdict::Pending, "guards are no police");
    arrives(centre.at(90), alert, "P-01");
    assert_eq!(centre.clock(alert, "neighbours"), Verdict::Met);
    assert_eq!(centre.verdict(alert), Verdict::Met);
}

#[test]
fn by_zone_alone_severity_does_not_matter() {
    let mut centre = under("zone-only");
    let tiers = |category, centre: &mut Centre| {
        ["S-A", "S-B", "S-C"].map(|school| {
            let alert = centre.raise(category, school);
            centre.alert(alert).tier().expect("a tier")
        })
    };
    assert_eq!(tiers(Category::Attack, &mut centre), [Tier::T1, Tier::T3, Tier::T5]);
    assert_eq!(tiers(Category::Theft, &mut centre), [Tier::T1, Tier::T3, Tier::T5]);
}

#[test]
fn by_severity_alone_the_zone_does_not_matter() {
    let mut centre = under("severity-only");
    for school in ["S-A", "S-C"] {
        let tiers = [Category::Attack, Category::Fight, Category::Theft].map(|category| {
            let alert = centre.raise(category, school);
            centre.alert(alert).tier().expect("a tier")
        });
        assert_eq!(tiers, [Tier::T1, Tier::T3, Tier::T5]);
    }
}

#[test]
fn by_stage_there_are_a_start_an_arrival_and_a_joint_action_of_two() {
    let mut centre = under("stage-135");
    let alert = centre.raise(Category::Fight, "S-C");
    let first = centre.send(alert, "P-02");
    centre.at(60).step(first, Step::EnRoute);
    centre.at(170).step(first, Step::Arrive);
    assert_eq!(centre.clock(alert, "start"), Verdict::Met);
    assert_eq!(centre.verdict(alert), Verdict::Met);
    assert_eq!(centre.clock(alert, "joint-action"), Verdict::Pending, "one is not two");
    arrives(centre.at(301), alert, "P-03");
    assert_eq!(centre.clock(alert, "joint-action"), Verdict::Late);
}

#[test]
fn a_rule_looks_at_the_school_the_peak_the_category_and_the_source() {
    let when = |when: When| when;
    let circumstances = circumstances(Severity::L2, Zone::B);
    let meant = [
        When::default(),
        when(When { school_kinds: Some(vec![SchoolKind::Primary]), ..When::default() }),
        when(When { peak: Some(false), ..When::default() }),
        when(When { categories: Some(vec![Category::Other]), ..When::default() }),
        when(When { sources: Some(vec![Source::Phone110]), ..When::default() }),
    ];
    let not_meant = [
        when(When { school_kinds: Some(vec![SchoolKind::University]), ..When::default() }),
        when(When { peak: Some(true), ..When::default() }),
        when(When { categories: Some(vec![Category::Fire]), ..When::default() }),
        when(When { sources: Some(vec![Source::Video]), ..When::default() }),
    ];
    assert!(meant.iter().all(|when| when.matches(&circumstances)));
    assert!(not_meant.iter().all(|when| !when.matches(&circumstances)));
    let nowhere = Circumstances { school_kind: None, ..circumstances };
    assert!(!meant[1].matches(&nowhere), "a bare place is no kind of school");
}

// What is no policy.

/// The faults of the default policy after a change of its first rule.
#[track_caller]
fn fault(change: impl FnOnce(&mut ClockRule)) -> PolicyFault {
    policy_fault(|policy| change(&mut policy.rules[0]))
}

#[track_caller]
fn policy_fault(change: impl FnOnce(&mut Policy)) -> PolicyFault {
    let mut policy = shipped(preset::DEFAULT);
    change(&mut policy);
    policy.check().expect_err("a fault")
}

fn first() -> campus_dispatch::domain::id::RuleId {
    "l1-a".into()
}

#[test]
fn a_limit_of_nothing_is_refused() {
    for millis in [0, -1] {
        let limit = Within::from_millis(millis);
        assert_eq!(
            fault(|rule| rule.limit = limit),
            PolicyFault::LimitNotPositive { rule: first() }
        );
    }
}

#[test]
fn a_limit_of_more_than_a_day_is_refused() {
    let limit = Within::from_millis(24 * 3_600_000 + 1);
    assert_eq!(fault(|rule| rule.limit = limit), PolicyFault::LimitTooLong { rule: first() });
}

#[test]
fn a_warning_that_is_not_before_the_limit_is_refused() {
    for seconds in [60, 61, -1] {
        let warn_at = Within::from_seconds(seconds);
        let refused = PolicyFault::WarnNotBeforeLimit { rule: first() };
        assert_eq!(fault(|rule| rule.warn_at = warn_at), refused);
    }
}

#[test]
fn a_rule_for_nobody_is_refused() {
    let nobody = [
        Who { at_least: 0, ..Who::default() },
        Who { unit_kinds: Some(Vec::new()), ..Who::default() },
        Who { echelons: Some(Vec::new()), ..Who::default() },
        Who { echelons: Some(vec![0, 4]), ..Who::default() },
    ];
    for who in nobody {
        let refused = PolicyFault::NobodyCounts { rule: first() };
        assert_eq!(fault(|rule| rule.who = who.clone()), refused, "{who:?}");
    }
}

#[test]
fn a_goal_that_is_no_percentage_is_refused() {
    for goal in [-0.1, 100.1, f64::NAN] {
        let refused = PolicyFault::GoalNotAPercentage { rule: first() };
        assert_eq!(fault(|rule| rule.goal_percent = goal), refused);
    }
}

#[test]
fn an_id_that_is_none_is_refused() {
    assert_eq!(fault(|rule| rule.id = "a b".into()), PolicyFault::BadId);
    assert_eq!(policy_fault(|policy| policy.id = "".into()), PolicyFault::BadId);
}

#[test]
fn two_rules_of_one_id_are_refused() {
    assert_eq!(
        policy_fault(|policy| policy.rules[1].id = first()),
        PolicyFault::RuleIdTwice { rule: first() }
    );
}

#[test]
fn an_alert_that_nothing_would_govern_is_refused() {
    let narrowed = |policy: &mut Policy| {
        let last = policy.rules.iter_mut().find(|rule| rule.id.as_str() == "otherwise");
        last.expect("the catch-all").when.peak = Some(true);
    };
    assert_eq!(policy_fault(narrowed), PolicyFault::NoGoverningCatchAll);
    let not_governing = |policy: &mut Policy| {
        policy.rules.iter_mut().for_each(|rule| rule.governing = false);
    };
    assert_eq!(policy_fault(not_governing), PolicyFault::NoGoverningCatchAll);
    assert_eq!(policy_fault(|policy| policy.rules.clear()), PolicyFault::NoGoverningCatchAll);
}

#[test]
fn tiers_out_of_order_are_refused() {
    let longer_t1 = Within::from_seconds(181);
    assert_eq!(fault(|rule| rule.limit = longer_t1), PolicyFault::TiersOutOfOrder);
    let longer_t3 = |policy: &mut Policy| policy.rules[1].limit = Within::from_seconds(301);
    assert_eq!(policy_fault(longer_t3), PolicyFault::TiersOutOfOrder);
}

#[test]
fn a_budget_of_nothing_or_of_more_than_a_day_is_refused() {
    for millis in [0, 24 * 3_600_000 + 1] {
        let span = Within::from_millis(millis);
        let refused = PolicyFault::BudgetOutOfRange { tier: Tier::T3 };
        assert_eq!(policy_fault(|policy| policy.budgets.t3.turnout = span), refused);
    }
}

#[test]
fn any_police_unit_counts_unless_a_rule_says_otherwise() {
    let anybody = Who::default();
    assert!(anybody.counts(UnitKind::Traffic, 2) && !anybody.counts(UnitKind::SchoolGuard, 1));
    let guards = Who { unit_kinds: Some(vec![UnitKind::SchoolGuard]), ..Who::default() };
    assert!(guards.counts(UnitKind::SchoolGuard, 1) && !guards.counts(UnitKind::Post, 1));
}
