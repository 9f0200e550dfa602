//! Device tokens: of walls and gateways, bound to role and station, shown once, revocable.

use campus_dispatch::{domain::Role, web::secret};
use serde_json::json;

use super::{
    actor::{Caller, Credentials},
    house::House,
    visitor::Browser,
};

async fn with_a_wall() -> (House, String) {
    let house = House::open().await;
    let made = house
        .admin()
        .posts("/accounts", json!({ "name": "wall-1", "role": "screen", "station": "P-1" }))
        .await
        .is(201);
    let token = made.body["token"].as_str().expect("a token").to_owned();
    (house, token)
}

#[tokio::test]
async fn s07_a_walls_token_is_shown_once_and_kept_as_a_digest() {
    let (house, token) = with_a_wall().await;
    assert_eq!(token.len(), 64);
    let listed = house.admin().gets("/accounts").await.is(200);
    assert!(!listed.text.contains(&token) && !listed.text.contains(&secret::digest(&token)));
    assert!(house.engine.board().account_by_token(&secret::digest(&token)).is_some());
}

#[tokio::test]
async fn s07_a_wall_logs_in_with_its_token_and_is_what_the_token_is_bound_to() {
    let (house, token) = with_a_wall().await;
    let mut wall = Browser::at(&house, "192.0.2.1");
    let login = wall.posts("/session/device", json!({ "token": token })).await.is(200);
    assert_eq!((&login.body["role"], &login.body["station"]), (&json!("screen"), &json!("P-1")));
    wall.gets("/alerts").await.is(200);
    wall.posts("/alerts", super::actor::fight()).await.refused_with(403, "role_not_permitted");
}

#[tokio::test]
async fn s07_a_renewed_token_ends_the_old_one_and_its_sessions() {
    let (house, token) = with_a_wall().await;
    let mut wall = Browser::at(&house, "192.0.2.1");
    wall.posts("/session/device", json!({ "token": token })).await.is(200);
    let renewed = house.admin().posts("/accounts/wall-1/token", json!({})).await.is(200);
    wall.gets("/alerts").await.refused_with(401, "login_needed");
    let login = json!({ "token": token });
    wall.posts("/session/device", login).await.refused_with(401, "device_token_wrong");
    let login = json!({ "token": renewed.body["token"] });
    wall.posts("/session/device", login).await.is(200);
    let machine = Caller::new(house.address, Credentials::Token(token));
    machine.gets("/alerts").await.refused_with(401, "login_needed");
}

#[tokio::test]
async fn s07_a_disabled_wall_goes_dark_and_an_enabled_one_comes_back() {
    let (house, token) = with_a_wall().await;
    let mut wall = Browser::at(&house, "192.0.2.1");
    wall.posts("/session/device", json!({ "token": token })).await.is(200);
    house.admin().posts("/accounts/wall-1/disable", json!({})).await.is(200);
    wall.gets("/alerts").await.refused_with(401, "login_needed");
    let login = json!({ "token": token });
    wall.posts("/session/device", login.clone()).await.refused_with(401, "device_token_wrong");
    house.admin().posts("/accounts/wall-1/enable", json!({})).await.is(200);
    wall.posts("/session/device", login).await.is(200);
}

#[tokio::test]
async fn s07_a_gateways_and_a_persons_token_open_no_session() {
    let house = House::open().await;
    for account in ["gateway", "operator", "admin", "auditor"] {
        let login = json!({ "token": super::house::token(account) });
        let answer = Browser::at(&house, "192.0.2.1").posts("/session/device", login).await;
        answer.refused_with(401, "device_token_wrong");
    }
}

#[tokio::test]
async fn s07_a_person_has_no_token_to_renew() {
    let house = super::visitor::house_of_people(&[("desk-1", Role::Operator)]).await;
    let renewed = house.admin().posts("/accounts/desk-1/token", json!({})).await;
    renewed.refused_with(409, "credential_of_other_kind");
}
