//! Raise: an alert is reported.

use campus_dispatch::domain::{
    Rejection, Role, Stage, Verdict, Within,
    classification::{Category, Mode, Severity, Source, Zone},
    decide::raise::RaiseAlert,
    district::{Duty, School, Station},
    id::AlertId,
    place::{CoordinateSystem, Coordinates},
};

use crate::domain::{
    ask,
    centre::{Centre, GATE, admin, gateway, operator, school, second, unit},
};

#[test]
fn it_is_received_now_with_its_clocks_running() {
    let mut centre = Centre::new();
    centre.at(7);
    let alert = centre.raise(Category::Fight, "S-B");
    assert_eq!(centre.stage(alert), Stage::Received);
    assert_eq!(centre.alert(alert).received_at, second(7));
    assert_eq!(centre.verdict(alert), Verdict::Pending);
}

#[test]
fn alerts_are_numbered_from_one_in_order_of_receipt() {
    let mut centre = Centre::new();
    assert_eq!(centre.raise(Category::Fight, "S-A"), AlertId(1));
    assert_eq!(centre.raise(Category::Theft, "S-B"), AlertId(2));
}

#[test]
fn its_severity_is_the_categorys_until_somebody_says_otherwise() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Missing, "S-A");
    assert_eq!(centre.alert(alert).severity, Severity::L2);
    let urgent =
        RaiseAlert { severity: Some(Severity::L1), ..ask::report(Category::Missing, "S-A") };
    centre.does(&operator(), ask::raised(urgent));
    assert_eq!(centre.alert(centre.last_alert()).severity, Severity::L1);
}

#[test]
fn a_one_key_alarm_is_l1_and_not_yet_assessed() {
    let mut centre = Centre::new();
    centre.does(&gateway(), ask::raised(ask::alarm("alarm-1", "S-A")));
    let alert = centre.alert(centre.last_alert());
    assert_eq!((alert.severity, alert.assessed), (Severity::L1, false));
}

/// A centre whose gateway is bound to station 2. School A is station 1's, school B station 2's, and
/// school C nobody's.
fn with_a_bound_gateway() -> Centre {
    let mut centre = Centre::new();
    let other = Station {
        id: "ST-2".into(),
        name: "示例".to_owned(),
        position: None,
        leader: None,
        liaison: None,
    };
    centre.does(&admin(), ask::define_station(other));
    for (index, station) in [(0, Some("ST-1")), (1, Some("ST-2")), (2, None)] {
        let station = station.map(Into::into);
        centre.does(&admin(), ask::define_school(School { station, ..school(index) }));
    }
    centre.does(&admin(), ask::change_account("gateway-1", Role::Gateway, Some("ST-2")));
    centre
}

#[test]
fn a_bound_gateway_raises_at_its_own_stations_schools_and_at_a_bare_place() {
    let mut centre = with_a_bound_gateway();
    for (index, report) in [
        ask::alarm("alarm-1", "S-B"),
        ask::alarm("alarm-2", "S-C"),
        RaiseAlert {
            school: None,
            place: Some("示例路口".to_owned()),
            ..ask::alarm("alarm-3", "S-B")
        },
    ]
    .into_iter()
    .enumerate()
    {
        centre.does(&gateway(), ask::raised(report));
        assert_eq!(centre.last_alert().0 as usize, index + 1);
    }
}

#[test]
fn a_gateway_that_is_bound_to_none_raises_at_any() {
    let mut centre = with_a_bound_gateway();
    centre.does(&admin(), ask::change_account("gateway-1", Role::Gateway, None));
    centre.does(&gateway(), ask::raised(ask::alarm("alarm-1", "S-A")));
    centre.does(&gateway(), ask::raised(ask::alarm("alarm-2", "S-B")));
}

/// What was taken when the gateway was not bound is the same alert still.
#[test]
fn an_alarm_raised_before_the_gateway_was_bound_is_the_same_alarm_again() {
    let mut centre = with_a_bound_gateway();
    centre.does(&admin(), ask::change_account("gateway-1", Role::Gateway, None));
    centre.does(&gateway(), ask::raised(ask::alarm("alarm-1", "S-A")));
    centre.does(&admin(), ask::change_account("gateway-1", Role::Gateway, Some("ST-2")));
    assert_eq!(centre.does(&gateway(), ask::raised(ask::alarm("alarm-1", "S-A"))), []);
}

#[test]
fn a_one_key_alarm_is_l1_whatever_the_machine_says() {
    let mut centre = Centre::new();
    let calm = RaiseAlert { severity: Some(Severity::L3), ..ask::alarm("alarm-1", "S-A") };
    centre.does(&gateway(), ask::raised(calm));
    assert_eq!(centre.alert(centre.last_alert()).severity, Severity::L1);
}

