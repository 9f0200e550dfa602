//! S10: wrong passwords make the next ones wait, and shut nobody out.

use campus_dispatch::domain::Role;
use serde_json::json;

use super::{
    actor::Answer,
    house::{House, Plan},
    visitor::{Browser, PASSWORD, house_of_people, house_of_people_with},
};

const HERE: &str = "192.0.2.1";
const THERE: &str = "192.0.2.99";

async fn with_a_desk() -> House {
    house_of_people(&[("desk-1", Role::Operator), ("desk-2", Role::Operator)]).await
}

async fn fails(browser: &mut Browser, account: &str, times: u32) {
    for _ in 0..times {
        browser.tries(account, "wrong password").await.refused_with(401, "credentials_wrong");
    }
}

fn wait_of(answer: Answer) -> i64 {
    let answer = answer.refused_with(429, "too_many_attempts");
    answer.header("retry-after").and_then(|wait| wait.parse().ok()).expect("when")
}

#[tokio::test]
async fn s10_after_five_wrong_ones_each_further_try_waits_twice_as_long_up_to_a_minute() {
    let house = with_a_desk().await;
    let mut thief = Browser::at(&house, THERE);
    fails(&mut thief, "desk-1", 5).await;
    let (mut second, mut waits) = (0, Vec::new());
    for _ in 0..8 {
        let wait = wait_of(thief.tries("desk-1", "wrong password").await);
        waits.push(wait);
        second += wait;
        house.at_second(second).await;
        fails(&mut thief, "desk-1", 1).await;
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
}

#[tokio::test]
async fn s10_while_a_wait_lasts_even_the_right_password_is_not_looked_at() {
    let house = with_a_desk().await;
    let mut thief = Browser::at(&house, THERE);
    fails(&mut thief, "desk-1", 5).await;
    wait_of(thief.logs_in("desk-1").await);
    house.at_second(1).await;
    thief.logs_in("desk-1").await.is(200);
}

#[tokio::test]
async fn s10_a_name_nobody_has_waits_alike_and_is_told_alike() {
    let house = with_a_desk().await;
    let mut told = Vec::new();
    for account in ["desk-1", "nobody-of-that-name"] {
        let mut thief = Browser::at(&house, THERE);
        fails(&mut thief, account, 5).await;
        let refused = thief.tries(account, "wrong password").await;
        told.push((refused.body["detail"].clone(), wait_of(refused)));
    }
    assert_eq!(told[0], told[1]);
}

/// The same work and the same words, whoever there is: neither tells which accounts there are.
#[tokio::test]
async fn s10_a_name_nobody_has_costs_the_work_of_one_that_somebody_has() {
    let plan = Plan::default();
    let work = plan.settings.access.checks.clone();
    let house = house_of_people_with(&[("desk-1", Role::Operator)], plan).await;
    house.disabled("gone").await;
    let mut told = Vec::new();
    for (index, name) in ["desk-1", "nobody", "gone", "operator", ""].into_iter().enumerate() {
        let mut somebody = Browser::at(&house, &format!("192.0.2.{index}"));
        let before = work.times();
        let mut refused = somebody.tries(name, "wrong password").await.is(401);
        assert_eq!(work.times() - before, 1, "{name:?}");
        refused.body["request_id"].take();
        told.push(refused.body);
    }
    assert!(told.iter().all(|words| *words == told[0]), "{told:#?}");
    let before = work.times();
    Browser::at(&house, "192.0.2.9").logs_in("desk-1").await.is(200);
    assert_eq!(work.times() - before, 1, "who is right is checked once, too");
}

#[tokio::test]
async fn s10_a_thief_elsewhere_does_not_keep_the_account_from_its_owner() {
    let house = with_a_desk().await;
    let mut thief = Browser::at(&house, THERE);
    fails(&mut thief, "desk-1", 5).await;
    wait_of(thief.tries("desk-1", "wrong password").await);
    Browser::at(&house, HERE).logs_in("desk-1").await.is(200);
}

#[tokio::test]
async fn s10_a_known_device_gets_in_though_its_whole_address_waits() {
    let house = with_a_desk().await;
    let mut desk = Browser::at(&house, HERE);
    desk.logs_in("desk-1").await.is(200);
    desk.cookies.remove("campus_session");
    let mut thief = Browser::at(&house, HERE);
    for number in 0..50 {
        fails(&mut thief, &format!("guessed-{number}"), 1).await;
    }
    wait_of(thief.tries("desk-2", PASSWORD).await);
    desk.logs_in("desk-1").await.is(200);
}

#[tokio::test]
async fn s10_whoever_is_logged_in_works_on() {
    let house = with_a_desk().await;
    let mut desk = Browser::at(&house, HERE);
    desk.logs_in("desk-1").await.is(200);
    let mut thief = Browser::at(&house, HERE);
    fails(&mut thief, "desk-1", 5).await;
    wait_of(thief.tries("desk-1", "wrong password").await);
    desk.posts("/alerts", super::actor::fight()).await.is(201);
}

#[tokio::test]
async fn s10_a_stolen_device_mark_earns_waits_of_its_own() {
    let house = with_a_desk().await;
    let mut desk = Browser::at(&house, HERE);
    desk.logs_in("desk-1").await.is(200);
    fails(&mut desk, "desk-1", 5).await;
    wait_of(desk.tries("desk-1", "wrong password").await);
    // The mark is worth nothing for another account.
    fails(&mut desk, "desk-2", 5).await;
    wait_of(desk.tries("desk-2", "wrong password").await);
}

#[tokio::test]
async fn s10_a_success_and_a_quiet_quarter_of_an_hour_forgive() {
    let house = with_a_desk().await;
    let mut desk = Browser::at(&house, HERE);
    fails(&mut desk, "desk-1", 4).await;
    desk.logs_in("desk-1").await.is(200);
    let mut other = Browser::at(&house, THERE);
    fails(&mut other, "desk-1", 5).await;
    house.at_second(15 * 60).await;
    fails(&mut other, "desk-1", 5).await;
}

#[tokio::test]
async fn s10_guesses_at_once_are_not_more_than_guesses_one_by_one() {
    let mut plan = Plan::default();
    plan.settings.limits.password_checks_max = 2;
    let house = house_of_people_with(&[("desk-1", Role::Operator)], plan).await;
    let guesses = (0..24).map(|_| async {
        Browser::at(&house, THERE).tries("desk-1", "wrong password").await.status
    });
    let statuses = futures_util::future::join_all(guesses).await;
    let looked_at = statuses.iter().filter(|status| **status == 401).count();
    // Two are checked at once, so at most one slips in beside the last free one.
    assert!(looked_at <= 5 + 1, "{statuses:?}");
    assert!(statuses.contains(&429));
}

#[tokio::test]
async fn s20_an_address_is_believed_from_a_trusted_proxy_only() {
    let house = House::open().await;
    let login = json!({ "account": "nobody", "password": "wrong password" });
    for number in 0..6 {
        let request = house.stranger().request(reqwest::Method::POST, "/session").json(&login);
        let request = request.header("x-forwarded-for", format!("192.0.2.{number}"));
        let answer = super::actor::answer(request).await;
        assert_eq!(answer.status, if number < 5 { 401 } else { 429 }, "one address all along");
    }
}

#[tokio::test]
async fn s20_strangers_are_held_to_a_rate_by_address_and_members_are_not() {
    let mut plan = Plan::default();
    let max = std::num::NonZeroU32::new(2).expect("not 0");
    plan.settings.limits.stranger_requests_per_second_max = max;
    let house = house_of_people_with(&[("desk-1", Role::Operator)], plan).await;
    let mut stranger = Browser::at(&house, THERE);
    for _ in 0..4 {
        stranger.gets("/alerts").await.refused_with(401, "login_needed");
    }
    let refused = stranger.gets("/alerts").await.refused_with(429, "too_many_requests");
    assert_eq!(refused.header("retry-after"), Some("1"));
    stranger.gets("/setup").await.refused_with(429, "too_many_requests");
    Browser::at(&house, HERE).logs_in("desk-1").await.is(200);
    for _ in 0..10 {
        house.operator().gets("/alerts").await.is(200);
    }
}

#[tokio::test]
async fn s22_a_login_refused_is_told_under_its_account() {
    let house = with_a_desk().await;
    let mut thief = Browser::at(&house, THERE);
    fails(&mut thief, "desk-1", 5).await;
    wait_of(thief.tries("desk-1", "wrong password").await);
    let record = house.caller("auditor").gets("/access-record?kind=access_refused").await.is(200);
    let refused = &record.body["records"][0]["detail"];
    assert_eq!(refused["account"], "desk-1");
    assert_eq!((&refused["refused"], &refused["times"]), (&json!("login"), &json!(6)));
}
