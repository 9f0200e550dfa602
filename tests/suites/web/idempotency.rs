//! A command named by its caller is applied once.

use serde_json::json;

use super::{actor::fight, house::House};

#[tokio::test]
async fn the_same_key_gives_the_same_answer_and_one_alert() {
    let house = House::open().await;
    let first = house.operator().posts_as("k-1", "/alerts", fight()).await.is(201);
    let written = house.written();
    let again = house.operator().posts_as("k-1", "/alerts", fight()).await.is(201);
    assert_eq!(again.body, first.body);
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    let house = House::open().await;
    house.operator().posts_as("k-1", "/alerts", fight()).await.is(201);
    let written = house.written();
    let other = json!({ "source": "video", "category": "CROWD", "school": "S-1" });
    let refused = house.operator().posts_as("k-1", "/alerts", other).await;
    refused.refused_with(422, "idempotency_key_reused");
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn the_same_key_of_two_accounts_names_two_commands() {
    let house = House::open().await;
    let one = house.operator().posts_as("k-1", "/alerts", fight()).await.is(201).alert();
    let other = house.supervisor().posts_as("k-1", "/alerts", fight()).await.is(201).alert();
    assert_ne!(one, other);
}

#[tokio::test]
async fn fifty_connections_with_one_command_apply_it_once() {
    let house = House::open().await;
    let mut asked = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let operator = house.operator();
        asked.spawn(async move { operator.posts_as("k-1", "/alerts", fight()).await });
    }
    let answers = asked.join_all().await;
    assert!(answers.iter().all(|answer| answer.status == 201 && answer.body == answers[0].body));
    assert_eq!(
        house.operator().gets("/alerts").await.body["alerts"].as_array().map(Vec::len),
        Some(1)
    );
}

#[tokio::test]
async fn what_cannot_be_a_key_is_refused() {
    let house = House::open().await;
    house.operator().posts_as(&"k".repeat(128), "/alerts", fight()).await.is(201);
    for key in ["", "\u{e9}", &"k".repeat(129)] {
        let refused = house.operator().posts_as(key, "/alerts", fight()).await;
        refused.refused_with(422, "idempotency_key_invalid");
    }
    let two = house.operator().request(reqwest::Method::POST, "/alerts");
    let two = two.header("idempotency-key", "a").header("idempotency-key", "b").json(&fight());
    super::actor::answer(two).await.refused_with(422, "idempotency_key_invalid");
}

#[tokio::test]
async fn a_gateways_own_alarm_id_is_one_alert() {
    let house = House::open().await;
    let alarm = json!({
        "source": "one_key_alarm", "category": "ATTACK", "school": "S-1", "source_alarm_id": "A-7",
    });
    let gateway = house.caller("gateway");
    let one = gateway.posts("/alerts", alarm.clone()).await.is(201).alert();
    let again = gateway.posts("/alerts", alarm).await.is(201).alert();
    assert_eq!(one, again);
}
