//! What becomes due and when: each timeline asks a millisecond before and at the instant.

use campus_dispatch::domain::{
    assignment::Step,
    classification::{Category, FeedbackKind, Mode, Severity},
    decide::raise::RaiseAlert,
    event::{Notice, TimePoint},
    id::AlertId,
};

use super::{
    ask,
    centre::{Centre, operator, second, supervisor, unit},
};

/// An attack at the manned gate of S-A: T1, three echelons beside.
fn attack(centre: &mut Centre) -> AlertId {
    centre.raise(Category::Attack, "S-A")
}

/// Whether the notice is not due a millisecond before, and due at the instant.
#[track_caller]
fn due_at(centre: &mut Centre, alert: AlertId, milliseconds: i64, notice: &Notice) {
    let before = centre.at_ms(milliseconds - 1).told(alert);
    assert!(!before.contains(notice), "{notice:?} came before {milliseconds} ms");
    let then = centre.at_ms(milliseconds).told(alert);
    assert!(then.contains(notice), "{notice:?} did not come at {milliseconds} ms");
}

fn warned(rule: &str) -> Notice {
    Notice::ClockWarned { rule: rule.into() }
}

fn breached(rule: &str) -> Notice {
    Notice::ClockBreached { rule: rule.into() }
}

/// Everything told from now until an hour later, with the milliseconds at which it was told.
fn story(centre: &mut Centre, alert: AlertId) -> Vec<(i64, Notice)> {
    let mut story = Vec::new();
    let until = centre.now() + campus_dispatch::domain::Within::from_seconds(3600);
    while let Some(at) = centre.alert(alert).next_deadline().filter(|at| *at <= until) {
        let millis = (at - second(0)).millis();
        let told = centre.at_ms(millis).told(alert);
        story.extend(told.into_iter().map(|notice| (millis, notice)));
    }
    story
}

#[test]
fn an_l1_nobody_is_sent_to_tells_its_whole_story() {
    let mut centre = Centre::new();
    let alert = attack(&mut centre);
    let told = [
        (10_001, Notice::DispatchMissed),
        (40_000, warned("echelon-1")),
        (40_000, warned("l1-a")),
        (60_001, breached("echelon-1")),
        (60_001, breached("l1-a")),
        (120_000, warned("echelon-2")),
        (180_001, breached("echelon-2")),
        (200_000, warned("echelon-3")),
        (300_001, breached("echelon-3")),
    ];
    assert_eq!(story(&mut centre, alert), told);
}

#[test]
fn a_unit_that_does_not_answer_tells_its_whole_story() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-B");
    let assignment = centre.at(5).send(alert, "P-02");
    let told = [
        (35_001, Notice::AcknowledgeMissed { assignment }),
        (65_001, Notice::TurnoutMissed { assignment }),
        (120_000, warned("l2-ab")),
        (180_001, breached("l2-ab")),
    ];
    assert_eq!(story(&mut centre, alert), told);
}

#[test]
fn the_dispatch_budget_ends_when_somebody_is_sent() {
    let mut centre = Centre::new();
    let alert = attack(&mut centre);
    centre.at(10).send(alert, "P-01");
    assert!(!centre.at(39).told(alert).contains(&Notice::DispatchMissed));
}

#[test]
fn the_dispatch_budget_is_by_tier() {
    for (category, school, milliseconds) in [
        (Category::Attack, "S-A", 10_001),
        (Category::Fight, "S-A", 30_001),
        (Category::Theft, "S-A", 60_001),
    ] {
        let mut centre = Centre::new();
        let alert = centre.raise(category, school);
        due_at(&mut centre, alert, milliseconds, &Notice::DispatchMissed);
    }
}

#[test]
fn an_older_child_moves_the_dispatch_budget_back_with_the_start() {
    let mut centre = Centre::new();
    let child = attack(&mut centre);
    let root = centre.at(9).raise(Category::Attack, "S-A");
    centre.does(&operator(), ask::merge(child, root));
    due_at(&mut centre, root, 10_001, &Notice::DispatchMissed);
}

