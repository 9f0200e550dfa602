//! Passwords, tokens, second factors, and the sessions that end with them.

use campus_dispatch::domain::{
    Command, Role,
    account::{Credential, Proof, Protection},
    decide::credential::ChangeCredential,
};

use crate::domain::{
    ask,
    centre::{Centre, admin, one, operator, second},
};

fn protection(centre: &Centre, account: &str) -> Protection {
    centre.state.protections[&account.into()].as_ref().clone()
}

fn opened(centre: &mut Centre, sessions: &[&str]) {
    for sha256 in sessions {
        centre.does(&operator(), ask::open_session("operator-1", sha256, second(0)));
    }
}

fn kept(centre: &Centre) -> Vec<&str> {
    centre.state.sessions.keys().map(String::as_str).collect()
}

#[test]
fn a_new_credential_of_ones_own_ends_all_sessions_but_the_one_it_was_changed_in() {
    let mut centre = Centre::new();
    opened(&mut centre, &["aa", "bb", "cc"]);
    centre.does(&operator(), ask::change_token("operator-1", "new", Some("bb")));
    assert_eq!(kept(&centre), ["bb"]);
    assert!(!protection(&centre, "operator-1").must_change);
}

#[test]
fn one_that_an_administrator_sets_ends_every_session_and_the_second_factor() {
    let mut centre = Centre::new();
    centre.does(&operator(), ask::enrol_factor(1));
    opened(&mut centre, &["aa"]);
    centre.does(&admin(), ask::change_token("operator-1", "new", Some("aa")));
    assert!(kept(&centre).is_empty());
    assert_eq!(protection(&centre, "operator-1").factor, None);
}

#[test]
fn a_password_an_administrator_gives_must_be_changed_and_the_console_s_need_not() {
    for (who, must_change) in [(admin(), true), (one(Role::Console), false)] {
        let mut centre = Centre::new();
        let mut account = crate::domain::centre::account(&operator());
        account.name = "newcomer".into();
        account.credential = Credential::Password { phc: "示例".to_owned() };
        centre.does(&who, ask::add_account(account));
        assert_eq!(protection(&centre, "newcomer").must_change, must_change);
    }
}

#[test]
fn a_second_factor_goes_on_when_its_secret_was_sealed_anew() {
    let mut centre = Centre::new();
    centre.does(&operator(), ask::enrol_factor(7));
    let change = ChangeCredential {
        account: "operator-1".into(),
        credential: Credential::Token { sha256: "new".to_owned() },
        sealed: Some("anew".to_owned()),
        kept: None,
    };
    centre.does(&operator(), Command::ChangeCredential(change));
    let factor = protection(&centre, "operator-1").factor.expect("it goes on");
    assert_eq!((factor.sealed.as_str(), factor.last_step), ("anew", 7));
}

#[test]
fn s09_each_code_opens_one_session() {
    let mut centre = Centre::new();
    centre.does(&operator(), ask::enrol_factor(7));
    let login = |sha256: &str, step| {
        ask::open_session_with("operator-1", sha256, second(0), Some(Proof::Code { step }))
    };
    centre.does(&operator(), login("aa", 8));
    centre.does(&operator(), login("bb", 9));
    assert_eq!(protection(&centre, "operator-1").factor.expect("one").last_step, 9);
}

#[test]
fn s09_a_recovery_code_is_used_up() {
    let mut centre = Centre::new();
    centre.does(&operator(), ask::enrol_factor(7));
    let proof = Some(Proof::Recovery { sha256: "c1".to_owned() });
    centre.does(&operator(), ask::open_session_with("operator-1", "aa", second(0), proof));
    assert_eq!(protection(&centre, "operator-1").factor.expect("one").recovery, ["c2"]);
}

#[test]
fn s04_another_role_ends_every_session() {
    let mut centre = Centre::new();
    opened(&mut centre, &["aa", "bb"]);
    centre.does(&admin(), ask::change_account("operator-1", Role::Supervisor, None));
    assert!(kept(&centre).is_empty());
    assert_eq!(centre.state.accounts[&"operator-1".into()].role, Role::Supervisor);
}

#[test]
fn an_enabled_account_may_act_and_its_sessions_stay_ended() {
    let mut centre = Centre::new();
    opened(&mut centre, &["aa"]);
    centre.does(&admin(), ask::disable_account("operator-1"));
    centre.does(&admin(), ask::enable_account("operator-1"));
    assert!(kept(&centre).is_empty());
    opened(&mut centre, &["bb"]);
}

#[test]
fn s05_a_login_ends_sessions_that_are_over() {
    let mut centre = Centre::new();
    opened(&mut centre, &["aa"]);
    centre.at(9 * 3600);
    opened(&mut centre, &["bb"]);
    assert_eq!(kept(&centre), ["bb"]);
}

#[test]
fn s07_an_account_has_so_many_sessions_and_the_oldest_gives_way() {
    let mut centre = Centre::new();
    for number in 0..33 {
        let opened_at = second(number);
        let token = format!("{number:02}");
        centre.does(&operator(), ask::open_session("operator-1", &token, opened_at));
    }
    assert_eq!(centre.state.sessions.len(), 32);
    assert!(!centre.state.sessions.contains_key("00"));
}

refusals! {
    another_persons_credential is NotOwn: |_centre| {
        (operator(), ask::change_token("supervisor-1", "new", None))
    }
    a_password_for_a_machine is CredentialOfOtherKind: |_centre| {
        let (account, sealed, kept) = ("gateway-1".into(), None, None);
        let credential = Credential::Password { phc: "示例".to_owned() };
        let change = ChangeCredential { account, credential, sealed, kept };
        (admin(), Command::ChangeCredential(change))
    }
    ones_own_change_that_would_drop_the_second_factor is SecondFactorMissing: |centre| {
        centre.does(&operator(), ask::enrol_factor(1));
        (operator(), ask::change_token("operator-1", "new", None))
    }
    a_second_factor_beside_another is SecondFactorEnrolled: |centre| {
        centre.does(&operator(), ask::enrol_factor(1));
        (operator(), ask::enrol_factor(2))
    }
    a_code_of_nobodys_factor is SecondFactorMissing: |_centre| {
        let proof = Some(Proof::Code { step: 8 });
        (operator(), ask::open_session_with("operator-1", "aa", second(0), proof))
    }
    a_code_a_second_time is CodeAlreadyUsed: |centre| {
        centre.does(&operator(), ask::enrol_factor(7));
        let proof = || Some(Proof::Code { step: 8 });
        centre.does(&operator(), ask::open_session_with("operator-1", "aa", second(0), proof()));
        (operator(), ask::open_session_with("operator-1", "bb", second(0), proof()))
    }
    a_recovery_code_a_second_time is CodeAlreadyUsed: |centre| {
        centre.does(&operator(), ask::enrol_factor(7));
        let proof = || Some(Proof::Recovery { sha256: "c1".to_owned() });
        centre.does(&operator(), ask::open_session_with("operator-1", "aa", second(0), proof()));
        (operator(), ask::open_session_with("operator-1", "bb", second(0), proof()))
    }
    another_role_for_the_last_administrator is AccountIsLastAdmin: |_centre| {
        (admin(), ask::change_account("admin-1", Role::Operator, None))
    }
    a_station_for_a_supervisor is StationNotForRole: |_centre| {
        (admin(), ask::change_account("operator-1", Role::Supervisor, Some("ST-1")))
    }
    a_phones_role_without_a_unit is AccountNeedsUnit: |_centre| {
        (admin(), ask::change_account("operator-1", Role::Unit, None))
    }
}
