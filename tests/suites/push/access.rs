//! Who may watch, and until when.

use std::time::Duration;

use campus_dispatch::domain::{Command, Role, decide::account::DisableAccount};

use super::viewer::{Viewer, refusal, request};
use crate::web::{actor::Caller, house::House};

/// How long a revoked session may keep a socket.
const TWO_SECONDS: Duration = Duration::from_secs(2);

#[tokio::test]
async fn nobody_watches_without_credentials_and_a_gateway_never() {
    let house = House::open().await;
    assert_eq!(refusal(request(&house.stranger(), "")).await, 401);
    assert_eq!(refusal(request(&house.caller("gateway"), "")).await, 403);
    assert_eq!(refusal(request(&house.caller("nobody"), "")).await, 401);
}

#[tokio::test]
async fn a_cookie_watches_from_pages_of_ours_only() {
    let house = House::open().await;
    let browser = house.browser("operator", Role::Operator).await;
    let own = browser.url("");
    for origin in [None, Some("null"), Some("https://evil.example"), Some("http://127.0.0.1:1")] {
        let mut request = request(&browser, "");
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().expect("a header"));
        }
        assert_eq!(refusal(request).await, 403, "{origin:?}");
    }
    for origin in [own.as_str(), "https://desk.example"] {
        let mut request = request(&browser, "");
        request.headers_mut().insert("origin", origin.parse().expect("a header"));
        let mut viewer = Viewer::upgrades(request).await;
        assert_eq!(viewer.next().await["session"]["account"], "operator");
    }
}

async fn watching(house: &House) -> (Viewer, Caller) {
    watching_as(house, "operator", Role::Operator).await
}

async fn watching_as(house: &House, account: &str, role: Role) -> (Viewer, Caller) {
    let browser = house.browser(account, role).await;
    let mut request = request(&browser, "");
    request.headers_mut().insert("origin", browser.url("").parse().expect("a header"));
    let mut viewer = Viewer::upgrades(request).await;
    viewer.shown("fresh").await;
    (viewer, browser)
}

/// Time stands still from what ends the session until its socket is closed, and nothing else
/// happens meanwhile: no record, no heartbeat.
#[tokio::test]
async fn s04_a_logout_closes_its_sockets_within_two_seconds() {
    let house = House::open().await;
    let (mut viewer, browser) = watching(&house).await;
    let (mut other, _) = Viewer::watches(&house.supervisor()).await;
    browser.deletes("/session").await.is(204);
    assert_eq!(viewer.ends_within(TWO_SECONDS).await, 4001);
    assert_eq!(other.next().await["kind"], "session_closed", "others watch on");
}

#[tokio::test]
async fn s04_a_disabled_account_loses_its_sockets_within_two_seconds() {
    let house = House::open().await;
    let (mut viewer, _) = watching(&house).await;
    let (mut by_token, _) = Viewer::watches(&house.operator()).await;
    let disable = DisableAccount { account: "operator".into() };
    house.console(Command::DisableAccount(disable)).await;
    assert_eq!(viewer.ends_within(TWO_SECONDS).await, 4001);
    assert_eq!(by_token.ends_within(TWO_SECONDS).await, 4001);
}

#[tokio::test]
async fn nothing_is_told_after_the_session_ended() {
    let house = House::open().await;
    let (mut viewer, _) = watching(&house).await;
    let disable = DisableAccount { account: "operator".into() };
    house.console(Command::DisableAccount(disable)).await;
    house.supervisor().raises().await;
    assert_eq!(viewer.ends_at_once().await, 4001);
}

#[tokio::test]
async fn s04_an_expired_session_loses_its_sockets_within_two_seconds() {
    let house = House::open().await;
    let (mut viewer, _) = watching(&house).await;
    house.at_second(12 * 3600 - 1).await;
    house.supervisor().raises().await;
    assert_eq!(viewer.next().await["kind"], "alert_raised", "a second before it looks on");
    house.at_second(12 * 3600).await;
    assert_eq!(viewer.ends_within(TWO_SECONDS).await, 4001);
}

#[tokio::test]
async fn s04_an_office_nobody_uses_loses_its_sockets_within_two_seconds() {
    let house = House::open().await;
    let (mut viewer, browser) = watching_as(&house, "manager", Role::Manager).await;
    house.at_second(20 * 60).await;
    browser.gets("/alerts").await.is(200);
    house.at_second(50 * 60 - 1).await;
    house.supervisor().raises().await;
    assert_eq!(viewer.next().await["kind"], "alert_raised", "it was used half an hour ago");
    house.at_second(50 * 60).await;
    assert_eq!(viewer.ends_within(TWO_SECONDS).await, 4001);
}

#[tokio::test]
async fn an_account_has_so_many_sockets_and_gets_one_back() {
    let house = House::open().await;
    let mut viewers = Vec::new();
    for _ in 0..8 {
        viewers.push(Viewer::watches(&house.operator()).await.0);
    }
    assert_eq!(Viewer::opens(&house.operator()).await.ends_at_once().await, 4003);
    Viewer::watches(&house.supervisor()).await;
    let mut gone = viewers.pop().expect("eight of them");
    gone.leaves().await;
    Viewer::watches(&house.operator()).await;
}

#[tokio::test]
async fn s04_another_role_loses_its_sockets_within_two_seconds() {
    let house = House::open().await;
    let (mut viewer, _) = watching(&house).await;
    let (mut by_token, _) = Viewer::watches(&house.operator()).await;
    let change = serde_json::json!({ "role": "supervisor" });
    house.admin().puts("/accounts/operator", change).await.is(200);
    assert_eq!(viewer.ends_within(TWO_SECONDS).await, 4001);
    assert_eq!(by_token.ends_within(TWO_SECONDS).await, 4001);
}

#[tokio::test]
async fn s04_a_session_ended_by_an_administrator_loses_its_sockets_within_two_seconds() {
    let house = House::open().await;
    let (mut viewer, browser) = watching(&house).await;
    let listed = browser.gets("/sessions").await.is(200).body["sessions"].clone();
    let path = format!("/sessions/{}", listed[0]["id"].as_str().expect("an id"));
    house.admin().deletes(&path).await.is(204);
    assert_eq!(viewer.ends_within(TWO_SECONDS).await, 4001);
}

#[tokio::test]
async fn s04_a_renewed_token_loses_the_sockets_of_the_old_one_within_two_seconds() {
    let house = House::open().await;
    let (mut wall, _) = Viewer::watches(&house.caller("screen")).await;
    house.admin().posts("/accounts/screen/token", serde_json::json!({})).await.is(200);
    assert_eq!(wall.ends_within(TWO_SECONDS).await, 4001);
}

#[tokio::test]
async fn s06_a_locked_desk_goes_on_watching() {
    let house = House::open().await;
    let (mut viewer, browser) = watching(&house).await;
    browser.posts("/session/lock", serde_json::json!({})).await.is(200);
    house.supervisor().raises().await;
    assert_eq!(viewer.next().await["kind"], "alert_raised");
}