#[test]
fn an_acknowledgement_in_time_is_not_missed_and_the_turnout_still_is() {
    let mut centre = Centre::new();
    let alert = attack(&mut centre);
    let assignment = centre.send(alert, "P-01");
    centre.at(15).step(assignment, Step::Acknowledge);
    due_at(&mut centre, alert, 20_001, &Notice::TurnoutMissed { assignment });
    let told = &centre.alert(alert).noticed;
    assert!(!told.iter().any(|told| told.notice == Notice::AcknowledgeMissed { assignment }));
}

#[test]
fn a_unit_that_skips_to_the_scene_has_missed_nothing() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-B");
    let assignment = centre.send(alert, "P-02");
    centre.at(20).step(assignment, Step::Arrive);
    assert_eq!(centre.at(299).told(alert), []);
}

#[test]
fn a_unit_that_declined_has_missed_nothing() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-B");
    let assignment = centre.send(alert, "P-02");
    centre.at(20).does(&unit("P-02"), ask::decline(assignment, "示例"));
    assert_eq!(centre.at(119).told(alert), []);
}

#[test]
fn a_clock_that_was_reached_is_not_due() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-B");
    let assignment = centre.send(alert, "P-02");
    centre.at(110).step(assignment, Step::Arrive);
    assert_eq!(centre.at(200).told(alert), [], "neither warning nor breach");
}

#[test]
fn the_first_feedback_is_due_five_minutes_after_the_arrival() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-B");
    let assignment = centre.send(alert, "P-02");
    centre.at(60).step(assignment, Step::Arrive);
    due_at(&mut centre, alert, 360_001, &Notice::FirstFeedbackMissed);
}

#[test]
fn any_feedback_is_a_first_feedback() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-B");
    let assignment = centre.send(alert, "P-02");
    centre.at(60).step(assignment, Step::Arrive);
    let feedback = ask::feedback(alert, Some(assignment), FeedbackKind::Progress);
    centre.at(100).does(&unit("P-02"), feedback);
    assert_eq!(centre.at(3000).told(alert), []);
}

#[test]
fn the_result_is_due_half_an_hour_after_the_last_unit_cleared() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-B");
    let (first, last) = (centre.send(alert, "P-02"), centre.send(alert, "P-03"));
    for (second, assignment) in [(60, first), (70, last)] {
        centre.at(second).step(assignment, Step::Arrive);
    }
    centre.at(100).step(first, Step::Clear);
    centre.at(200).step(last, Step::Clear);
    due_at(&mut centre, alert, 2_000_001, &Notice::ResultMissed);
}

#[test]
fn a_result_told_or_a_resolution_is_a_result() {
    for resolved in [false, true] {
        let mut centre = Centre::new();
        let alert = centre.raise(Category::Fight, "S-B");
        let assignment = centre.send(alert, "P-02");
        centre.at(60).step(assignment, Step::Arrive);
        let feedback = ask::feedback(alert, Some(assignment), FeedbackKind::Result);
        match resolved {
            false => drop(centre.does(&unit("P-02"), feedback)),
            true => centre.resolve(alert),
        }
        centre.at(100).step(assignment, Step::Clear);
        assert!(!centre.at(9000).told(alert).contains(&Notice::ResultMissed));
    }
}

#[test]
fn a_resolved_alert_has_no_arrival_clock_left() {
    let mut centre = Centre::new();
    let alert = attack(&mut centre);
    centre.at(5).resolve(alert);
    assert_eq!(centre.alert(alert).deadlines(), []);
}

#[test]
fn closed_and_cancelled_alerts_are_silent() {
    let mut centre = Centre::new();
    let closed = attack(&mut centre);
    centre.handle(closed, "P-01");
    let cancelled = attack(&mut centre);
    centre.does(&operator(), ask::cancel(cancelled, "示例"));
    centre.at(9000);
    assert_eq!((centre.told(closed), centre.told(cancelled)), (vec![], vec![]));
}

