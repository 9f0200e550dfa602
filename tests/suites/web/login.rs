//! Login and logout.

use serde_json::json;

use super::{
    actor::{Answer, Caller, Credentials},
    house::{House, Plan},
};
use campus_dispatch::{
    domain::{
        Command, Role,
        account::{Account, Credential},
        decide::account::AddAccount,
    },
    web::secret,
};

const PASSWORD: &str = "correct horse 示例";

async fn with_a_desk() -> House {
    let house = House::open().await;
    desk_in(&house).await;
    house
}

async fn desk_in(house: &House) {
    let phc = secret::hash_password(PASSWORD).expect("hashed");
    let account = Account {
        name: "desk-1".into(),
        role: Role::Operator,
        unit: None,
        station: None,
        credential: Credential::Password { phc },
        disabled: false,
    };
    house.console(Command::AddAccount(AddAccount { account })).await;
}

async fn logs_in(house: &House, account: &str, password: &str) -> Answer {
    house.stranger().posts("/session", json!({ "account": account, "password": password })).await
}

/// A browser that keeps the cookie it was given.
fn keeping(house: &House, login: &Answer) -> Caller {
    let cookie = login.header("set-cookie").expect("a cookie");
    let token = cookie.strip_prefix("campus_session=").and_then(|rest| rest.split(';').next());
    Caller::new(house.address, Credentials::Cookie(token.expect("named").to_owned()))
}

#[tokio::test]
async fn a_login_gives_a_session_that_acts() {
    let house = with_a_desk().await;
    let login = logs_in(&house, "desk-1", PASSWORD).await.is(200);
    assert_eq!(login.body["account"], "desk-1");
    assert_eq!(login.body["role"], "operator");
    assert!(login.body["expires_at"].is_string());
    let browser = keeping(&house, &login);
    let own = browser.gets("/session").await.is(200).body;
    assert_eq!(
        (&own["account"], &own["expires_at"]),
        (&login.body["account"], &login.body["expires_at"])
    );
    browser.raises().await;
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_and_other_sites() {
    let mut plan = Plan::default();
    plan.settings.secure_cookies = true;
    let house = House::of(plan).await;
    desk_in(&house).await;
    let login = logs_in(&house, "desk-1", PASSWORD).await.is(200);
    let cookie = login.header("set-cookie").expect("a cookie");
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Secure", "Max-Age=43200"] {
        assert!(cookie.split("; ").any(|found| found == part), "{part} in {cookie}");
    }
}

#[tokio::test]
async fn unknown_name_wrong_password_and_token_account_are_told_alike() {
    let house = with_a_desk().await;
    let wrong = logs_in(&house, "desk-1", "wrong password").await;
    let unknown = logs_in(&house, "nobody", PASSWORD).await;
    let machine = logs_in(&house, "gateway", "token-of-gateway").await;
    let detail = |answer: &Answer| answer.body["detail"].clone();
    assert_eq!(detail(&wrong), detail(&unknown));
    assert_eq!(detail(&wrong), detail(&machine));
    for answer in [wrong, unknown, machine] {
        assert_eq!(answer.header("set-cookie"), None);
        answer.refused_with(401, "credentials_wrong");
    }
}

#[tokio::test]
async fn a_refused_login_writes_nothing() {
    let house = with_a_desk().await;
    let written = house.written();
    logs_in(&house, "desk-1", "").await.refused_with(401, "credentials_wrong");
    logs_in(&house, "desk-1", &"x".repeat(100_000)).await.refused_with(401, "credentials_wrong");
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn a_logout_ends_the_session() {
    let house = with_a_desk().await;
    let login = logs_in(&house, "desk-1", PASSWORD).await.is(200);
    let browser = keeping(&house, &login);
    let logout = browser.deletes("/session").await.is(204);
    assert!(logout.header("set-cookie").is_some_and(|cookie| cookie.contains("Max-Age=0")));
    browser.gets("/session").await.refused_with(401, "login_needed");
}

#[tokio::test]
async fn each_login_gives_another_token() {
    let house = with_a_desk().await;
    let one = logs_in(&house, "desk-1", PASSWORD).await.is(200);
    let other = logs_in(&house, "desk-1", PASSWORD).await.is(200);
    assert_ne!(one.header("set-cookie"), other.header("set-cookie"));
    keeping(&house, &one).deletes("/session").await.is(204);
    keeping(&house, &other).gets("/session").await.is(200);
}

#[tokio::test]
async fn the_journal_holds_no_token_and_no_password() {
    let house = with_a_desk().await;
    let login = logs_in(&house, "desk-1", PASSWORD).await.is(200);
    let Credentials::Cookie(token) = keeping(&house, &login).credentials else { unreachable!() };
    let mut text = String::new();
    for published in house.engine.feed().after(0, usize::MAX).expect("all is kept") {
        text += &serde_json::to_string(&published.record).expect("written");
    }
    assert!(text.contains(&secret::digest(&token)));
    assert!(!text.contains(&token));
    assert!(!text.contains(PASSWORD));
}

#[tokio::test]
async fn a_demo_logs_in_by_a_link_to_the_roles_page() {
    let mut plan = Plan::default();
    plan.settings.demo = vec![(Role::Operator, "operator".into())];
    let house = House::of(plan).await;
    let link = house.stranger().opens("/demo/operator", "text/html").await.is(303);
    assert_eq!(link.header("location"), Some("/desk"));
    assert_eq!(keeping(&house, &link).gets("/session").await.is(200).body["account"], "operator");
    house.stranger().opens("/demo/admin", "text/html").await.is(404);
}

#[tokio::test]
async fn outside_a_demo_there_are_no_links() {
    let house = House::open().await;
    let written = house.written();
    house.stranger().opens("/demo/operator", "text/html").await.is(404);
    assert_eq!(house.written(), written);
}
