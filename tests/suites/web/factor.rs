//! S9: second factors.

use campus_dispatch::domain::Role;
use serde_json::json;

use super::{
    house::{House, Plan},
    visitor::{Browser, PASSWORD, code_of, house_of_people, house_of_people_with},
};

async fn with_an_auditor() -> (House, Browser, String, Vec<String>) {
    let house = house_of_people(&[("watch", Role::Auditor)]).await;
    let mut browser = Browser::at(&house, "192.0.2.1");
    let (secret, codes) = browser.enrols(&house, "watch").await;
    house.at_second(60).await;
    (house, browser, secret, codes)
}

#[tokio::test]
async fn s09_administrator_manager_and_auditor_enrol_at_the_first_login_and_nobody_else_must() {
    for (role, needs) in [
        (Role::Admin, true),
        (Role::Manager, true),
        (Role::Auditor, true),
        (Role::Operator, false),
        (Role::Supervisor, false),
        (Role::Screen, false),
    ] {
        let house = house_of_people(&[("somebody", role)]).await;
        let mut browser = Browser::at(&house, "192.0.2.1");
        let login = browser.logs_in("somebody").await;
        if needs {
            assert_eq!(login.header("set-cookie"), None, "{role:?}");
            login.refused_with(403, "enrolment_needed");
            browser.enrols(&house, "somebody").await;
        } else {
            login.is(200);
        }
        let session = browser.gets("/session").await.is(200);
        assert_eq!(session.body["second_factor"], needs, "{role:?}");
    }
}

#[tokio::test]
async fn s09_a_centre_may_do_without() {
    let mut plan = Plan::default();
    plan.settings.access.second_factor = false;
    let house = house_of_people_with(&[("watch", Role::Auditor)], plan).await;
    Browser::at(&house, "192.0.2.1").logs_in("watch").await.is(200);
}

#[tokio::test]
async fn s09_who_has_a_factor_needs_it() {
    let (house, _, secret, _) = with_an_auditor().await;
    let mut browser = Browser::at(&house, "192.0.2.2");
    browser.logs_in("watch").await.refused_with(401, "code_needed");
    browser.logs_in_with("watch", "000000").await.refused_with(401, "code_wrong");
    browser.logs_in_with("watch", &code_of(&house, &secret)).await.is(200);
    browser.gets("/access-record").await.is(200);
}

#[tokio::test]
async fn s09_without_the_password_nobody_learns_that_there_is_a_factor() {
    let (house, ..) = with_an_auditor().await;
    let mut browser = Browser::at(&house, "192.0.2.2");
    browser.tries("watch", "not the password").await.refused_with(401, "credentials_wrong");
}

#[tokio::test]
async fn s09_each_code_counts_once() {
    let (house, mut browser, secret, _) = with_an_auditor().await;
    let code = code_of(&house, &secret);
    browser.logs_in_with("watch", &code).await.is(200);
    browser.logs_in_with("watch", &code).await.refused_with(401, "code_already_used");
    house.at_second(90).await;
    browser.logs_in_with("watch", &code_of(&house, &secret)).await.is(200);
}

#[tokio::test]
async fn s09_of_two_logins_at_once_one_code_lets_in_one() {
    let (house, _, secret, _) = with_an_auditor().await;
    let code = code_of(&house, &secret);
    let (mut one, mut other) = (Browser::at(&house, "192.0.2.2"), Browser::at(&house, "192.0.2.3"));
    let (one, other) =
        tokio::join!(one.logs_in_with("watch", &code), other.logs_in_with("watch", &code));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
}

#[tokio::test]
async fn s09_the_code_of_enrolment_is_used_up_too() {
    let house = house_of_people(&[("watch", Role::Auditor)]).await;
    let mut browser = Browser::at(&house, "192.0.2.1");
    let (secret, _) = browser.enrols(&house, "watch").await;
    let again = browser.logs_in_with("watch", &code_of(&house, &secret)).await;
    again.refused_with(401, "code_already_used");
}

#[tokio::test]
async fn s09_a_recovery_code_lets_in_once_however_it_is_typed() {
    let (house, _, _, codes) = with_an_auditor().await;
    assert_eq!(codes.len(), 10);
    let mut browser = Browser::at(&house, "192.0.2.2");
    let typed = codes[0].to_lowercase().replace('-', " ");
    browser.logs_in_with("watch", &typed).await.is(200);
    browser.logs_in_with("watch", &codes[0]).await.refused_with(401, "code_wrong");
    browser.logs_in_with("watch", &codes[1]).await.is(200);
}

#[tokio::test]
async fn s09_the_secret_and_the_codes_stand_nowhere_in_the_journal() {
    let (house, _, secret, codes) = with_an_auditor().await;
    let mut text = String::new();
    for published in house.engine.feed().after(0, usize::MAX).expect("all is kept") {
        text += &serde_json::to_string(&published.record).expect("written");
    }
    assert!(text.contains("second_factor_enrolled"));
    assert!(!text.contains(&secret));
    for code in &codes {
        assert!(!text.contains(code) && !text.contains(&code.replace('-', "")));
    }
    let record = house.caller("auditor").gets("/access-record?limit=200").await.is(200);
    assert!(!record.text.contains("sealed") && !record.text.contains("recovery"));
}

#[tokio::test]
async fn s09_a_factor_outlives_a_change_of_the_password() {
    let (house, mut browser, secret, _) = with_an_auditor().await;
    let new = "another horse 示例 staple";
    let change = json!({ "current": PASSWORD, "new": new });
    browser.posts("/session/password", change).await.is(204);
    let code = code_of(&house, &secret);
    let login = json!({ "account": "watch", "password": new, "code": code });
    Browser::at(&house, "192.0.2.2").posts("/session", login).await.is(200);
}

#[tokio::test]
async fn s09_an_administrator_resets_a_factor_and_its_sessions_end() {
    let (house, mut browser, ..) = with_an_auditor().await;
    house.admin().posts("/accounts/watch/reset-factor", json!({})).await.is(200);
    browser.gets("/session").await.refused_with(401, "login_needed");
    browser.logs_in("watch").await.refused_with(403, "enrolment_needed");
    browser.enrols(&house, "watch").await;
}

#[tokio::test]
async fn s09_a_second_factor_is_not_enrolled_over_another() {
    let (house, ..) = with_an_auditor().await;
    let asked = json!({ "account": "watch", "password": PASSWORD });
    let offer = Browser::at(&house, "192.0.2.2").posts("/session/enrolment", asked).await;
    offer.refused_with(409, "second_factor_enrolled");
}

#[tokio::test]
async fn s09_an_offer_changes_nothing_and_can_be_drawn_and_typed() {
    let house = house_of_people(&[("watch", Role::Auditor)]).await;
    let written = house.written();
    let asked = json!({ "account": "watch", "password": PASSWORD });
    let offer = Browser::at(&house, "192.0.2.2").posts("/session/enrolment", asked).await.is(200);
    assert_eq!(house.written(), written);
    let (secret, uri) = (offer.body["secret"].as_str(), offer.body["uri"].as_str());
    let (secret, uri) = (secret.expect("a secret"), uri.expect("an address"));
    assert_eq!(secret.len(), 32);
    assert!(uri.starts_with("otpauth://totp/campus-dispatch:watch?") && uri.contains(secret));
    let (size, path) = (offer.body["qr"]["size"].as_u64(), offer.body["qr"]["path"].as_str());
    assert!(size.is_some_and(|size| size >= 21));
    assert!(path.is_some_and(|path| path.starts_with("M0 0h1v1h-1z")), "a corner is dark");
}