#[test]
fn an_inquiry_a_test_and_a_merged_child_are_silent() {
    let mut centre = Centre::new();
    let inquiry =
        RaiseAlert { severity: Some(Severity::L0), ..ask::report(Category::Other, "S-A") };
    centre.does(&operator(), ask::raised(inquiry));
    let test = RaiseAlert { mode: Mode::Test, ..ask::report(Category::Attack, "S-A") };
    centre.does(&operator(), ask::raised(test));
    let root = attack(&mut centre);
    let child = attack(&mut centre);
    centre.does(&operator(), ask::merge(child, root));
    centre.at(9000);
    for alert in [AlertId(1), AlertId(2), child] {
        assert_eq!(centre.told(alert), []);
    }
}

#[test]
fn an_exercise_runs_its_clocks() {
    let mut centre = Centre::new();
    let exercise = RaiseAlert { mode: Mode::Exercise, ..ask::report(Category::Fight, "S-B") };
    centre.does(&operator(), ask::raised(exercise));
    let alert = centre.last_alert();
    due_at(&mut centre, alert, 180_001, &breached("l2-ab"));
}

#[test]
fn a_child_taken_out_again_tells_what_it_was_owed_meanwhile() {
    let mut centre = Centre::new();
    let root = attack(&mut centre);
    let child = attack(&mut centre);
    centre.does(&operator(), ask::merge(child, root));
    centre.at(100).does(&operator(), ask::unmerge(child));
    assert!(centre.told(child).contains(&breached("l1-a")));
}

#[test]
fn an_alert_reopened_past_its_limit_is_breached_at_once_and_told_once() {
    let mut centre = Centre::new();
    let alert = attack(&mut centre);
    centre.at(5).end_without_arrival(alert);
    centre.at(100).does(&supervisor(), ask::reopen(alert, "示例"));
    assert!(centre.told(alert).contains(&breached("l1-a")));
    assert_eq!(centre.told(alert), []);
}

#[test]
fn a_deferred_hazard_is_due_on_its_date_also_when_the_alert_is_closed() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Hazard, "S-A");
    centre.does(&operator(), ask::defer_hazard(alert, second(7200)));
    centre.end_without_arrival(alert);
    due_at(&mut centre, alert, 7_200_000, &Notice::HazardOverdue);
    assert_eq!(centre.at(9000).told(alert), []);
}

#[test]
fn a_hazard_deferred_again_is_due_again() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Hazard, "S-A");
    centre.does(&operator(), ask::defer_hazard(alert, second(1000)));
    assert!(centre.at(1000).told(alert).contains(&Notice::HazardOverdue));
    centre.does(&operator(), ask::defer_hazard(alert, second(2000)));
    due_at(&mut centre, alert, 2_000_000, &Notice::HazardOverdue);
}

#[test]
fn a_hazard_that_is_fixed_is_not_due() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Hazard, "S-A");
    centre.does(&operator(), ask::defer_hazard(alert, second(1000)));
    centre.does(&operator(), ask::fix_hazard(alert));
    assert!(!centre.at(2000).told(alert).contains(&Notice::HazardOverdue));
}

#[test]
fn a_clock_from_the_report_is_breached_although_the_report_is_very_old() {
    let mut centre = Centre::new();
    let policy = super::naive::every_point();
    centre.does(&super::centre::admin(), ask::adopt(policy));
    let long_ago = campus_dispatch::domain::Timestamp::parse("1969-06-01T00:00:00Z");
    let report = RaiseAlert { reported_at: long_ago, ..ask::report(Category::Fight, "S-B") };
    centre.does(&operator(), ask::raised(report));
    let alert = centre.last_alert();
    assert!(centre.told(alert).contains(&breached("Reported-Arrived")));
}

#[test]
fn a_clock_from_the_dispatch_is_due_only_once_somebody_was_sent() {
    let mut centre = Centre::new();
    centre.does(&super::centre::admin(), ask::adopt(super::naive::every_point()));
    let alert = centre.raise(Category::Fight, "S-B");
    assert!(!centre.at(1000).told(alert).contains(&breached("Dispatched-Arrived")));
    centre.send(alert, "P-02");
    due_at(&mut centre, alert, 1_180_001, &breached("Dispatched-Arrived"));
}

#[test]
fn a_corrected_receipt_moves_what_is_due() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-B");
    centre.does(&supervisor(), ask::correct(alert, TimePoint::Received, Some(second(-60))));
    due_at(&mut centre, alert, 120_001, &breached("l2-ab"));
}
