//! Resolve: what happened is over.

use campus_dispatch::domain::{
    Command, Stage,
    assignment::{AssignmentState, Step},
    classification::{Category, Disposition},
    decide::resolve::ResolveAlert,
};

use crate::domain::{
    ask,
    centre::{Centre, operator, second, unit},
};

#[test]
fn units_on_their_way_are_released_and_those_on_scene_stay_until_they_clear() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let here = centre.send(alert, "P-02");
    let coming = centre.send(alert, "P-03");
    centre.step(here, Step::Arrive);
    centre.at(90).resolve(alert);
    assert_eq!(centre.stage(alert), Stage::Resolved);
    assert_eq!(centre.alert(alert).resolved_at, Some(second(90)));
    assert_eq!(centre.assignment(here).state(), AssignmentState::OnScene);
    assert_eq!(centre.assignment(coming).state(), AssignmentState::Cancelled);
    assert!(centre.duties("P-03").is_empty());
}

#[test]
fn it_still_needs_somebody_until_it_is_closed() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.resolve(alert);
    assert!(centre.state.open.contains(&alert));
    assert!(centre.state.ended.is_empty());
}

refusals! {
    twice is AlertAlreadyResolved: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.resolve(alert);
        (operator(), ask::resolve(alert, Disposition::Mediated))
    }
    without_a_result is TextMissing: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let (disposition, result) = (Disposition::Mediated, String::new());
        (operator(), Command::ResolveAlert(ResolveAlert { alert, disposition, result }))
    }
    by_the_unit is RoleNotPermitted: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        (unit("P-02"), ask::resolve(alert, Disposition::Mediated))
    }
    a_closed_one is AlertClosed: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.end_without_arrival(alert);
        (operator(), ask::resolve(alert, Disposition::Mediated))
    }
}
