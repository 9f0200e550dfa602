//! S4 to S7: sessions are references, renewed, limited, listed and ended.

use campus_dispatch::{domain::Role, web::secret};
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    house::House,
    visitor::{Browser, house_of_people},
};

async fn with_people() -> House {
    house_of_people(&[("desk-1", Role::Operator), ("watch", Role::Auditor)]).await
}

#[tokio::test]
async fn s05_a_session_is_256_random_bits_and_only_their_digest_is_kept() {
    let house = with_people().await;
    let mut desk = Browser::at(&house, "192.0.2.1");
    desk.logs_in("desk-1").await.is(200);
    let token = &desk.cookies["campus_session"];
    assert_eq!((token.len(), hex::decode(token).is_ok()), (64, true));
    assert!(house.engine.board().session(&secret::digest(token)).is_some());
    assert!(house.engine.board().session(token).is_none());
}

#[tokio::test]
async fn s05_a_login_renews_the_session_the_browser_had() {
    let house = with_people().await;
    let mut desk = Browser::at(&house, "192.0.2.1");
    desk.logs_in("desk-1").await.is(200);
    let former = desk.cookies["campus_session"].clone();
    desk.logs_in("desk-1").await.is(200);
    assert_ne!(desk.cookies["campus_session"], former);
    desk.cookies.insert("campus_session".to_owned(), former);
    desk.gets("/session").await.refused_with(401, "login_needed");
}

#[tokio::test]
async fn s06_a_login_lasts_by_its_role_whatever_is_done_with_it() {
    let house = house_of_people(&[("desk-1", Role::Operator), ("wall", Role::Screen)]).await;
    let (mut desk, mut wall) = (Browser::at(&house, "192.0.2.1"), Browser::at(&house, "192.0.2.2"));
    desk.logs_in("desk-1").await.is(200);
    wall.logs_in("wall").await.is(200);
    for hour in 1..12 {
        house.at_second(hour * 3600).await;
        desk.gets("/session").await.is(200);
    }
    house.at_second(12 * 3600).await;
    desk.gets("/session").await.refused_with(401, "login_needed");
    house.at_second(30 * 24 * 3600 - 1).await;
    wall.gets("/alerts").await.is(200);
    house.at_second(30 * 24 * 3600).await;
    wall.gets("/alerts").await.refused_with(401, "login_needed");
}

#[tokio::test]
async fn s06_unused_for_half_an_hour_an_auditors_login_ends_and_a_desks_does_not() {
    let house = with_people().await;
    let (mut desk, mut watch) =
        (Browser::at(&house, "192.0.2.1"), Browser::at(&house, "192.0.2.2"));
    desk.logs_in("desk-1").await.is(200);
    watch.enrols(&house, "watch").await;
    house.at_second(30 * 60 - 1).await;
    watch.gets("/alerts").await.is(200);
    house.at_second(60 * 60 - 2).await;
    watch.gets("/alerts").await.is(200);
    house.at_second(90 * 60 - 2).await;
    watch.gets("/alerts").await.refused_with(401, "login_needed");
    desk.gets("/alerts").await.is(200);
}

#[tokio::test]
async fn s07_one_sees_and_ends_ones_own_sessions_and_nobody_elses() {
    let house = with_people().await;
    let (mut here, mut there) =
        (Browser::at(&house, "192.0.2.1"), Browser::at(&house, "192.0.2.2"));
    here.logs_in("desk-1").await.is(200);
    there.logs_in("desk-1").await.is(200);
    house.browser("supervisor", Role::Supervisor).await;
    let listed = here.gets("/sessions").await.is(200).body["sessions"].clone();
    let listed = listed.as_array().expect("a list");
    assert_eq!(listed.len(), 2);
    let other = listed.iter().find(|one| one["current"] == false).expect("the other");
    assert_eq!((&other["address"], &other["account"]), (&json!("192.0.2.2"), &json!("desk-1")));
    let path = format!("/sessions/{}", other["id"].as_str().expect("an id"));
    here.asks(Method::DELETE, &path, Value::Null).await.is(204);
    there.gets("/session").await.refused_with(401, "login_needed");
    here.gets("/session").await.is(200);

    let all = house.admin().gets("/sessions").await.is(200).body["sessions"].clone();
    let mut anothers = all.as_array().expect("a list").iter();
    let anothers = anothers.find(|one| one["account"] == "supervisor").expect("one");
    let path = format!("/sessions/{}", anothers["id"].as_str().expect("an id"));
    let refused = here.asks(Method::DELETE, &path, Value::Null).await;
    refused.refused_with(404, "session_unknown");
}

#[tokio::test]
async fn s07_an_administrator_ends_anybodys_session_and_an_auditor_only_looks() {
    let house = with_people().await;
    let mut desk = Browser::at(&house, "192.0.2.1");
    desk.logs_in("desk-1").await.is(200);
    let listed = house.caller("auditor").gets("/sessions").await.is(200).body["sessions"].clone();
    let path = format!("/sessions/{}", listed[0]["id"].as_str().expect("an id"));
    house.caller("auditor").deletes(&path).await.refused_with(404, "session_unknown");
    desk.gets("/session").await.is(200);
    house.admin().deletes(&path).await.is(204);
    desk.gets("/session").await.refused_with(401, "login_needed");
    house.admin().deletes(&path).await.refused_with(404, "session_unknown");
}

#[tokio::test]
async fn s07_a_list_of_sessions_holds_no_token_and_no_whole_digest() {
    let house = with_people().await;
    let mut desk = Browser::at(&house, "192.0.2.1");
    desk.logs_in("desk-1").await.is(200);
    let listed = house.admin().gets("/sessions").await.is(200);
    let token = &desk.cookies["campus_session"];
    assert!(!listed.text.contains(token.as_str()));
    assert!(!listed.text.contains(&secret::digest(token)));
    assert!(!listed.text.contains(&desk.cookies["campus_device"]));
}

#[tokio::test]
async fn s04_another_role_is_another_login() {
    let house = with_people().await;
    let mut desk = Browser::at(&house, "192.0.2.1");
    desk.logs_in("desk-1").await.is(200);
    let change = json!({ "role": "supervisor" });
    house.admin().puts("/accounts/desk-1", change).await.is(200);
    desk.gets("/session").await.refused_with(401, "login_needed");
    let login = desk.logs_in("desk-1").await.is(200);
    assert_eq!(login.body["role"], "supervisor");
}
