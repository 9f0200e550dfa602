//! Fix a hazard: possible also after the alert was closed.

use campus_dispatch::domain::classification::Category;

use crate::domain::{
    ask,
    centre::{Centre, operator, second},
};

#[test]
fn a_closed_alert_leaves_the_board_when_its_hazard_is_fixed() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Hazard, "S-A");
    centre.does(&operator(), ask::defer_hazard(alert, second(86_400)));
    centre.end_without_arrival(alert);
    centre.at(7200).does(&operator(), ask::fix_hazard(alert));
    let hazard = centre.alert(alert).hazard.as_ref().expect("a hazard");
    assert_eq!(hazard.fixed_at, Some(second(7200)));
    assert!(centre.state.open.is_empty());
}

refusals! {
    one_that_was_never_deferred is HazardNotDeferred: |centre| {
        (operator(), ask::fix_hazard(centre.raise(Category::Hazard, "S-A")))
    }
    twice is HazardAlreadyFixed: |centre| {
        let alert = centre.raise(Category::Hazard, "S-A");
        centre.does(&operator(), ask::defer_hazard(alert, second(60)));
        centre.does(&operator(), ask::fix_hazard(alert));
        (operator(), ask::fix_hazard(alert))
    }
}
