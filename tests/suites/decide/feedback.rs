//! Feedback: a report from the scene.

use campus_dispatch::domain::{
    classification::{Category, FeedbackKind},
    id::AssignmentId,
};

use crate::domain::{
    ask,
    centre::{Centre, operator, second, unit},
};

#[test]
fn a_unit_reports_on_its_assignment() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let assignment = centre.send(alert, "P-02");
    centre.at(50).does(
        &unit("P-02"),
        ask::feedback(alert, Some(assignment), FeedbackKind::Arrival),
    );
    let feedback = &centre.alert(alert).feedback[0];
    assert_eq!((feedback.at, feedback.assignment), (second(50), Some(assignment)));
}

#[test]
fn an_operator_reports_what_came_by_radio() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.does(&operator(), ask::feedback(alert, None, FeedbackKind::Progress));
    assert_eq!(centre.alert(alert).feedback[0].by.as_str(), "operator-1");
}

#[test]
fn what_a_unit_tells_after_it_was_called_back_is_not_lost() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let assignment = centre.send(alert, "P-02");
    centre.does(&operator(), ask::call_back(assignment, "示例"));
    let late = ask::feedback(alert, Some(assignment), FeedbackKind::Supplement);
    centre.does(&unit("P-02"), late);
    assert_eq!(centre.alert(alert).feedback.len(), 1);
}

refusals! {
    of_another_unit is NotOwn: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(alert, "P-02");
        (unit("P-03"), ask::feedback(alert, Some(assignment), FeedbackKind::Progress))
    }
    of_a_unit_that_names_no_assignment is NotOwn: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        (unit("P-02"), ask::feedback(alert, None, FeedbackKind::Progress))
    }
    on_an_assignment_of_another_alert is AssignmentUnknown: |centre| {
        let first = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(first, "P-02");
        let second = centre.raise(Category::Fight, "S-B");
        (unit("P-02"), ask::feedback(second, Some(assignment), FeedbackKind::Progress))
    }
    on_an_unknown_assignment is AssignmentUnknown: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        (operator(), ask::feedback(alert, Some(AssignmentId(7)), FeedbackKind::Progress))
    }
    on_a_closed_alert is AlertClosed: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let assignment = centre.handle(alert, "P-02");
        (unit("P-02"), ask::feedback(alert, Some(assignment), FeedbackKind::Supplement))
    }
}
