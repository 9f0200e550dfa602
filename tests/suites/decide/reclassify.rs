//! Reclassify: the alert turns out to be something else, or more or less urgent.

use campus_dispatch::domain::{
    Rejection, Verdict,
    classification::{Category, Severity, Tier},
    decide::reclassify::ReclassifyAlert,
    event::Notice,
    id::AlertId,
    policy::preset,
};

use crate::domain::{
    ask,
    centre::{Centre, admin, gateway, operator, second, supervisor},
};

fn as_category(alert: AlertId, category: Category) -> ReclassifyAlert {
    ReclassifyAlert { category: Some(category), ..ask::view(alert) }
}

#[test]
fn an_upgrade_selects_the_rule_again_and_keeps_the_start() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    assert_eq!(centre.governing(alert).as_str(), "l2-ab");
    centre.at(30).does(&operator(), ask::set_severity(alert, Severity::L1, None));
    let clock = centre.alert(alert).governing_clock(centre.now()).expect("a clock");
    assert_eq!(clock.rule.as_str(), "l1-a");
    assert_eq!((clock.started_at, clock.due_at), (Some(second(0)), Some(second(60))));
}

#[test]
fn an_upgrade_whose_limit_has_passed_is_breached_at_once() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.at(100).does(&operator(), ask::set_severity(alert, Severity::L1, None));
    assert_eq!(centre.verdict(alert), Verdict::Breaching);
    assert!(centre.told(alert).contains(&Notice::ClockBreached { rule: "l1-a".into() }));
}

#[test]
fn an_upgrade_after_an_arrival_within_the_old_limit_is_late_by_the_new_one() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let assignment = centre.send(alert, "P-02");
    centre.at(90).step(assignment, campus_dispatch::domain::assignment::Step::Arrive);
    assert_eq!(centre.verdict(alert), Verdict::Met);
    centre.at(100).does(&operator(), ask::set_severity(alert, Severity::L1, None));
    assert_eq!(centre.verdict(alert), Verdict::Late);
}

#[test]
fn every_l1_runs_the_three_echelons_beside() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    assert!(centre.alert(alert).selection.beside.is_empty());
    centre.does(&operator(), ask::set_severity(alert, Severity::L1, None));
    let beside = centre.alert(alert).selection.beside.len();
    assert_eq!(beside, 3);
}

#[test]
fn a_supervisor_lowers_it_with_a_reason() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.does(&supervisor(), ask::set_severity(alert, Severity::L3, Some("示例：口角")));
    assert_eq!(centre.governing(alert).as_str(), "l3-ab");
}

#[test]
fn an_operators_first_look_at_a_machines_alarm_is_no_downgrade() {
    let mut centre = Centre::new();
    centre.does(&gateway(), ask::raised(ask::alarm("alarm-1", "S-A")));
    let alert = centre.last_alert();
    centre.at(5).does(&operator(), ask::set_severity(alert, Severity::L3, None));
    assert_eq!(centre.alert(alert).severity, Severity::L3);
    assert!(centre.alert(alert).assessed);
}

#[test]
fn confirming_a_machines_alarm_as_it_is_assesses_it() {
    let mut centre = Centre::new();
    centre.does(&gateway(), ask::raised(ask::alarm("alarm-1", "S-A")));
    let alert = centre.last_alert();
    centre.does(&operator(), ask::reclassify(ask::view(alert)));
    assert!(centre.alert(alert).assessed);
}

#[test]
fn a_supervisor_overrides_the_tier() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Theft, "S-A");
    assert_eq!(centre.alert(alert).tier(), Some(Tier::T5));
    centre.does(&supervisor(), ask::set_tier(alert, Tier::T1, None));
    assert_eq!(centre.alert(alert).tier(), Some(Tier::T1));
    assert_eq!(centre.alert(alert).severity, Severity::L3, "only the promise changed");
}

#[test]
fn an_operators_change_of_category_keeps_the_supervisors_tier() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Theft, "S-A");
    centre.does(&supervisor(), ask::set_tier(alert, Tier::T1, None));
    centre.does(&operator(), ask::reclassify(as_category(alert, Category::Dispute)));
    assert_eq!(centre.alert(alert).tier(), Some(Tier::T1));
    assert_eq!(centre.alert(alert).category, Category::Dispute);
}

#[test]
fn an_operators_upgrade_shortens_a_supervisors_longer_tier() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.does(&supervisor(), ask::set_tier(alert, Tier::T5, Some("示例")));
    centre.does(&operator(), ask::set_severity(alert, Severity::L1, None));
    assert_eq!(centre.alert(alert).tier(), Some(Tier::T1));
}

#[test]
fn a_supervisor_takes_an_override_back() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Theft, "S-A");
    centre.does(&supervisor(), ask::set_tier(alert, Tier::T1, None));
    let back = ReclassifyAlert { reason: Some("示例".to_owned()), ..ask::view(alert) };
    centre.does(&supervisor(), ask::reclassify(back));
    assert_eq!(centre.alert(alert).tier(), Some(Tier::T5));
}

#[test]
fn a_later_policy_does_not_touch_it() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Attack, "S-A");
    let mut stricter = preset::preset(preset::DEFAULT).expect("shipped");
    stricter.version = 2;
    stricter.rules[0].limit = campus_dispatch::domain::Within::from_seconds(50);
    centre.does(&admin(), ask::adopt(stricter));
    centre.does(&operator(), ask::reclassify(as_category(alert, Category::Weapon)));
    assert_eq!(centre.alert(alert).selection.policy.version, 1);
    let next = centre.raise(Category::Attack, "S-A");
    assert_eq!(centre.alert(next).selection.policy.version, 2);
}

refusals! {
    a_downgrade_by_an_operator is DowngradeNeedsSupervisor: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        (operator(), ask::set_severity(alert, Severity::L3, Some("示例")))
    }
    a_downgrade_to_an_inquiry_by_an_operator is DowngradeNeedsSupervisor: |centre| {
        let alert = centre.raise(Category::Theft, "S-A");
        (operator(), ask::set_severity(alert, Severity::L0, Some("示例")))
    }
    a_downgrade_without_a_reason is ReasonMissing: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        (supervisor(), ask::set_severity(alert, Severity::L3, None))
    }
    a_longer_tier_without_a_reason is ReasonMissing: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        (supervisor(), ask::set_tier(alert, Tier::T5, Some(" ")))
    }
    an_override_by_an_operator is RoleNotPermitted: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        (operator(), ask::set_tier(alert, Tier::T1, None))
    }
    a_tier_the_policy_has_no_rule_for is NoRuleForTier: |centre| {
        centre.does(&admin(), ask::adopt(preset::preset("echelon-135").expect("shipped")));
        let alert = centre.raise(Category::Fight, "S-A");
        (supervisor(), ask::set_tier(alert, Tier::T1, None))
    }
    what_it_already_is is AlertUnchanged: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        (operator(), ask::set_severity(alert, Severity::L2, None))
    }
    a_closed_alert is AlertClosed: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.end_without_arrival(alert);
        (operator(), ask::set_severity(alert, Severity::L1, None))
    }
}

#[test]
fn a_resolved_alert_can_still_be_classified_rightly() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.at(100).resolve(alert);
    assert_eq!(centre.verdict(alert), Verdict::NotApplicable);
    centre.does(&operator(), ask::set_severity(alert, Severity::L1, None));
    assert_eq!(centre.verdict(alert), Verdict::Missed);
    assert!(matches!(
        centre.asks(&operator(), ask::dispatch(alert, &["P-02"])),
        Err(Rejection::AlertAlreadyResolved)
    ));
}
