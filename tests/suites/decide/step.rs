//! A unit's steps: deliver, acknowledge, en route, arrive, clear.

use campus_dispatch::domain::{
    Command, Rejection, Stage,
    assignment::{Assignment, AssignmentState, Pressed, Step},
    classification::Category,
    decide::step::TakeStep,
    id::{AlertId, AssignmentId},
};

use crate::domain::{
    ask,
    centre::{Centre, operator, second, unit},
};

/// One alert with P-02 sent to it at second 0.
fn sent(centre: &mut Centre) -> (AlertId, AssignmentId) {
    let alert = centre.raise(Category::Fight, "S-A");
    (alert, centre.send(alert, "P-02"))
}

fn points(assignment: &Assignment) -> [Option<i64>; 5] {
    [Step::Deliver, Step::Acknowledge, Step::EnRoute, Step::Arrive, Step::Clear]
        .map(|step| assignment.point(step).map(|at| (at - second(0)).millis() / 1000))
}

#[test]
fn each_step_leaves_its_own_time_point_and_moves_the_alert_on() {
    let mut centre = Centre::new();
    let (alert, assignment) = sent(&mut centre);
    let mut stages = Vec::new();
    let way = [Step::Deliver, Step::Acknowledge, Step::EnRoute, Step::Arrive, Step::Clear];
    for (index, step) in way.into_iter().enumerate() {
        centre.at(10 * (index as i64 + 1)).step(assignment, step);
        stages.push(centre.stage(alert));
    }
    let times = [Some(10), Some(20), Some(30), Some(40), Some(50)];
    assert_eq!(points(centre.assignment(assignment)), times);
    use Stage::*;
    assert_eq!(stages, [Dispatched, Acknowledged, EnRoute, OnScene, OnScene]);
}

#[test]
fn a_skipped_point_stays_empty() {
    let mut centre = Centre::new();
    let (_, assignment) = sent(&mut centre);
    centre.at(40).step(assignment, Step::Arrive);
    assert_eq!(points(centre.assignment(assignment)), [None, None, None, Some(40), None]);
    assert_eq!(centre.assignment(assignment).state(), AssignmentState::OnScene);
}

#[test]
fn the_phones_own_time_is_kept_beside_and_judges_nothing() {
    let mut centre = Centre::new();
    let (_, assignment) = sent(&mut centre);
    let taken = TakeStep { assignment, pressed_at: Some(second(-7200)) };
    centre.at(40).does(&unit("P-02"), Command::ArriveOnScene(taken));
    let assignment = centre.assignment(assignment);
    assert_eq!(assignment.arrived_at, Some(second(40)));
    let pressed = Pressed { step: Step::Arrive, pressed_at: second(-7200) };
    assert_eq!(assignment.pressed, [pressed]);
}

#[test]
fn clearing_frees_the_unit() {
    let mut centre = Centre::new();
    let (_, assignment) = sent(&mut centre);
    centre.step(assignment, Step::Clear);
    assert!(centre.duties("P-02").is_empty());
}

#[test]
fn a_unit_that_clears_without_having_arrived_leaves_the_alert_to_the_operator() {
    let mut centre = Centre::new();
    let (alert, assignment) = sent(&mut centre);
    centre.step(assignment, Step::Clear);
    assert_eq!(centre.stage(alert), Stage::Received);
}

#[test]
fn the_furthest_live_assignment_says_where_the_alert_stands() {
    let mut centre = Centre::new();
    let (alert, first) = sent(&mut centre);
    let second = centre.send(alert, "P-03");
    centre.step(first, Step::Acknowledge);
    centre.step(second, Step::EnRoute);
    assert_eq!(centre.stage(alert), Stage::EnRoute);
    centre.does(&operator(), ask::call_back(second, "示例"));
    assert_eq!(centre.stage(alert), Stage::Acknowledged);
}

#[test]
fn an_operator_takes_a_step_for_a_unit_that_reports_by_radio() {
    let mut centre = Centre::new();
    let (alert, assignment) = sent(&mut centre);
    centre.does(&operator(), ask::step(assignment, Step::Arrive));
    assert_eq!(centre.stage(alert), Stage::OnScene);
}

#[test]
fn a_unit_still_on_scene_clears_after_the_alert_is_resolved() {
    let mut centre = Centre::new();
    let (alert, assignment) = sent(&mut centre);
    centre.step(assignment, Step::Arrive);
    centre.resolve(alert);
    centre.step(assignment, Step::Clear);
    assert_eq!(centre.stage(alert), Stage::Resolved);
}

#[test]
fn every_step_is_taken_once() {
    for step in [Step::Deliver, Step::Acknowledge, Step::EnRoute, Step::Arrive, Step::Clear] {
        let mut centre = Centre::new();
        let (_, assignment) = sent(&mut centre);
        centre.step(assignment, step);
        centre.refuses(&unit("P-02"), ask::step(assignment, step), Rejection::StepAlreadyTaken);
    }
}

#[test]
fn no_step_is_taken_after_a_later_one() {
    let way = [Step::Deliver, Step::Acknowledge, Step::EnRoute, Step::Arrive, Step::Clear];
    for (index, later) in way.into_iter().enumerate() {
        for earlier in &way[..index] {
            let mut centre = Centre::new();
            let (_, assignment) = sent(&mut centre);
            centre.step(assignment, later);
            let command = ask::step(assignment, *earlier);
            centre.refuses(&unit("P-02"), command, Rejection::StepBackward);
        }
    }
}

refusals! {
    acknowledging_twice is StepAlreadyTaken: |centre| {
        let (_, assignment) = sent(centre);
        centre.step(assignment, Step::Acknowledge);
        (unit("P-02"), ask::step(assignment, Step::Acknowledge))
    }
    an_offline_phones_late_acknowledgement is StepBackward: |centre| {
        let (_, assignment) = sent(centre);
        centre.step(assignment, Step::Arrive);
        (unit("P-02"), ask::step(assignment, Step::Acknowledge))
    }
    acknowledging_after_being_called_back is AssignmentEnded: |centre| {
        let (_, assignment) = sent(centre);
        centre.does(&operator(), ask::call_back(assignment, "示例"));
        (unit("P-02"), ask::step(assignment, Step::Acknowledge))
    }
    arriving_after_the_alert_was_cancelled is AssignmentEnded: |centre| {
        let (alert, assignment) = sent(centre);
        centre.does(&operator(), ask::cancel(alert, "示例"));
        (unit("P-02"), ask::step(assignment, Step::Arrive))
    }
    acknowledging_for_another_unit is NotOwn: |centre| {
        let (_, assignment) = sent(centre);
        (unit("P-03"), ask::step(assignment, Step::Acknowledge))
    }
    an_unknown_assignment is AssignmentUnknown: |_centre| {
        (unit("P-02"), ask::step(AssignmentId(9), Step::Acknowledge))
    }
    assignment_zero is AssignmentUnknown: |_centre| {
        (unit("P-02"), ask::step(AssignmentId(0), Step::Acknowledge))
    }
    an_imported_assignment is AlertImported: |centre| {
        let mut historic = ask::history("call-1", second(-600), second(-10));
        historic.assignments = vec![ask::historic_assignment("E01", second(-500))];
        let console = crate::domain::centre::one(campus_dispatch::domain::Role::Console);
        centre.does(&console, ask::import(historic));
        (operator(), ask::step(AssignmentId(1), Step::Arrive))
    }
}