#[test]
fn an_operator_says_how_urgent_a_one_key_alarm_is() {
    let mut centre = Centre::new();
    let calm = RaiseAlert { severity: Some(Severity::L3), ..ask::alarm("alarm-1", "S-A") };
    centre.does(&operator(), ask::raised(calm));
    let alert = centre.alert(centre.last_alert());
    assert_eq!((alert.severity, alert.assessed), (Severity::L3, true));
}

#[test]
fn the_same_alarm_of_the_same_machine_is_the_same_alert() {
    let mut centre = Centre::new();
    centre.does(&gateway(), ask::raised(ask::alarm("alarm-1", "S-A")));
    let again = centre.at(30).does(&gateway(), ask::raised(ask::alarm(" alarm-1 ", "S-A")));
    assert_eq!(again, []);
    assert_eq!(centre.state.alerts.len(), 1);
}

#[test]
fn the_same_alarm_id_of_another_machine_is_another_alert() {
    let mut centre = Centre::new();
    centre.does(&gateway(), ask::raised(ask::alarm("alarm-1", "S-A")));
    centre.does(&operator(), ask::raised(ask::alarm("alarm-1", "S-A")));
    assert_eq!(centre.state.alerts.len(), 2);
}

#[test]
fn a_unit_raises_what_it_found_itself() {
    let mut centre = Centre::new();
    let found =
        RaiseAlert { source: Source::UnitFinding, ..ask::report(Category::Suspicious, "S-C") };
    centre.does(&unit("P-02"), ask::raised(found));
    assert_eq!(centre.alert(centre.last_alert()).raised_by.as_str(), "phone-P-02");
}

#[test]
fn zone_a_holds_in_peak_time_while_the_post_is_manned() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Attack, "S-A");
    assert_eq!(centre.alert(alert).zone, Zone::A);
    assert_eq!(centre.governing(alert).as_str(), "l1-a");
}

#[test]
fn zone_a_falls_to_b_when_nobody_is_on_post() {
    let mut centre = Centre::new();
    centre.does(&unit("P-01"), ask::duty("P-01", Duty::Available));
    let alert = centre.raise(Category::Attack, "S-A");
    assert_eq!(centre.alert(alert).zone, Zone::B);
}

#[test]
fn zone_a_falls_to_b_while_the_post_is_away_on_an_assignment() {
    let mut centre = Centre::new();
    let first = centre.raise(Category::Fight, "S-B");
    centre.send(first, "P-01");
    let alert = centre.raise(Category::Attack, "S-A");
    assert_eq!(centre.alert(alert).zone, Zone::B);
}

#[test]
fn zone_a_falls_to_b_when_the_peak_window_ends() {
    let mut centre = Centre::new();
    centre.at_ms(50 * 60_000 - 1);
    let in_peak = centre.raise(Category::Attack, "S-A");
    centre.at(50 * 60);
    let after_peak = centre.raise(Category::Attack, "S-A");
    assert_eq!(centre.alert(in_peak).zone, Zone::A);
    assert_eq!(centre.alert(after_peak).zone, Zone::B);
}

#[test]
fn the_zone_is_frozen_at_receipt() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Attack, "S-A");
    centre.does(&unit("P-01"), ask::duty("P-01", Duty::Available));
    assert_eq!(centre.alert(alert).zone, Zone::A);
}

/// So many metres north of the gate of S-A; a degree of latitude is 111.195 km on the sphere used.
fn north_of_the_gate(metres: f64) -> Coordinates {
    ask::wgs84(GATE.longitude, GATE.latitude + metres / 111_195.0)
}

#[test]
fn a_bare_place_is_zone_b_within_two_hundred_metres_of_a_school() {
    let mut centre = Centre::new();
    for (metres, zone) in [(0.0, Zone::B), (199.5, Zone::B), (200.5, Zone::C), (5e3, Zone::C)] {
        let report = ask::report_from(north_of_the_gate(metres));
        centre.does(&operator(), ask::raised(report));
        assert_eq!(centre.alert(centre.last_alert()).zone, zone, "{metres} m");
    }
}

#[test]
fn coordinates_of_the_chinese_maps_are_converted_before_they_are_compared() {
    let mut centre = Centre::new();
    // The gate of S-A as a GCJ-02 map shows it, about 500 m from the same degrees in WGS-84.
    let shown = Coordinates {
        longitude: 121.474_535,
        latitude: 31.228_068,
        system: CoordinateSystem::Gcj02,
    };
    centre.does(&operator(), ask::raised(ask::report_from(shown)));
    assert_eq!(centre.alert(centre.last_alert()).zone, Zone::B);
    let unconverted = ask::wgs84(shown.longitude, shown.latitude);
    centre.does(&operator(), ask::raised(ask::report_from(unconverted)));
    assert_eq!(centre.alert(centre.last_alert()).zone, Zone::C);
}

