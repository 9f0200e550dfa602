//! Decline: a unit cannot go.

use campus_dispatch::domain::{
    Stage,
    assignment::{AssignmentState, Step},
    classification::Category,
    id::AssignmentId,
};

use crate::domain::{
    ask,
    centre::{Centre, operator, unit},
};

#[test]
fn the_unit_is_free_and_the_alert_is_back_with_the_operator() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let assignment = centre.send(alert, "P-02");
    centre.step(assignment, Step::Acknowledge);
    centre.does(&unit("P-02"), ask::decline(assignment, "示例：车辆故障"));
    assert_eq!(centre.assignment(assignment).state(), AssignmentState::Declined);
    assert_eq!(centre.stage(alert), Stage::Received);
    assert!(centre.duties("P-02").is_empty());
}

#[test]
fn the_same_unit_can_be_sent_again() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let first = centre.send(alert, "P-02");
    centre.does(&unit("P-02"), ask::decline(first, "示例"));
    let second = centre.send(alert, "P-02");
    assert_eq!(centre.duties("P-02"), [second]);
}

refusals! {
    without_a_reason is ReasonMissing: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        (unit("P-02"), ask::decline(centre.send(alert, "P-02"), "  "))
    }
    once_en_route is AlreadyEnRoute: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(alert, "P-02");
        centre.step(assignment, Step::EnRoute);
        (unit("P-02"), ask::decline(assignment, "示例"))
    }
    once_on_scene_without_having_pressed_en_route is AlreadyEnRoute: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(alert, "P-02");
        centre.step(assignment, Step::Arrive);
        (operator(), ask::decline(assignment, "示例"))
    }
    twice is AssignmentEnded: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(alert, "P-02");
        centre.does(&unit("P-02"), ask::decline(assignment, "示例"));
        (unit("P-02"), ask::decline(assignment, "示例"))
    }
    for_another_unit is NotOwn: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        (unit("P-03"), ask::decline(centre.send(alert, "P-02"), "示例"))
    }
    an_unknown_assignment is AssignmentUnknown: |_centre| {
        (unit("P-02"), ask::decline(AssignmentId(9), "示例"))
    }
}
