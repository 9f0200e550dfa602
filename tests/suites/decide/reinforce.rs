//! Reinforce: a unit asks for more.

use campus_dispatch::domain::{assignment::Step, classification::Category};

use crate::domain::{
    ask,
    centre::{Centre, unit},
};

#[test]
fn the_operator_sees_that_more_are_asked_for() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let assignment = centre.send(alert, "P-02");
    centre.does(&unit("P-02"), ask::reinforce(assignment, "示例：人多"));
    let alert = centre.alert(alert);
    assert!(alert.reinforcement_requested);
    assert_eq!(alert.notes[0].text, "示例：人多");
}

refusals! {
    without_saying_why is TextMissing: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        (unit("P-02"), ask::reinforce(centre.send(alert, "P-02"), ""))
    }
    for_another_unit is NotOwn: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        (unit("P-03"), ask::reinforce(centre.send(alert, "P-02"), "示例"))
    }
    after_clearing is AssignmentEnded: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let assignment = centre.send(alert, "P-02");
        centre.step(assignment, Step::Clear);
        (unit("P-02"), ask::reinforce(assignment, "示例"))
    }
}
