//! Verdicts at their edges.

use campus_dispatch::domain::{
    Verdict,
    assignment::Step,
    classification::{Category, Mode, Severity, Tier},
    decide::raise::RaiseAlert,
    id::AlertId,
};

use super::{
    ask,
    centre::{Centre, operator, supervisor},
};

/// An attack at the manned gate of S-A: T1, 60 s.
fn attack(centre: &mut Centre) -> AlertId {
    let alert = centre.raise(Category::Attack, "S-A");
    assert_eq!(centre.alert(alert).tier(), Some(Tier::T1));
    alert
}

#[test]
fn reached_after_sixty_seconds_sharp_is_met_and_a_millisecond_later_is_late() {
    for (milliseconds, verdict) in
        [(0, Verdict::Met), (59_999, Verdict::Met), (60_000, Verdict::Met), (60_001, Verdict::Late)]
    {
        let mut centre = Centre::new();
        let alert = attack(&mut centre);
        let assignment = centre.send(alert, "P-01");
        centre.at_ms(milliseconds).step(assignment, Step::Arrive);
        assert_eq!(centre.verdict(alert), verdict, "{milliseconds} ms");
    }
}

#[test]
fn open_at_the_limit_is_pending_and_a_millisecond_later_is_breaching() {
    let mut centre = Centre::new();
    let alert = attack(&mut centre);
    assert_eq!(centre.at_ms(60_000).verdict(alert), Verdict::Pending);
    assert_eq!(centre.at_ms(60_001).verdict(alert), Verdict::Breaching);
}

#[test]
fn resolved_at_the_limit_does_not_apply_and_a_millisecond_later_is_missed() {
    for (milliseconds, verdict) in [(60_000, Verdict::NotApplicable), (60_001, Verdict::Missed)] {
        let mut centre = Centre::new();
        let alert = attack(&mut centre);
        centre.at_ms(milliseconds).resolve(alert);
        assert_eq!(centre.verdict(alert), verdict, "{milliseconds} ms");
    }
}

#[test]
fn a_verdict_once_reached_does_not_change_with_time() {
    let mut centre = Centre::new();
    let alert = attack(&mut centre);
    let assignment = centre.send(alert, "P-01");
    centre.at(50).step(assignment, Step::Arrive);
    assert_eq!(centre.at(1_000_000).verdict(alert), Verdict::Met);
}

#[test]
fn a_late_timer_changes_no_verdict() {
    let mut told = Centre::new();
    let mut untold = Centre::new();
    for centre in [&mut told, &mut untold] {
        let alert = attack(centre);
        centre.send(alert, "P-01");
    }
    let alert = AlertId(1);
    told.at(70).told(alert);
    for centre in [&mut told, &mut untold] {
        centre.at(80).step(campus_dispatch::domain::id::AssignmentId(1), Step::Arrive);
    }
    assert_eq!(told.alert(alert).clocks(told.now()), untold.alert(alert).clocks(untold.now()));
}

#[test]
fn the_school_guards_arrival_is_not_a_police_units() {
    let mut centre = Centre::new();
    let alert = attack(&mut centre);
    let guard = centre.send(alert, "G-01");
    centre.at(20).step(guard, Step::Arrive);
    assert_eq!(centre.verdict(alert), Verdict::Pending);
}

#[test]
fn the_first_of_several_arrivals_counts() {
    let mut centre = Centre::new();
    let alert = attack(&mut centre);
    let (slow, quick) = (centre.send(alert, "P-02"), centre.send(alert, "P-01"));
    centre.at(55).step(quick, Step::Arrive);
    centre.at(200).step(slow, Step::Arrive);
    let clock = centre.alert(alert).governing_clock(centre.now()).expect("a clock");
    assert_eq!((clock.elapsed.map(|e| e.millis()), clock.verdict), (Some(55_000), Verdict::Met));
}

#[test]
fn an_arrival_before_the_unit_was_called_back_still_counts() {
    let mut centre = Centre::new();
    let alert = attack(&mut centre);
    let assignment = centre.send(alert, "P-01");
    centre.at(40).step(assignment, Step::Arrive);
    centre.at(50).step(assignment, Step::Clear);
    centre.at(90).resolve(alert);
    assert_eq!(centre.verdict(alert), Verdict::Met);
}

#[test]
fn each_echelon_of_an_l1_is_judged_by_its_own_wave() {
    let mut centre = Centre::new();
    let alert = attack(&mut centre);
    let patrol = centre.send(alert, "P-02");
    centre.at(50).step(patrol, Step::Arrive);
    centre.at(100);
    assert_eq!(centre.verdict(alert), Verdict::Met, "any police unit");
    assert_eq!(centre.clock(alert, "echelon-1"), Verdict::Breaching, "no post has come");
    assert_eq!(centre.clock(alert, "echelon-2"), Verdict::Met);
    assert_eq!(centre.clock(alert, "echelon-3"), Verdict::Pending);
}

#[test]
fn a_test_an_inquiry_and_a_merged_child_have_no_verdict() {
    let mut centre = Centre::new();
    let test = RaiseAlert { mode: Mode::Test, ..ask::report(Category::Attack, "S-A") };
    centre.does(&operator(), ask::raised(test));
    let inquiry =
        RaiseAlert { severity: Some(Severity::L0), ..ask::report(Category::Other, "S-A") };
    centre.does(&operator(), ask::raised(inquiry));
    let root = attack(&mut centre);
    let child = attack(&mut centre);
    centre.does(&operator(), ask::merge(child, root));
    centre.at(1000);
    for alert in [AlertId(1), AlertId(2), child] {
        assert_eq!(centre.verdict(alert), Verdict::NotApplicable);
    }
    assert_eq!(centre.verdict(root), Verdict::Breaching);
}

#[test]
fn an_excuse_for_a_missed_clock_does_not_speak_while_the_alert_is_open_again() {
    let mut centre = Centre::new();
    let alert = attack(&mut centre);
    centre.at(100).end_without_arrival(alert);
    centre.does(&supervisor(), ask::excuse(alert, "l1-a", "示例"));
    assert_eq!(centre.verdict(alert), Verdict::Excused);
    centre.does(&supervisor(), ask::reopen(alert, "示例"));
    assert_eq!(centre.verdict(alert), Verdict::Breaching);
}

#[test]
fn midnight_and_a_months_edge_are_no_edges() {
    let mut centre = Centre::new();
    // 31 March 2026, 23:59:50 at the centre.
    let midnight = 29 * 86_400 + 16 * 3600 + 20 * 60;
    centre.at(midnight - 10);
    let alert = centre.raise(Category::Fight, "S-B");
    let assignment = centre.send(alert, "P-02");
    centre.at(midnight + 170).step(assignment, Step::Arrive);
    assert_eq!(centre.verdict(alert), Verdict::Met);
}
