//! Cancel an assignment: the operator calls a unit back.

use campus_dispatch::domain::{
    alert::Stage,
    assignment::{AssignmentState, Step},
    classification::Category,
    event::TimePoint,
    id::AssignmentId,
};

use crate::domain::{
    ask,
    centre::{Centre, operator, supervisor, unit},
};

#[test]
fn a_unit_on_its_way_is_called_back_and_free() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let assignment = centre.send(alert, "P-02");
    centre.step(assignment, Step::EnRoute);
    centre.does(&operator(), ask::call_back(assignment, "示例"));
    assert_eq!(centre.assignment(assignment).state(), AssignmentState::Cancelled);
    assert!(centre.duties("P-02").is_empty());
}

#[test]
fn a_unit_whose_arrival_was_corrected_away_is_called_back_from_a_resolved_alert() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let assignment = centre.send(alert, "P-02");
    centre.step(assignment, Step::Arrive);
    centre.resolve(alert);
    let arrival = TimePoint::Step { assignment, step: Step::Arrive };
    centre.does(&supervisor(), ask::correct(alert, arrival, None));
    centre.does(&operator(), ask::call_back(assignment, "示例"));
    assert_eq!(centre.alert(alert).stage(), Stage::Resolved);
    assert!(centre.duties("P-02").is_empty());
}

refusals! {
    a_unit_on_scene_clears_instead is AlertHasArrival: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(alert, "P-02");
        centre.step(assignment, Step::Arrive);
        (operator(), ask::call_back(assignment, "示例"))
    }
    one_that_has_ended is AssignmentEnded: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(alert, "P-02");
        centre.step(assignment, Step::Clear);
        (operator(), ask::call_back(assignment, "示例"))
    }
    without_a_reason is ReasonMissing: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        (operator(), ask::call_back(centre.send(alert, "P-02"), ""))
    }
    an_unknown_assignment is AssignmentUnknown: |_centre| {
        (operator(), ask::call_back(AssignmentId(9), "示例"))
    }
    a_unit_that_calls_itself_back is RoleNotPermitted: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        (unit("P-02"), ask::call_back(centre.send(alert, "P-02"), "示例"))
    }
}
