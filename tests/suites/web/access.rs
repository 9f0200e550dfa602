//! Tokens, sessions, and what a unit may read.

use serde_json::json;

use super::{
    actor::{Caller, Credentials},
    house::House,
};
use campus_dispatch::domain::{Command, Role, decide::account::DisableAccount};

#[tokio::test]
async fn without_credentials_nothing_is_shown() {
    let house = House::open().await;
    for path in ["/alerts", "/alerts/1", "/units", "/policy", "/accounts", "/session", "/live"] {
        house.stranger().gets(path).await.refused_with(401, "login_needed");
    }
    house.stranger().posts("/alerts", json!({})).await.refused_with(401, "login_needed");
}

#[tokio::test]
async fn a_wrong_token_is_nobodys() {
    let house = House::open().await;
    for token in ["wrong", "", "token-of-operator-", "session-of-operator"] {
        let caller = Caller::new(house.address, Credentials::Token(token.to_owned()));
        caller.gets("/alerts").await.refused_with(401, "login_needed");
    }
}

#[tokio::test]
async fn a_disabled_account_is_refused_at_once() {
    let house = House::open().await;
    let browser = house.browser("operator", Role::Operator).await;
    browser.gets("/session").await.is(200);
    let disable = DisableAccount { account: "operator".into() };
    house.console(Command::DisableAccount(disable)).await;
    browser.gets("/session").await.refused_with(401, "login_needed");
    house.operator().gets("/session").await.refused_with(401, "login_needed");
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let house = House::open().await;
    let browser = house.browser("operator", Role::Operator).await;
    house.at_second(12 * 3600 - 1).await;
    browser.gets("/session").await.is(200);
    house.at_second(12 * 3600).await;
    browser.gets("/session").await.refused_with(401, "login_needed");
}

#[tokio::test]
async fn a_unit_reads_the_alerts_it_is_sent_to_and_no_other() {
    let house = House::open().await;
    let operator = house.operator();
    let (own, other) = (operator.raises().await, operator.raises().await);
    operator.dispatches("U-1", own).await;
    operator.dispatches("U-2", other).await;
    let phone = house.phone("U-1");
    phone.gets(&format!("/alerts/{own}")).await.is(200);
    phone.gets(&format!("/alerts/{other}")).await.refused_with(404, "alert_unknown");
    let page = phone.gets("/alerts").await.is(200).body;
    assert_eq!(page["alerts"].as_array().map(Vec::len), Some(1));
    assert_eq!(page["alerts"][0]["id"], own);
}

#[tokio::test]
async fn a_unit_acts_on_its_own_assignments_and_no_other() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let assignment = house.operator().dispatches("U-1", alert).await;
    let written = house.written();
    let other = house.phone("U-2").takes("acknowledge", assignment).await;
    let refused = other.refused_with(403, "not_own");
    assert_eq!(refused.body.get("current"), None);
    assert_eq!(house.written(), written);
    house.phone("U-1").takes("acknowledge", assignment).await.is(200);
}

#[tokio::test]
async fn a_unit_sees_only_itself_among_units() {
    let house = House::open().await;
    let units = house.phone("U-1").gets("/units").await.is(200).body;
    assert_eq!(units["units"].as_array().map(Vec::len), Some(1));
    house.phone("U-1").gets("/units/U-2").await.refused_with(404, "unit_unknown");
}
