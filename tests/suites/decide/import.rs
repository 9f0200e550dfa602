//! Import: a handled alert is taken over from another system's records, as it was.

use campus_dispatch::domain::{
    Actor, Rejection, Role, Stage, Verdict,
    assignment::Assignment,
    classification::{Severity, Source, Zone},
    decide::raise::RaiseAlert,
    history::HistoricAlert,
    id::AssignmentId,
    place::{Place, Position},
};

use crate::domain::{
    ask,
    centre::{Centre, gateway, one, second},
};

fn console() -> Actor {
    one(Role::Console)
}

/// Received at -600, one unit sent at -570, its record ending at -10.
fn handled() -> HistoricAlert {
    let mut historic = ask::history("call-1", second(-600), second(-10));
    historic.assignments = vec![ask::historic_assignment("E01", second(-570))];
    historic
}

#[test]
fn its_real_time_points_are_kept_and_a_missing_one_stays_missing() {
    let mut centre = Centre::new();
    centre.does(&console(), ask::import(handled()));
    let alert = centre.alert(centre.last_alert());
    assert_eq!(alert.received_at, second(-600));
    assert_eq!(alert.assignments[0].id, AssignmentId(1));
    assert_eq!(alert.assignments[0].arrived_at, None);
    assert_eq!(alert.stage(), Stage::Closed);
}

#[test]
fn it_is_judged_as_of_the_end_of_its_record() {
    let mut centre = Centre::new();
    let mut soon = ask::history("call-1", second(-600), second(-600 + 180));
    soon.severity = Severity::L2;
    centre.does(&console(), ask::import(soon.clone()));
    let pending = centre.last_alert();
    soon.source_alarm_id = "call-2".to_owned();
    soon.observed_until = second(-600 + 181);
    centre.does(&console(), ask::import(soon));
    let breaching = centre.last_alert();
    centre.at(86_400);
    assert_eq!(centre.verdict(pending), Verdict::Pending);
    assert_eq!(centre.verdict(breaching), Verdict::Breaching);
}

#[test]
fn closed_before_the_limit_without_an_arrival_no_clock_applies() {
    let mut centre = Centre::new();
    let closed = HistoricAlert { closed_at: Some(second(-500)), ..handled() };
    centre.does(&console(), ask::import(closed));
    assert_eq!(centre.verdict(centre.last_alert()), Verdict::NotApplicable);
}

#[test]
fn closed_before_it_was_reached_it_is_judged_by_its_arrival() {
    let mut centre = Centre::new();
    let arrived = Assignment {
        arrived_at: Some(second(-100)),
        ..ask::historic_assignment("E01", second(-570))
    };
    let dirty =
        HistoricAlert { closed_at: Some(second(-500)), assignments: vec![arrived], ..handled() };
    centre.does(&console(), ask::import(dirty));
    assert_eq!(centre.verdict(centre.last_alert()), Verdict::Late);
}

#[test]
fn it_binds_no_unit_and_stands_on_no_board() {
    let mut centre = Centre::new();
    let mut historic = handled();
    historic.assignments[0].unit = "P-02".into();
    centre.does(&console(), ask::import(historic));
    assert!(centre.duties("P-02").is_empty());
    assert!(centre.state.open.is_empty() && centre.state.ended.is_empty());
    let alert = centre.last_alert();
    assert_eq!(centre.at(9999).told(alert), []);
}

#[test]
fn assignments_of_later_alerts_are_numbered_on() {
    let mut centre = Centre::new();
    centre.does(&console(), ask::import(handled()));
    let alert = centre.raise(campus_dispatch::domain::classification::Category::Fight, "S-A");
    assert_eq!(centre.send(alert, "P-02"), AssignmentId(2));
}

#[test]
fn the_same_record_imported_twice_is_one_alert() {
    let mut centre = Centre::new();
    centre.does(&console(), ask::import(handled()));
    assert_eq!(centre.does(&console(), ask::import(handled())), []);
    assert_eq!(centre.state.alerts.len(), 1);
}

#[test]
fn a_machine_named_like_the_other_system_still_raises_its_alarms() {
    let mut centre = Centre::new();
    let system = gateway().account.to_string();
    let source_alarm_id = "alarm-1".to_owned();
    centre.does(&console(), ask::import(HistoricAlert { system, source_alarm_id, ..handled() }));
    let alarm = RaiseAlert { source: Source::Video, ..ask::alarm("alarm-1", "S-A") };
    assert_eq!(centre.does(&gateway(), ask::raised(alarm)).len(), 1);
}

#[test]
fn its_zone_does_not_ask_who_stands_on_post_today() {
    let mut centre = Centre::new();
    let historic = HistoricAlert { school: Some("S-A".into()), ..handled() };
    centre.does(&console(), ask::import(historic));
    assert_eq!(centre.alert(centre.last_alert()).zone, Zone::B);
}

#[test]
fn a_position_that_is_no_number_would_not_be_readable_again() {
    let mut centre = Centre::new();
    for position in [(f64::NAN, 31.0), (121.0, f64::INFINITY), (200.0, 31.0)] {
        let position = Some(Position { longitude: position.0, latitude: position.1 });
        let place = Some(Place { text: "示例".to_owned(), position });
        let command = ask::import(HistoricAlert { school: None, place, ..handled() });
        centre.refuses(&console(), command, Rejection::CoordinatesInvalid);
    }
}

refusals! {
    received_after_now is InstantInFuture: |_centre| {
        (console(), ask::import(ask::history("call-1", second(1), second(2))))
    }
    an_unknown_school is SchoolUnknown: |_centre| {
        (console(), ask::import(HistoricAlert { school: Some("S-X".into()), ..handled() }))
    }
    without_the_other_systems_id is TextMissing: |_centre| {
        let source_alarm_id = String::new();
        (console(), ask::import(HistoricAlert { source_alarm_id, ..handled() }))
    }
    more_units_than_one_record_holds is NumberOutOfRange: |_centre| {
        let assignments = vec![ask::historic_assignment("E01", second(-570)); 501];
        (console(), ask::import(HistoricAlert { assignments, ..handled() }))
    }
    by_a_policy_nobody_knows is PolicyInvalid: |_centre| {
        let campus_dispatch::domain::Command::ImportAlert(mut import) = ask::import(handled())
        else { unreachable!() };
        let id = "nowhere".into();
        import.policy = Some(campus_dispatch::domain::policy::PolicyRef { id, version: 1 });
        (console(), campus_dispatch::domain::Command::ImportAlert(import))
    }
    by_an_administrator is RoleNotPermitted: |_centre| {
        (one(Role::Admin), ask::import(handled()))
    }
}
