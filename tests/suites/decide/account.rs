//! Accounts and sessions.

use campus_dispatch::domain::{Actor, Channel, Rejection, Role, account::Account};

use crate::domain::{
    ask,
    centre::{Centre, ROLES, account, admin, one, operator, second},
};

fn new_account(name: &str, role: Role) -> Account {
    let actor = Actor { account: name.into(), role, channel: Channel::Http };
    account(&actor)
}

#[test]
fn a_new_account_may_act_at_once() {
    let mut centre = Centre::new();
    centre.does(&admin(), ask::add_account(new_account("operator-2", Role::Operator)));
    let mut second_operator = operator();
    second_operator.account = "operator-2".into();
    let theft = campus_dispatch::domain::classification::Category::Theft;
    centre.does(&second_operator, ask::raise(theft, "S-A"));
}

#[test]
fn a_wall_and_a_gateway_are_limited_to_a_station_and_nobody_else_is() {
    for role in ROLES.into_iter().filter(|role| !matches!(role, Role::System | Role::Console)) {
        let mut centre = Centre::new();
        let (unit, station) = (Some("P-01".into()), Some("ST-1".into()));
        let new = ask::add_account(Account { unit, station, ..new_account("new", role) });
        if matches!(role, Role::Screen | Role::Gateway) {
            centre.does(&admin(), new);
        } else {
            centre.refuses(&admin(), new, Rejection::StationNotForRole);
        }
    }
}

#[test]
fn disabling_an_account_ends_its_sessions_and_nobody_elses() {
    let mut centre = Centre::new();
    centre.does(&operator(), ask::open_session("operator-1", "aa", second(0)));
    centre.does(&admin(), ask::open_session("admin-1", "bb", second(0)));
    centre.does(&admin(), ask::disable_account("operator-1"));
    assert!(centre.state.accounts[&"operator-1".into()].disabled);
    assert_eq!(centre.state.sessions.keys().collect::<Vec<_>>(), ["bb"]);
}

#[test]
fn disabling_twice_is_disabling_once() {
    let mut centre = Centre::new();
    centre.does(&admin(), ask::disable_account("operator-1"));
    assert_eq!(centre.does(&admin(), ask::disable_account("operator-1")), []);
}

#[test]
fn an_administrator_leaves_when_there_is_another() {
    let mut centre = Centre::new();
    centre.does(&admin(), ask::add_account(new_account("admin-2", Role::Admin)));
    centre.does(&admin(), ask::disable_account("admin-1"));
    assert!(centre.state.accounts[&"admin-1".into()].disabled);
}

#[test]
fn one_ends_ones_own_session_and_an_administrator_anybodys() {
    for actor in [operator(), admin(), one(Role::Console)] {
        let mut centre = Centre::new();
        centre.does(&operator(), ask::open_session("operator-1", "aa", second(0)));
        centre.does(&actor, ask::close_session("aa"));
        assert!(centre.state.sessions.is_empty());
    }
}

refusals! {
    a_name_that_is_taken is AccountNameTaken: |_centre| {
        (admin(), ask::add_account(new_account("operator-1", Role::Operator)))
    }
    the_cores_own_name is AccountNameTaken: |_centre| {
        (admin(), ask::add_account(new_account("system", Role::Operator)))
    }
    a_name_with_a_space is IdInvalid: |_centre| {
        (admin(), ask::add_account(new_account("operator 2", Role::Operator)))
    }
    the_cores_own_role is RoleNotPermitted: |_centre| {
        (admin(), ask::add_account(new_account("robot", Role::System)))
    }
    a_phone_without_a_unit is AccountNeedsUnit: |_centre| {
        (admin(), ask::add_account(new_account("phone-X", Role::Unit)))
    }
    a_phone_of_an_unknown_unit is UnitUnknown: |_centre| {
        let unit = Some("P-77".into());
        (admin(), ask::add_account(Account { unit, ..new_account("phone-X", Role::Unit) }))
    }
    an_unknown_station is StationUnknown: |_centre| {
        let station = Some("ST-9".into());
        (admin(), ask::add_account(Account { station, ..new_account("screen-2", Role::Screen) }))
    }
    a_station_for_a_desk is StationNotForRole: |_centre| {
        let station = Some("ST-1".into());
        (admin(), ask::add_account(Account { station, ..new_account("desk-2", Role::Operator) }))
    }
    disabling_nobody is AccountUnknown: |_centre| {
        (admin(), ask::disable_account("nobody"))
    }
    disabling_the_last_administrator is AccountIsLastAdmin: |_centre| {
        (admin(), ask::disable_account("admin-1"))
    }
    a_session_for_somebody_else is NotOwn: |_centre| {
        (operator(), ask::open_session("admin-1", "aa", second(0)))
    }
    ending_somebody_elses_session is NotOwn: |centre| {
        centre.does(&admin(), ask::open_session("admin-1", "aa", second(0)));
        (operator(), ask::close_session("aa"))
    }
    ending_a_session_that_is_over is SessionUnknown: |_centre| {
        (operator(), ask::close_session("aa"))
    }
    a_role_the_account_no_longer_has is RoleNotPermitted: |_centre| {
        let mut pretender = operator();
        pretender.role = Role::Admin;
        (pretender, ask::disable_account("screen-1"))
    }
}
