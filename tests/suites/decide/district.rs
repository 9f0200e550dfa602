//! Reference data: schools, stations and units are defined and removed.

use campus_dispatch::domain::{
    Rejection,
    classification::Category,
    district::{DutyWindow, School, Station, UnitKind, UnitProfile},
    id::UnitId,
    place::Position,
};

use crate::domain::{
    ask,
    centre::{Centre, admin, on_post, operator, profile, school, unit},
};

fn station(id: &str) -> Station {
    Station { id: id.into(), name: "示例派出所".to_owned(), position: None, leader: None, liaison: None }
}

#[test]
fn defining_what_stands_so_changes_nothing() {
    let mut centre = Centre::new();
    assert_eq!(centre.does(&admin(), ask::define_school(school(0))), []);
    assert_eq!(centre.does(&admin(), ask::define_station(station("ST-1"))), []);
    assert_eq!(centre.does(&admin(), ask::define_unit(profile("P-02", UnitKind::Patrol))), []);
}

#[test]
fn a_unit_defined_again_keeps_its_duty_and_assignments() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let assignment = centre.send(alert, "P-02");
    let renamed = UnitProfile { name: "示例新名".to_owned(), ..profile("P-02", UnitKind::Swat) };
    centre.does(&admin(), ask::define_unit(renamed));
    assert_eq!(centre.duties("P-02"), [assignment]);
    assert_eq!(centre.state.units[&UnitId::from("P-02")].profile.name, "示例新名");
    assert_eq!(centre.assignment(assignment).unit_kind, UnitKind::Patrol, "as at dispatch");
}

#[test]
fn what_nothing_refers_to_can_be_removed() {
    let mut centre = Centre::new();
    centre.does(&admin(), ask::remove_school("S-C"));
    centre.does(&admin(), ask::disable_account("phone-P-02"));
    centre.does(&admin(), ask::remove_unit("P-02"));
    centre.does(&admin(), ask::define_station(station("ST-2")));
    centre.does(&admin(), ask::remove_station("ST-2"));
    assert_eq!((centre.state.schools.len(), centre.state.units.len()), (2, 6));
}

#[test]
fn a_peak_window_lies_within_one_day() {
    let mut centre = Centre::new();
    let window = |from_minute, to_minute| {
        let weekdays = vec![chrono::Weekday::Mon];
        let duty_windows = vec![DutyWindow { weekdays, from_minute, to_minute, posts: 1 }];
        ask::define_school(School { duty_windows, ..school(0) })
    };
    centre.does(&admin(), window(0, 1440));
    for (from, to) in [(60, 60), (61, 60), (0, 1441)] {
        centre.refuses(&admin(), window(from, to), Rejection::DutyWindowInvalid);
    }
}

refusals! {
    an_id_with_a_slash is IdInvalid: |_centre| {
        (admin(), ask::define_school(School { id: "a/b".into(), ..school(0) }))
    }
    an_empty_id is IdInvalid: |_centre| {
        (admin(), ask::define_unit(profile("", UnitKind::Patrol)))
    }
    an_id_of_dots is IdInvalid: |_centre| {
        (admin(), ask::define_station(station("..")))
    }
    no_name is TextMissing: |_centre| {
        (admin(), ask::define_school(School { name: "  ".to_owned(), ..school(0) }))
    }
    a_name_longer_than_a_name is TextTooLong: |_centre| {
        (admin(), ask::define_school(School { name: "校".repeat(101), ..school(0) }))
    }
    a_window_on_no_day is DutyWindowInvalid: |_centre| {
        let window =
            DutyWindow { weekdays: Vec::new(), from_minute: 0, to_minute: 60, posts: 1 };
        (admin(), ask::define_school(School { duty_windows: vec![window], ..school(0) }))
    }
    a_position_off_the_globe is CoordinatesInvalid: |_centre| {
        let position = Some(Position { longitude: 31.2, latitude: 121.4 });
        (admin(), ask::define_school(School { position, ..school(0) }))
    }
    a_school_of_an_unknown_station is StationUnknown: |_centre| {
        (admin(), ask::define_school(School { station: Some("ST-9".into()), ..school(0) }))
    }
    a_unit_of_an_unknown_station is StationUnknown: |_centre| {
        let station = Some("ST-9".into());
        (admin(), ask::define_unit(UnitProfile { station, ..profile("P-02", UnitKind::Patrol) }))
    }
    removing_an_unknown_school is SchoolUnknown: |_centre| {
        (admin(), ask::remove_school("S-X"))
    }
    removing_an_unknown_station is StationUnknown: |_centre| {
        (admin(), ask::remove_station("ST-9"))
    }
    removing_an_unknown_unit is UnitUnknown: |_centre| {
        (admin(), ask::remove_unit("P-77"))
    }
    removing_a_school_with_an_open_alert is StillReferenced: |centre| {
        centre.raise(Category::Fight, "S-C");
        (admin(), ask::remove_school("S-C"))
    }
    removing_a_school_with_a_unit_on_post is StillReferenced: |centre| {
        centre.does(&unit("P-02"), ask::duty("P-02", on_post("S-C")));
        (admin(), ask::remove_school("S-C"))
    }
    removing_a_school_whose_post_is_away_on_an_assignment is StillReferenced: |centre| {
        centre.does(&unit("P-02"), ask::duty("P-02", on_post("S-C")));
        let alert = centre.raise(Category::Fight, "S-B");
        centre.send(alert, "P-02");
        (admin(), ask::remove_school("S-C"))
    }
    removing_a_station_with_units is StillReferenced: |_centre| {
        (admin(), ask::remove_station("ST-1"))
    }
    removing_a_unit_on_an_assignment is UnitStillCommitted: |centre| {
        let alert = centre.raise(Category::Fight, "S-B");
        centre.send(alert, "P-02");
        (admin(), ask::remove_unit("P-02"))
    }
    removing_a_unit_whose_phone_has_an_account is StillReferenced: |_centre| {
        (admin(), ask::remove_unit("P-02"))
    }
    by_an_operator is RoleNotPermitted: |_centre| {
        (operator(), ask::remove_school("S-C"))
    }
}
