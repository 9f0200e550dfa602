//! The first administrator.

use serde_json::{Value, json};

use super::house::{House, Plan};
use campus_dispatch::web::SetupToken;

async fn empty() -> (House, String) {
    let (setup, token) = SetupToken::generate();
    let mut plan = Plan { peopled: false, ..Plan::default() };
    plan.settings.setup = Some(setup);
    (House::of(plan).await, token)
}

fn asked(token: &str) -> Value {
    json!({ "token": token, "account": "chief", "password": "long enough" })
}

#[tokio::test]
async fn the_printed_token_makes_the_first_administrator() {
    let (house, token) = empty().await;
    let state = house.stranger().gets("/setup").await.is(200);
    assert_eq!(state.body, json!({ "needed": true, "demo": [] }));
    let made = house.stranger().posts("/setup", asked(&token)).await.is(201);
    assert_eq!(made.body["role"], "admin");
    assert_eq!(made.header("set-cookie"), None, "a second factor comes first");
    assert_eq!(made.body["expires_at"], Value::Null);
    assert_eq!(house.stranger().gets("/setup").await.body["needed"], false);
    let login = json!({ "account": "chief", "password": "long enough" });
    let login = house.stranger().posts("/session", login).await;
    login.refused_with(403, "enrolment_needed");
}

#[tokio::test]
async fn where_no_second_factor_is_needed_it_is_logged_in_at_once() {
    let (setup, token) = SetupToken::generate();
    let mut plan = Plan { peopled: false, ..Plan::default() };
    plan.settings.setup = Some(setup);
    plan.settings.access.second_factor = false;
    let house = House::of(plan).await;
    let made = house.stranger().posts("/setup", asked(&token)).await.is(201);
    assert!(made.header("set-cookie").is_some());
}

#[tokio::test]
async fn it_is_made_once() {
    let (house, token) = empty().await;
    let (one, other) = (house.stranger(), house.stranger());
    let second = json!({ "token": token, "account": "rival", "password": "long enough" });
    let (one, other) =
        tokio::join!(one.posts("/setup", asked(&token)), other.posts("/setup", second));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    assert_eq!(house.engine.board().accounts().len(), 1);
}

#[tokio::test]
async fn another_token_makes_nobody() {
    let (house, _) = empty().await;
    for token in ["", "wrong", &"0".repeat(64)] {
        let refused = house.stranger().posts("/setup", asked(token)).await;
        refused.refused_with(403, "setup_token_wrong");
    }
    assert_eq!(house.written(), 0);
}

#[tokio::test]
async fn without_a_token_there_is_no_set_up() {
    let house = House::of(Plan { peopled: false, ..Plan::default() }).await;
    house.stranger().posts("/setup", asked("")).await.refused_with(403, "setup_token_wrong");
}

#[tokio::test]
async fn a_centre_with_accounts_needs_none() {
    let (setup, token) = SetupToken::generate();
    let mut plan = Plan::default();
    plan.settings.setup = Some(setup);
    let house = House::of(plan).await;
    house.stranger().posts("/setup", asked(&token)).await.refused_with(409, "setup_done");
}

#[tokio::test]
async fn a_short_password_is_refused() {
    let (house, token) = empty().await;
    let body = json!({ "token": token, "account": "chief", "password": "short" });
    house.stranger().posts("/setup", body).await.refused_with(422, "password_unfit");
    assert_eq!(house.written(), 0);
}