#[test]
fn an_inquiry_has_no_clock() {
    let mut centre = Centre::new();
    let inquiry = RaiseAlert { severity: Some(Severity::L0), ..ask::report(Category::Other, "S-A") };
    centre.does(&operator(), ask::raised(inquiry));
    let alert = centre.alert(centre.last_alert());
    assert_eq!(alert.clocks(second(9999)), []);
    assert_eq!(alert.verdict(second(9999)), Verdict::NotApplicable);
}

#[test]
fn surrounding_white_space_is_not_kept() {
    let mut centre = Centre::new();
    let report = RaiseAlert {
        summary: "  示例 \n".to_owned(),
        caller_phone: Some("  ".to_owned()),
        ..ask::report(Category::Fight, "S-A")
    };
    centre.does(&operator(), ask::raised(report));
    let alert = centre.alert(centre.last_alert());
    assert_eq!((alert.summary.as_str(), &alert.caller_phone), ("示例", &None));
}

#[test]
fn a_text_of_four_thousand_characters_fits_and_one_more_does_not() {
    let mut centre = Centre::new();
    let report = |length| {
        let summary = "警".repeat(length);
        ask::raised(RaiseAlert { summary, ..ask::report(Category::Fight, "S-A") })
    };
    centre.does(&operator(), report(4000));
    centre.refuses(&operator(), report(4001), Rejection::TextTooLong);
}

refusals! {
    another_stations_school_of_a_bound_gateway is NotOwn: |centre| {
        *centre = with_a_bound_gateway();
        (gateway(), ask::raised(ask::alarm("alarm-1", "S-A")))
    }
    an_unknown_school is SchoolUnknown: |_centre| {
        (operator(), ask::raise(Category::Fight, "S-X"))
    }
    neither_school_nor_place is SchoolOrPlaceMissing: |_centre| {
        let nowhere = RaiseAlert { school: None, ..ask::report(Category::Fight, "") };
        (operator(), ask::raised(nowhere))
    }
    coordinates_off_the_globe is CoordinatesInvalid: |_centre| {
        (operator(), ask::raised(ask::report_from(ask::wgs84(200.0, 31.0))))
    }
    coordinates_that_are_no_numbers is CoordinatesInvalid: |_centre| {
        (operator(), ask::raised(ask::report_from(ask::wgs84(121.0, f64::NAN))))
    }
    swapped_coordinates is CoordinatesInvalid: |_centre| {
        (operator(), ask::raised(ask::report_from(ask::wgs84(31.23, 121.47))))
    }
    something_that_has_not_happened_yet is InstantInFuture: |_centre| {
        let occurred_at = Some(second(0) + Within::from_millis(1));
        let early = RaiseAlert { occurred_at, ..ask::report(Category::Fight, "S-A") };
        (operator(), ask::raised(early))
    }
    reported_before_it_occurred is InstantOutOfOrder: |_centre| {
        let report = RaiseAlert {
            occurred_at: Some(second(-60)),
            reported_at: Some(second(-61)),
            ..ask::report(Category::Fight, "S-A")
        };
        (operator(), ask::raised(report))
    }
    a_phone_number_longer_than_a_line is TextTooLong: |_centre| {
        let caller_phone = Some("1".repeat(201));
        let report = RaiseAlert { caller_phone, ..ask::report(Category::Fight, "S-A") };
        (operator(), ask::raised(report))
    }
    a_manager is RoleNotPermitted: |_centre| {
        let manager = crate::domain::centre::one(campus_dispatch::domain::Role::Manager);
        (manager, ask::raise(Category::Fight, "S-A"))
    }
    an_account_nobody_knows is AccountUnknown: |_centre| {
        let mut stranger = operator();
        stranger.account = "stranger".into();
        (stranger, ask::raise(Category::Fight, "S-A"))
    }
    an_account_that_was_disabled is AccountDisabled: |centre| {
        centre.does(&crate::domain::centre::admin(), ask::disable_account("operator-1"));
        (operator(), ask::raise(Category::Fight, "S-A"))
    }
}

#[test]
fn an_exercise_runs_its_clocks_and_a_test_does_not() {
    let mut centre = Centre::new();
    for (mode, verdict) in
        [(Mode::Exercise, Verdict::Breaching), (Mode::Test, Verdict::NotApplicable)]
    {
        let report = RaiseAlert { mode, ..ask::report(Category::Attack, "S-A") };
        centre.does(&operator(), ask::raised(report));
        let alert = centre.alert(centre.last_alert());
        assert_eq!(alert.verdict(second(61)), verdict, "{mode:?}");
    }
}
