//! Check in: a patrol visits a school.

use campus_dispatch::domain::Event;

use crate::domain::{
    ask,
    centre::{Centre, unit},
};

#[test]
fn the_visit_is_recorded() {
    let mut centre = Centre::new();
    let events = centre.does(&unit("P-02"), ask::check_in("P-02", "S-C"));
    assert_eq!(events, [Event::SchoolVisited { unit: "P-02".into(), school: "S-C".into() }]);
}

refusals! {
    at_an_unknown_school is SchoolUnknown: |_centre| {
        (unit("P-02"), ask::check_in("P-02", "S-X"))
    }
    off_duty is UnitOffDuty: |_centre| {
        (unit("P-09"), ask::check_in("P-09", "S-C"))
    }
    for_another_unit is NotOwn: |_centre| {
        (unit("P-02"), ask::check_in("P-03", "S-C"))
    }
}
