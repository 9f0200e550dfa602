//! What the record of access is told of besides what happened.

use campus_dispatch::domain::{Event, Role, event::{Configuration, Personal}, id::AlertId};

use crate::domain::{
    ask,
    centre::{Centre, admin, one, operator},
};

#[test]
fn s22_a_configuration_is_recorded_when_it_is_not_what_was_recorded_last() {
    let mut centre = Centre::new();
    let console = one(Role::Console);
    let mut notes = |configuration: Configuration| {
        centre.does(&console, ask::note_configuration(configuration))
    };
    let recorded = |configuration: Configuration| {
        [Event::ServerConfigured { configuration: Box::new(configuration) }]
    };
    let first = ask::configuration("aa");
    let renewed = Configuration { certificate: Some("c2".to_owned()), ..first.clone() };
    assert_eq!(notes(first.clone()), recorded(first.clone()));
    assert_eq!(notes(first.clone()), [], "a restart with the same");
    assert_eq!(notes(renewed.clone()), recorded(renewed), "another certificate");
    assert_eq!(notes(first.clone()), recorded(first), "and back");
}

refusals! {
    a_look_at_an_unknown_alert is AlertUnknown: |_centre| {
        (operator(), ask::note_view(Personal::Alert(AlertId(9))))
    }
    an_export_of_nothing is TextMissing: |_centre| {
        (admin(), ask::note_export(" "))
    }
    a_configuration_told_by_an_administrator is RoleNotPermitted: |_centre| {
        (admin(), ask::note_configuration(ask::configuration("aa")))
    }
}
