//! Dispatch: one or several units are sent.

use campus_dispatch::domain::{
    Rejection, Stage,
    classification::Category,
    decide::dispatch::{DispatchUnits, Send},
    district::Duty,
    id::AlertId,
};

use crate::domain::{
    ask,
    centre::{Centre, gateway, operator, second, supervisor, unit},
};

#[test]
fn the_unit_is_committed_from_that_instant() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let assignment = centre.at(8).send(alert, "P-02");
    assert_eq!(centre.assignment(assignment).dispatched_at, Some(second(8)));
    assert_eq!(centre.stage(alert), Stage::Dispatched);
    assert_eq!(centre.duties("P-02"), [assignment]);
}

#[test]
fn each_unit_comes_in_its_kinds_wave_unless_the_operator_says_otherwise() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.does(&operator(), ask::dispatch(alert, &["P-01", "P-02", "W-01"]));
    centre.does(&operator(), ask::dispatch_in_wave(alert, "T-01", 3));
    let waves: Vec<u8> = centre.alert(alert).assignments.iter().map(|one| one.echelon).collect();
    assert_eq!(waves, [1, 2, 3, 3]);
}

#[test]
fn of_two_operators_sending_one_unit_the_second_learns_that_it_is_committed() {
    let mut centre = Centre::new();
    let (first, second) =
        (centre.raise(Category::Fight, "S-A"), centre.raise(Category::Theft, "S-C"));
    centre.send(first, "P-02");
    let late = ask::dispatch(second, &["P-02"]);
    centre.refuses(&supervisor(), late, Rejection::UnitAlreadyCommitted);
}

#[test]
fn a_confirmed_stacking_puts_a_unit_on_two_assignments() {
    let mut centre = Centre::new();
    let (first, second) =
        (centre.raise(Category::Fight, "S-A"), centre.raise(Category::Theft, "S-C"));
    let one = centre.send(first, "P-02");
    centre.does(&operator(), ask::dispatch_stacked(second, &["P-02"]));
    let two = centre.alert(second).assignments[0].clone();
    assert!(two.stacked && !centre.assignment(one).stacked);
    assert_eq!(centre.duties("P-02"), [one, two.id]);
}

#[test]
fn one_unit_that_cannot_go_keeps_all_of_them_back() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let both = ask::dispatch(alert, &["P-02", "P-09"]);
    centre.refuses(&operator(), both, Rejection::UnitOffDuty);
    assert!(centre.duties("P-02").is_empty());
}

#[test]
fn sending_somebody_assesses_a_machines_alarm() {
    let mut centre = Centre::new();
    centre.does(&gateway(), ask::raised(ask::alarm("alarm-1", "S-A")));
    let alert = centre.last_alert();
    centre.send(alert, "P-02");
    assert!(centre.alert(alert).assessed);
}

#[test]
fn it_answers_a_request_for_reinforcement() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    let assignment = centre.send(alert, "P-02");
    centre.does(&unit("P-02"), ask::reinforce(assignment, "示例：人手不足"));
    assert!(centre.alert(alert).reinforcement_requested);
    centre.send(alert, "P-03");
    assert!(!centre.alert(alert).reinforcement_requested);
}

refusals! {
    an_unknown_alert is AlertUnknown: |_centre| {
        (operator(), ask::dispatch(AlertId(9), &["P-02"]))
    }
    an_unknown_unit is UnitUnknown: |centre| {
        (operator(), ask::dispatch(centre.raise(Category::Fight, "S-A"), &["P-77"]))
    }
    nobody is NoUnitNamed: |centre| {
        (operator(), ask::dispatch(centre.raise(Category::Fight, "S-A"), &[]))
    }
    the_same_unit_twice_in_one_breath is UnitNamedTwice: |centre| {
        (operator(), ask::dispatch(centre.raise(Category::Fight, "S-A"), &["P-02", "P-02"]))
    }
    a_unit_off_duty is UnitOffDuty: |centre| {
        (operator(), ask::dispatch(centre.raise(Category::Fight, "S-A"), &["P-09"]))
    }
    a_unit_out_of_service is UnitOutOfService: |centre| {
        centre.does(&unit("P-02"), ask::duty("P-02", Duty::OutOfService));
        (operator(), ask::dispatch(centre.raise(Category::Fight, "S-A"), &["P-02"]))
    }
    a_unit_on_another_alert is UnitAlreadyCommitted: |centre| {
        let first = centre.raise(Category::Fight, "S-A");
        centre.send(first, "P-02");
        (operator(), ask::dispatch(centre.raise(Category::Theft, "S-B"), &["P-02"]))
    }
    a_unit_already_on_this_alert_even_if_stacking_is_confirmed is UnitAlreadyOnAlert: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.send(alert, "P-02");
        (operator(), ask::dispatch_stacked(alert, &["P-02"]))
    }
    a_fourth_wave is NumberOutOfRange: |centre| {
        (operator(), ask::dispatch_in_wave(centre.raise(Category::Fight, "S-A"), "P-02", 4))
    }
    more_units_than_one_command_carries is NumberOutOfRange: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        let units = (0..33).map(|n| Send { unit: format!("P-{n}").into(), echelon: None });
        let units = units.collect();
        let command = DispatchUnits { alert, units, confirm_stacking: false };
        (operator(), campus_dispatch::domain::Command::DispatchUnits(command))
    }
    a_resolved_alert is AlertAlreadyResolved: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.resolve(alert);
        (operator(), ask::dispatch(alert, &["P-02"]))
    }
    a_closed_alert is AlertClosed: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.end_without_arrival(alert);
        (operator(), ask::dispatch(alert, &["P-02"]))
    }
    a_cancelled_alert is AlertCancelled: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.does(&operator(), ask::cancel(alert, "示例"));
        (operator(), ask::dispatch(alert, &["P-02"]))
    }
    a_merged_alert is AlertMerged: |centre| {
        let root = centre.raise(Category::Fight, "S-A");
        let child = centre.raise(Category::Fight, "S-A");
        centre.does(&operator(), ask::merge(child, root));
        (operator(), ask::dispatch(child, &["P-02"]))
    }
    a_unit_that_sends_itself is RoleNotPermitted: |centre| {
        (unit("P-02"), ask::dispatch(centre.raise(Category::Fight, "S-A"), &["P-02"]))
    }
}
