//! Correct: a supervisor sets a time point right.

use campus_dispatch::domain::{
    Command, Verdict,
    assignment::Step,
    classification::Category,
    decide::correct::CorrectTimePoint,
    event::TimePoint,
    id::{AlertId, AssignmentId},
};

use crate::domain::{
    ask,
    centre::{Centre, operator, second, supervisor},
};

/// A fight at second 0, P-02 sent at 10, arrived at 200: too late by 20 s.
fn late(centre: &mut Centre) -> (AlertId, AssignmentId) {
    let alert = centre.raise(Category::Fight, "S-A");
    let assignment = centre.at(10).send(alert, "P-02");
    centre.at(200).step(assignment, Step::Arrive);
    (alert, assignment)
}

fn arrival(assignment: AssignmentId) -> TimePoint {
    TimePoint::Step { assignment, step: Step::Arrive }
}

#[test]
fn the_verdict_follows_and_says_that_it_was_corrected() {
    let mut centre = Centre::new();
    let (alert, assignment) = late(&mut centre);
    assert_eq!(centre.verdict(alert), Verdict::Late);
    let command = ask::correct(alert, arrival(assignment), Some(second(170)));
    centre.at(300).does(&supervisor(), command);
    let clock = centre.alert(alert).governing_clock(centre.now()).expect("a clock");
    assert_eq!((clock.verdict, clock.corrected), (Verdict::Met, true));
}

#[test]
fn the_original_stays_readable() {
    let mut centre = Centre::new();
    let (alert, assignment) = late(&mut centre);
    let command = ask::correct(alert, arrival(assignment), Some(second(170)));
    centre.does(&supervisor(), command);
    let corrected = &centre.alert(alert).corrections[0];
    assert_eq!(corrected.by.as_str(), "supervisor-1");
    assert_eq!(corrected.correction.old, Some(second(200)));
    assert_eq!(corrected.correction.new, Some(second(170)));
}

#[test]
fn a_forgotten_point_is_filled_in_and_a_false_one_emptied() {
    let mut centre = Centre::new();
    let (alert, assignment) = late(&mut centre);
    let en_route = TimePoint::Step { assignment, step: Step::EnRoute };
    centre.does(&supervisor(), ask::correct(alert, en_route, Some(second(30))));
    assert_eq!(centre.assignment(assignment).en_route_at, Some(second(30)));
    centre.does(&supervisor(), ask::correct(alert, arrival(assignment), None));
    assert_eq!(centre.assignment(assignment).arrived_at, None);
    assert_eq!(centre.verdict(alert), Verdict::Breaching);
}

#[test]
fn a_point_that_bears_on_no_clock_leaves_the_verdict_unmarked() {
    let mut centre = Centre::new();
    let (alert, assignment) = late(&mut centre);
    let en_route = TimePoint::Step { assignment, step: Step::EnRoute };
    centre.does(&supervisor(), ask::correct(alert, en_route, Some(second(30))));
    centre.does(&supervisor(), ask::correct(alert, TimePoint::Occurred, Some(second(-60))));
    assert!(!centre.alert(alert).clocks(centre.now())[0].corrected);
}

#[test]
fn a_corrected_clearing_keeps_the_unit_free() {
    let mut centre = Centre::new();
    let (alert, assignment) = late(&mut centre);
    centre.at(400).step(assignment, Step::Clear);
    let point = TimePoint::Step { assignment, step: Step::Clear };
    centre.does(&supervisor(), ask::correct(alert, point, Some(second(300))));
    assert_eq!(centre.assignment(assignment).cleared_at, Some(second(300)));
    assert!(centre.duties("P-02").is_empty());
}

#[test]
fn a_closed_alert_can_be_corrected_and_keeps_its_first_verdict() {
    let mut centre = Centre::new();
    let (alert, assignment) = late(&mut centre);
    centre.step(assignment, Step::Clear);
    centre.resolve(alert);
    centre.does(&operator(), ask::close(alert));
    let command = ask::correct(alert, arrival(assignment), Some(second(170)));
    centre.does(&supervisor(), command);
    assert_eq!(centre.verdict(alert), Verdict::Met);
    assert_eq!(centre.alert(alert).first_verdict, Some(Verdict::Late));
}

#[test]
fn an_earlier_receipt_starts_the_clock_earlier() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let assignment = centre.at(10).send(alert, "P-02");
    centre.at(170).step(assignment, Step::Arrive);
    centre.does(&supervisor(), ask::correct(alert, TimePoint::Received, Some(second(-20))));
    assert_eq!(centre.verdict(alert), Verdict::Late);
}

