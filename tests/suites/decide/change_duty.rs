//! Change duty: a unit goes on or off duty, on post, or out of service.

use campus_dispatch::domain::{classification::Category, district::Duty, id::UnitId};

use crate::domain::{
    ask,
    centre::{Centre, on_post, operator, unit},
};

#[test]
fn a_unit_says_where_it_is_on_post() {
    let mut centre = Centre::new();
    centre.does(&unit("P-02"), ask::duty("P-02", on_post("S-C")));
    assert!(centre.state.is_post_manned(&"S-C".into()));
}

#[test]
fn the_duty_it_already_has_changes_nothing() {
    let mut centre = Centre::new();
    assert_eq!(centre.does(&unit("P-02"), ask::duty("P-02", Duty::Available)), []);
}

#[test]
fn an_operator_changes_it_for_a_unit_that_calls_in() {
    let mut centre = Centre::new();
    centre.does(&operator(), ask::duty("P-09", Duty::Available));
    assert_eq!(centre.state.units[&UnitId::from("P-09")].duty, Duty::Available);
}

refusals! {
    going_off_duty_with_an_assignment is UnitStillCommitted: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.send(alert, "P-02");
        (unit("P-02"), ask::duty("P-02", Duty::OffDuty))
    }
    going_out_of_service_with_an_assignment is UnitStillCommitted: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.send(alert, "P-02");
        (unit("P-02"), ask::duty("P-02", Duty::OutOfService))
    }
    a_post_at_an_unknown_school is SchoolUnknown: |_centre| {
        (unit("P-02"), ask::duty("P-02", on_post("S-X")))
    }
    of_another_unit is NotOwn: |_centre| {
        (unit("P-02"), ask::duty("P-03", Duty::OffDuty))
    }
    of_an_unknown_unit is UnitUnknown: |_centre| {
        (operator(), ask::duty("P-77", Duty::OffDuty))
    }
}
