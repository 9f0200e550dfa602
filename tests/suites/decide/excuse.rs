//! Excuse: a supervisor gives the reason for a late or missed clock.

use campus_dispatch::domain::{Verdict, assignment::Step, classification::Category, id::AlertId};

use crate::domain::{
    ask,
    centre::{Centre, operator, supervisor},
};

fn late(centre: &mut Centre) -> AlertId {
    let alert = centre.raise(Category::Fight, "S-A");
    let assignment = centre.send(alert, "P-02");
    centre.at(200).step(assignment, Step::Arrive);
    alert
}

#[test]
fn a_late_clock_is_excused_with_who_and_why() {
    let mut centre = Centre::new();
    let alert = late(&mut centre);
    centre.does(&supervisor(), ask::excuse(alert, "l2-ab", "示例：道路塌陷"));
    assert_eq!(centre.verdict(alert), Verdict::Excused);
    assert_eq!(centre.alert(alert).excuses[0].by.as_str(), "supervisor-1");
}

#[test]
fn a_missed_clock_is_excused() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.at(200).end_without_arrival(alert);
    assert_eq!(centre.verdict(alert), Verdict::Missed);
    centre.does(&supervisor(), ask::excuse(alert, "l2-ab", "示例"));
    assert_eq!(centre.verdict(alert), Verdict::Excused);
}

#[test]
fn it_is_for_one_clock_only() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Attack, "S-A");
    centre.at(400).end_without_arrival(alert);
    centre.does(&supervisor(), ask::excuse(alert, "echelon-3", "示例"));
    assert_eq!(centre.clock(alert, "echelon-3"), Verdict::Excused);
    assert_eq!(centre.clock(alert, "echelon-2"), Verdict::Missed);
    assert_eq!(centre.verdict(alert), Verdict::Missed);
}

refusals! {
    a_clock_that_was_met is VerdictNotFailed: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(alert, "P-02");
        centre.step(assignment, Step::Arrive);
        (supervisor(), ask::excuse(alert, "l2-ab", "示例"))
    }
    a_clock_that_still_runs is VerdictNotFailed: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.at(500);
        (supervisor(), ask::excuse(alert, "l2-ab", "示例"))
    }
    twice is VerdictAlreadyExcused: |centre| {
        let alert = late(centre);
        centre.does(&supervisor(), ask::excuse(alert, "l2-ab", "示例"));
        (supervisor(), ask::excuse(alert, "l2-ab", "示例"))
    }
    a_rule_that_does_not_run is RuleUnknown: |centre| {
        (supervisor(), ask::excuse(late(centre), "l1-a", "示例"))
    }
    without_a_reason is ReasonMissing: |centre| {
        (supervisor(), ask::excuse(late(centre), "l2-ab", ""))
    }
    by_an_operator is RoleNotPermitted: |centre| {
        (operator(), ask::excuse(late(centre), "l2-ab", "示例"))
    }
}
