//! People at browsers: their passwords, and how long they stay logged in.

use campus_dispatch::domain::{Role, Within};
use serde_json::json;

use crate::web::{
    actor::{Answer, fight},
    house::{House, Plan, START},
    visitor::{Browser, house_of_people_with},
};

const HERE: &str = "192.0.2.1";
const WRONG: &str = "wrong password";

/// A house with a desk, a wall and an auditor, who needs no second factor here.
async fn house_of(mut plan: Plan) -> House {
    plan.settings.access.second_factor = false;
    let people = [("desk", Role::Operator), ("wall", Role::Screen), ("watch", Role::Auditor)];
    house_of_people_with(&people, plan).await
}

/// Moves time to so many milliseconds after the start.
async fn at(house: &House, milliseconds: usize) {
    let span = Within::from_millis(i64::try_from(milliseconds).expect("a span"));
    house.clock.set(START + span);
    house.engine.picture().await.expect("the writer takes its turn");
}

pub async fn a_password_of(plan: Plan, characters: usize) -> bool {
    let house = House::of(plan).await;
    let password: String =
        "Trellis-quartz 41 示例 ember, ".chars().cycle().take(characters).collect();
    let account = json!({ "name": "newcomer", "role": "operator", "password": password });
    let made = house.admin().posts("/accounts", account).await;
    assert!(made.status == 201 || made.code() == "password_unfit", "{}", made.text);
    made.status == 201
}

/// Whether a wrong password was looked at, and not told to wait.
fn is_looked_at(answer: &Answer) -> bool {
    assert!(["credentials_wrong", "too_many_attempts"].contains(&answer.code()), "{}", answer.text);
    answer.code() == "credentials_wrong"
}

/// The last of so many wrong passwords.
pub async fn wrong_passwords(plan: Plan, count: usize) -> bool {
    let house = house_of(plan).await;
    let mut thief = Browser::at(&house, HERE);
    for _ in 1..count {
        assert!(is_looked_at(&thief.tries("desk", WRONG).await));
    }
    is_looked_at(&thief.tries("desk", WRONG).await)
}

/// The same, each for another account.
pub async fn wrong_passwords_for_many(plan: Plan, count: usize) -> bool {
    let house = house_of(plan).await;
    let mut thief = Browser::at(&house, HERE);
    for number in 1..count {
        assert!(is_looked_at(&thief.tries(&format!("guessed-{number}"), WRONG).await));
    }
    is_looked_at(&thief.tries("desk", WRONG).await)
}

/// Waits after so many tries that the wait no longer grows.
pub async fn waits_long_enough(mut plan: Plan, milliseconds: usize) -> bool {
    plan.settings.limits.login_tries_max = 1;
    let house = house_of(plan).await;
    let mut thief = Browser::at(&house, HERE);
    for second in [0, 1, 3] {
        at(&house, second * 1_000).await;
        assert!(is_looked_at(&thief.tries("desk", WRONG).await));
    }
    at(&house, 3_000 + milliseconds).await;
    is_looked_at(&thief.tries("desk", WRONG).await)
}

/// Waits after one wrong password too many; whether the next two are looked at at once.
pub async fn waits_until_all_is_forgotten(mut plan: Plan, milliseconds: usize) -> bool {
    plan.settings.limits.login_tries_max = 2;
    let house = house_of(plan).await;
    let mut thief = Browser::at(&house, HERE);
    for _ in 0..2 {
        assert!(is_looked_at(&thief.tries("desk", WRONG).await));
    }
    at(&house, milliseconds).await;
    assert!(is_looked_at(&thief.tries("desk", WRONG).await));
    is_looked_at(&thief.tries("desk", WRONG).await)
}

/// Logs in and comes back after so long.
async fn comes_back(plan: Plan, account: &str, milliseconds: usize) -> bool {
    let house = house_of(plan).await;
    let mut browser = Browser::at(&house, HERE);
    browser.logs_in(account).await.is(200);
    at(&house, milliseconds).await;
    let session = browser.gets("/session").await;
    assert!(session.status == 200 || session.code() == "login_needed", "{}", session.text);
    session.status == 200
}

pub async fn a_desk_comes_back(plan: Plan, milliseconds: usize) -> bool {
    comes_back(plan, "desk", milliseconds).await
}

pub async fn a_wall_comes_back(plan: Plan, milliseconds: usize) -> bool {
    comes_back(plan, "wall", milliseconds).await
}

pub async fn an_office_comes_back(plan: Plan, milliseconds: usize) -> bool {
    comes_back(plan, "watch", milliseconds).await
}

/// Whether a desk still takes a command after so long.
pub async fn a_desk_works_on(plan: Plan, milliseconds: usize) -> bool {
    let house = house_of(plan).await;
    let mut desk = Browser::at(&house, HERE);
    desk.logs_in("desk").await.is(200);
    at(&house, milliseconds).await;
    let raised = desk.posts("/alerts", fight()).await;
    assert!(raised.status == 201 || raised.code() == "session_locked", "{}", raised.text);
    raised.status == 201
}

/// Whether the first of so many logins is still one.
pub async fn logins_of_one_account(plan: Plan, count: usize) -> bool {
    let house = house_of(plan).await;
    let mut first = Browser::at(&house, HERE);
    first.logs_in("desk").await.is(200);
    for number in 1..count {
        at(&house, number).await;
        Browser::at(&house, HERE).logs_in("desk").await.is(200);
    }
    let session = first.gets("/session").await;
    assert!(session.status == 200 || session.code() == "login_needed", "{}", session.text);
    session.status == 200
}

/// Whether looking at a caller's number again after so long is the same look.
pub async fn looks_again(plan: Plan, milliseconds: usize) -> bool {
    let house = House::of(plan).await;
    let desk = house.operator();
    let path = format!("/alerts/{}", desk.raises().await);
    desk.gets(&path).await.is(200);
    let written = house.written();
    at(&house, milliseconds).await;
    desk.gets(&path).await.is(200);
    house.written() == written
}
