//! Who has not logged in is counted by the address; an account by itself, wherever it is (S20).

use std::num::NonZeroU32;

use campus_dispatch::web::Settings;
use reqwest::Method;
use serde_json::json;

use super::{
    actor::{Answer, Caller, answer},
    house::{House, Plan},
};

async fn house(change: impl FnOnce(&mut Settings)) -> House {
    let mut plan = Plan::default();
    plan.settings.limits.stranger_requests_per_second_max = NonZeroU32::new(2).expect("not 0");
    change(&mut plan.settings);
    House::of(plan).await
}

async fn knocks(caller: &Caller, forwarded: &str) -> Answer {
    answer(caller.request(Method::GET, "/session").header("x-forwarded-for", forwarded)).await
}

#[tokio::test]
async fn s20_strangers_of_one_address_knock_so_often_and_not_once_more() {
    let house = house(|_| {}).await;
    for _ in 0..4 {
        house.stranger().gets("/session").await.refused_with(401, "login_needed");
    }
    let refused = house.stranger().gets("/session").await.refused_with(429, "too_many_requests");
    assert_eq!(refused.header("retry-after"), Some("1"));
    house.at_second(1).await;
    for _ in 0..2 {
        house.stranger().gets("/session").await.refused_with(401, "login_needed");
    }
    house.stranger().gets("/session").await.refused_with(429, "too_many_requests");
}

#[tokio::test]
async fn s20_logins_and_wrong_tokens_are_knocks_as_well() {
    let house = house(|_| {}).await;
    let login = json!({ "account": "nobody", "password": "example-example" });
    for _ in 0..2 {
        house
            .stranger()
            .posts("/session", login.clone())
            .await
            .refused_with(401, "credentials_wrong");
        house.caller("nobody").gets("/alerts").await.refused_with(401, "login_needed");
    }
    house.stranger().posts("/session", login).await.refused_with(429, "too_many_requests");
    house.caller("nobody").gets("/alerts").await.refused_with(429, "too_many_requests");
}

#[tokio::test]
async fn s20_who_is_known_is_not_held_up_by_strangers_at_the_same_address() {
    let house = house(|_| {}).await;
    for _ in 0..6 {
        house.stranger().gets("/session").await;
    }
    house.operator().raises().await;
}

#[tokio::test]
async fn s20_nobody_makes_up_an_address() {
    let house = house(|_| {}).await;
    for n in 0..4 {
        knocks(&house.stranger(), &format!("192.0.2.{n}")).await.is(401);
    }
    knocks(&house.stranger(), "192.0.2.9").await.refused_with(429, "too_many_requests");
}

#[tokio::test]
async fn s20_a_proxy_of_ours_tells_its_clients_apart() {
    let proxies = |settings: &mut Settings| {
        settings.trusted_proxies = vec!["127.0.0.1/32".parse().expect("a network")];
    };
    let house = house(proxies).await;
    for _ in 0..4 {
        knocks(&house.stranger(), "192.0.2.1").await.is(401);
    }
    knocks(&house.stranger(), "192.0.2.1").await.is(429);
    knocks(&house.stranger(), "192.0.2.2").await.is(401);
    // What a client wrote itself is before what the proxy saw.
    knocks(&house.stranger(), "192.0.2.3, 192.0.2.1").await.is(429);
}
