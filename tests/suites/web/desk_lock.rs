//! S6: a desk that nobody uses asks for the password before the next command, and goes on showing
//! everything.

use campus_dispatch::domain::Role;
use serde_json::json;

use super::{
    actor::fight,
    house::{House, Plan},
    visitor::{Browser, PASSWORD, house_of_people},
};

async fn with_a_desk() -> (House, Browser) {
    let house = house_of_people(&[("desk-1", Role::Operator)]).await;
    let mut desk = Browser::at(&house, "192.0.2.1");
    desk.logs_in("desk-1").await.is(200);
    (house, desk)
}

#[tokio::test]
async fn s06_after_a_quarter_of_an_hour_a_desk_takes_no_command_and_shows_everything() {
    let (house, mut desk) = with_a_desk().await;
    house.at_second(15 * 60 - 1).await;
    desk.gets("/alerts").await.is(200);
    house.at_second(15 * 60).await;
    desk.posts("/alerts", fight()).await.refused_with(423, "session_locked");
    desk.gets("/alerts").await.is(200);
    assert_eq!(desk.gets("/session").await.is(200).body["locked"], true);
    let unlock = json!({ "password": PASSWORD });
    assert_eq!(desk.posts("/session/unlock", unlock).await.is(200).body["locked"], false);
    desk.posts("/alerts", fight()).await.is(201);
}

#[tokio::test]
async fn s06_commands_keep_a_desk_open_and_what_its_page_reads_by_itself_does_not() {
    let (house, mut desk) = with_a_desk().await;
    for minute in [10, 20, 30] {
        house.at_second(minute * 60).await;
        desk.posts("/alerts", fight()).await.is(201);
    }
    for minute in [35, 40, 44] {
        house.at_second(minute * 60).await;
        desk.gets("/alerts").await.is(200);
    }
    house.at_second(45 * 60).await;
    desk.posts("/alerts", fight()).await.refused_with(423, "session_locked");
}

#[tokio::test]
async fn s06_a_desk_is_locked_by_hand_and_not_unlocked_by_looking() {
    let (_house, mut desk) = with_a_desk().await;
    desk.posts("/session/lock", json!({})).await.is(200);
    desk.gets("/session").await.is(200);
    desk.posts("/alerts", fight()).await.refused_with(423, "session_locked");
    let wrong = desk.posts("/session/unlock", json!({ "password": "wrong password" })).await;
    wrong.refused_with(401, "credentials_wrong");
    desk.posts("/alerts", fight()).await.refused_with(423, "session_locked");
}

#[tokio::test]
async fn s06_guessing_at_a_locked_desk_waits_and_nothing_elsewhere_makes_it_wait() {
    let (house, mut desk) = with_a_desk().await;
    desk.posts("/session/lock", json!({})).await.is(200);
    let mut thief = Browser::at(&house, "192.0.2.1");
    for _ in 0..5 {
        thief.tries("desk-1", "wrong password").await.is(401);
    }
    thief.tries("desk-1", "wrong password").await.is(429);
    let wrong = json!({ "password": "wrong password" });
    for _ in 0..5 {
        desk.posts("/session/unlock", wrong.clone()).await.is(401);
    }
    desk.posts("/session/unlock", wrong).await.refused_with(429, "too_many_attempts");
}

#[tokio::test]
async fn s06_a_locked_desk_can_be_left() {
    let (_house, mut desk) = with_a_desk().await;
    desk.posts("/session/lock", json!({})).await.is(200);
    desk.asks(reqwest::Method::DELETE, "/session", serde_json::Value::Null).await.is(204);
}

#[tokio::test]
async fn s06_a_locked_desk_shows_no_whole_number_and_records_nobody_as_having_looked() {
    let (house, mut desk) = with_a_desk().await;
    let alert = desk.posts("/alerts", fight()).await.is(201).alert();
    let paths = [
        format!("/alerts/{alert}"),
        format!("/alerts/{alert}/report"),
        "/schools/S-1".to_owned(),
        "/stations/P-1".to_owned(),
    ];
    let is_whole = |text: &str| text.contains("13800001234") || text.contains("13800000000");
    for lock in ["by hand", "because nobody is there"] {
        match lock {
            "by hand" => drop(desk.posts("/session/lock", json!({})).await.is(200)),
            _ => house.at_second(20 * 60).await,
        }
        let written = house.written();
        for path in &paths {
            let shown = desk.gets(path).await.is(200);
            assert!(!is_whole(&shown.text), "{path}, locked {lock}: {}", shown.text);
            assert!(shown.text.contains("138****"), "{path}, locked {lock}");
        }
        assert_eq!(house.written(), written, "nobody looked");
        desk.posts("/session/unlock", json!({ "password": PASSWORD })).await.is(200);
        for path in &paths {
            assert!(is_whole(&desk.gets(path).await.is(200).text), "{path}");
        }
    }
}

#[tokio::test]
async fn a_demos_desk_is_never_locked() {
    let mut plan = Plan::default();
    plan.settings.demo = vec![(Role::Operator, "operator".into())];
    let house = House::of(plan).await;
    let browser = house.browser("operator", Role::Operator).await;
    assert_eq!(browser.gets("/session").await.is(200).body["lock_after_ms"], json!(null));
    house.at_second(3600).await;
    browser.posts("/alerts", fight()).await.is(201);
}
