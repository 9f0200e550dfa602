//! S8: passwords are hashed with argon2id, and what they must be can be set.

use campus_dispatch::domain::{Role, Within, account::Credential};
use serde_json::{Value, json};

use super::{
    house::{House, Plan},
    visitor::{Browser, PASSWORD, house_of_people, house_of_people_with},
};

const NEW: &str = "another horse 示例 staple";

fn newcomer(password: &str) -> Value {
    json!({ "name": "newcomer", "role": "operator", "password": password })
}

#[tokio::test]
async fn s08_a_password_is_kept_as_argon2id() {
    let house = House::open().await;
    house.admin().posts("/accounts", newcomer(NEW)).await.is(201);
    let account = house.engine.board().account(&"newcomer".into()).expect("added");
    let Credential::Password { phc } = &account.credential else { panic!("no password") };
    assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
}

#[tokio::test]
async fn s08_length_kinds_and_guessability_are_the_centres_to_set() {
    let with = async |kinds_min, strength_min| {
        let mut plan = Plan::default();
        plan.settings.limits.password_min = 10;
        plan.settings.access.passwords.kinds_min = kinds_min;
        plan.settings.access.passwords.strength_min = strength_min;
        House::of(plan).await
    };
    let strict = with(3, 4).await;
    for (password, code) in [
        ("Ab3-56789", "password_unfit"),
        ("only small letters"[..15].replace(' ', "").as_str(), "password_too_plain"),
        ("Password123!", "password_guessable"),
        ("Newcomer-12345", "password_guessable"),
    ] {
        strict.admin().posts("/accounts", newcomer(password)).await.refused_with(422, code);
    }
    strict.admin().posts("/accounts", newcomer("Trellis-quartz-41-ember")).await.is(201);
    let easy = with(1, 0).await;
    easy.admin().posts("/accounts", newcomer("1234567890")).await.is(201);
}

#[tokio::test]
async fn s08_a_password_somebody_was_given_is_changed_at_the_first_login() {
    let house = House::open().await;
    house.admin().posts("/accounts", newcomer(PASSWORD)).await.is(201);
    let mut browser = Browser::at(&house, "192.0.2.1");
    browser.logs_in("newcomer").await.refused_with(403, "password_change_needed");
    let with =
        |new: &str| json!({ "account": "newcomer", "password": PASSWORD, "new_password": new });
    browser.posts("/session", with(PASSWORD)).await.refused_with(422, "password_used_before");
    browser.posts("/session", with("short")).await.refused_with(422, "password_unfit");
    browser.posts("/session", with(NEW)).await.is(200);
    browser.tries("newcomer", PASSWORD).await.refused_with(401, "credentials_wrong");
    browser.tries("newcomer", NEW).await.is(200);
}

#[tokio::test]
async fn s08_rotation_is_off_unless_the_centre_wants_it() {
    let year = 365 * 24 * 3600;
    for (days, code) in [(0, None), (90, Some("password_change_needed"))] {
        let mut plan = Plan::default();
        plan.settings.access.passwords.age_max = Within::from_seconds(days * 24 * 3600);
        let house = house_of_people_with(&[("desk-1", Role::Operator)], plan).await;
        Browser::at(&house, "192.0.2.1").logs_in("desk-1").await.is(200);
        house.at_second(year).await;
        let login = Browser::at(&house, "192.0.2.1").logs_in("desk-1").await;
        assert_eq!((login.status == 200, login.code()), (code.is_none(), code.unwrap_or_default()));
    }
}

#[tokio::test]
async fn s08_former_passwords_stay_away_as_long_as_the_centre_wants() {
    let mut plan = Plan::default();
    plan.settings.access.passwords.former_max = 1;
    let house = house_of_people_with(&[("desk-1", Role::Operator)], plan).await;
    let mut desk = Browser::at(&house, "192.0.2.1");
    desk.logs_in("desk-1").await.is(200);
    let mut current = PASSWORD.to_owned();
    for (new, status) in
        [(NEW, 204), (PASSWORD, 422), ("a third horse 示例 pen", 204), (PASSWORD, 204)]
    {
        let change = json!({ "current": current, "new": new });
        let changed = desk.posts("/session/password", change).await.is(status);
        if status == 204 {
            current = new.to_owned();
        } else {
            assert_eq!(changed.code(), "password_used_before");
        }
    }
}

#[tokio::test]
async fn s08_ones_own_password_is_changed_with_the_old_one_and_ends_ones_other_sessions() {
    let house = house_of_people(&[("desk-1", Role::Operator)]).await;
    let (mut here, mut there) =
        (Browser::at(&house, "192.0.2.1"), Browser::at(&house, "192.0.2.2"));
    here.logs_in("desk-1").await.is(200);
    there.logs_in("desk-1").await.is(200);
    let wrong = json!({ "current": "wrong password", "new": NEW });
    here.posts("/session/password", wrong).await.refused_with(401, "credentials_wrong");
    here.posts("/session/password", json!({ "current": PASSWORD, "new": NEW })).await.is(204);
    here.gets("/session").await.is(200);
    there.gets("/session").await.refused_with(401, "login_needed");
    there.tries("desk-1", NEW).await.is(200);
}

#[tokio::test]
async fn s08_an_administrator_sets_anothers_password_and_not_its_own() {
    let house = house_of_people(&[("desk-1", Role::Operator)]).await;
    let mut desk = Browser::at(&house, "192.0.2.1");
    desk.logs_in("desk-1").await.is(200);
    let given = json!({ "password": NEW });
    house.admin().posts("/accounts/desk-1/password", given.clone()).await.is(200);
    desk.gets("/session").await.refused_with(401, "login_needed");
    desk.tries("desk-1", NEW).await.refused_with(403, "password_change_needed");
    let own = house.admin().posts("/accounts/admin/password", given.clone()).await;
    own.refused_with(422, "own_password_elsewhere");
    let other = house.operator().posts("/accounts/desk-1/password", given).await;
    other.refused_with(403, "role_not_permitted");
}