refusals! {
    to_what_it_is is AlertUnchanged: |centre| {
        let (alert, assignment) = late(centre);
        (supervisor(), ask::correct(alert, arrival(assignment), Some(second(200))))
    }
    into_the_future is InstantInFuture: |centre| {
        let (alert, assignment) = late(centre);
        (supervisor(), ask::correct(alert, arrival(assignment), Some(second(201))))
    }
    an_arrival_before_the_dispatch is InstantOutOfOrder: |centre| {
        let (alert, assignment) = late(centre);
        (supervisor(), ask::correct(alert, arrival(assignment), Some(second(9))))
    }
    an_arrival_before_the_acknowledgement is InstantOutOfOrder: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(alert, "P-02");
        centre.at(20).step(assignment, Step::Acknowledge);
        centre.at(50).step(assignment, Step::Arrive);
        (supervisor(), ask::correct(alert, arrival(assignment), Some(second(19))))
    }
    an_arrival_after_the_unit_was_called_back is InstantOutOfOrder: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(alert, "P-02");
        centre.at(50).does(&operator(), ask::call_back(assignment, "示例"));
        centre.at(90);
        (supervisor(), ask::correct(alert, arrival(assignment), Some(second(51))))
    }
    a_dispatch_after_the_arrival is InstantOutOfOrder: |centre| {
        let (alert, assignment) = late(centre);
        centre.at(300);
        let point = TimePoint::Dispatched { assignment };
        (supervisor(), ask::correct(alert, point, Some(second(201))))
    }
    a_dispatch_before_the_receipt is InstantOutOfOrder: |centre| {
        let (alert, assignment) = late(centre);
        let point = TimePoint::Dispatched { assignment };
        (supervisor(), ask::correct(alert, point, Some(second(-1))))
    }
    a_receipt_after_the_dispatch is InstantOutOfOrder: |centre| {
        let (alert, _) = late(centre);
        (supervisor(), ask::correct(alert, TimePoint::Received, Some(second(11))))
    }
    a_receipt_after_the_end is InstantOutOfOrder: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.at(10).resolve(alert);
        centre.at(60);
        (supervisor(), ask::correct(alert, TimePoint::Received, Some(second(11))))
    }
    a_report_after_the_receipt is InstantOutOfOrder: |centre| {
        let (alert, _) = late(centre);
        (supervisor(), ask::correct(alert, TimePoint::Reported, Some(second(1))))
    }
    an_occurrence_after_the_report is InstantOutOfOrder: |centre| {
        let (alert, _) = late(centre);
        centre.does(&supervisor(), ask::correct(alert, TimePoint::Reported, Some(second(-20))));
        (supervisor(), ask::correct(alert, TimePoint::Occurred, Some(second(-19))))
    }
    a_resolution_after_the_closing is InstantOutOfOrder: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.at(10).end_without_arrival(alert);
        centre.at(60);
        (supervisor(), ask::correct(alert, TimePoint::Resolved, Some(second(11))))
    }
    a_receipt_cannot_be_taken_away is TimePointMissing: |centre| {
        let (alert, _) = late(centre);
        (supervisor(), ask::correct(alert, TimePoint::Received, None))
    }
    a_clearing_cannot_be_made_up is TimePointMissing: |centre| {
        let (alert, assignment) = late(centre);
        let point = TimePoint::Step { assignment, step: Step::Clear };
        (supervisor(), ask::correct(alert, point, Some(second(200))))
    }
    a_resolution_cannot_be_made_up is TimePointMissing: |centre| {
        let (alert, _) = late(centre);
        (supervisor(), ask::correct(alert, TimePoint::Resolved, Some(second(200))))
    }
    an_assignment_of_another_alert is AssignmentUnknown: |centre| {
        let (_, assignment) = late(centre);
        let other = centre.raise(Category::Theft, "S-B");
        (supervisor(), ask::correct(other, arrival(assignment), Some(second(200))))
    }
    without_a_reason is ReasonMissing: |centre| {
        let (alert, assignment) = late(centre);
        let point = arrival(assignment);
        let command = CorrectTimePoint { alert, point, new: None, reason: " ".to_owned() };
        (supervisor(), Command::CorrectTimePoint(command))
    }
    a_merged_child is AlertMerged: |centre| {
        let root = centre.raise(Category::Fight, "S-A");
        let child = centre.raise(Category::Fight, "S-A");
        centre.does(&operator(), ask::merge(child, root));
        (supervisor(), ask::correct(child, TimePoint::Received, Some(second(-5))))
    }
    a_cancelled_alert is AlertCancelled: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.does(&operator(), ask::cancel(alert, "示例"));
        (supervisor(), ask::correct(alert, TimePoint::Received, Some(second(-5))))
    }
    by_an_operator is RoleNotPermitted: |centre| {
        let (alert, assignment) = late(centre);
        (operator(), ask::correct(alert, arrival(assignment), Some(second(170))))
    }
    another_systems_alert is AlertImported: |centre| {
        let console = crate::domain::centre::one(campus_dispatch::domain::Role::Console);
        centre.does(&console, ask::import(ask::history("call-1", second(-60), second(-10))));
        (supervisor(), ask::correct(AlertId(1), TimePoint::Received, Some(second(-90))))
    }
}
