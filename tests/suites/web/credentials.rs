//! What proves who somebody is: where it may stand (S3), and how a browser keeps it (S15).

use campus_dispatch::{
    domain::{
        Command, Role,
        account::{Account, Credential},
        decide::account::AddAccount,
    },
    web::secret,
};
use reqwest::Method;
use serde_json::json;

use super::{
    actor::{Answer, Caller, Credentials, answer, fight},
    house::{House, Plan, token},
};

const PASSWORD: &str = "correct horse 示例";

/// A house, kept to TLS or not, where somebody has logged in; the answer to it.
async fn logged_in(secure: bool) -> (House, Answer) {
    let mut plan = Plan::default();
    plan.settings.secure_cookies = secure;
    let house = House::of(plan).await;
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
    let login = json!({ "account": "desk-1", "password": PASSWORD });
    let login = house.stranger().posts("/session", login).await.is(200);
    (house, login)
}

fn attributes(login: &Answer) -> Vec<String> {
    let cookie = login.header("set-cookie").expect("a cookie");
    cookie.split("; ").map(str::to_owned).collect()
}

#[tokio::test]
async fn s15_a_cookie_is_this_hosts_alone_over_tls_alone_and_no_scripts() {
    let (_house, login) = logged_in(true).await;
    let attributes = attributes(&login);
    assert!(attributes[0].starts_with("__Host-campus_session="), "{attributes:?}");
    for wanted in ["Path=/", "HttpOnly", "SameSite=Strict", "Secure"] {
        assert!(attributes.iter().any(|one| one == wanted), "no {wanted} in {attributes:?}");
    }
    // With a domain, a browser would refuse the name.
    assert!(!attributes.iter().any(|one| one.starts_with("Domain")), "{attributes:?}");
}

#[tokio::test]
async fn s15_in_the_clear_a_cookie_is_no_scripts_and_no_other_sites() {
    let (_house, login) = logged_in(false).await;
    let attributes = attributes(&login);
    assert!(attributes[0].starts_with("campus_session="), "{attributes:?}");
    for wanted in ["Path=/", "HttpOnly", "SameSite=Strict"] {
        assert!(attributes.iter().any(|one| one == wanted), "no {wanted} in {attributes:?}");
    }
}

#[tokio::test]
async fn s15_a_cookie_that_a_neighbour_could_plant_is_none_over_tls() {
    let (house, login) = logged_in(true).await;
    let attributes = attributes(&login);
    let (_, token) = attributes[0].split_once('=').expect("a token");
    let asks = |cookie: String| {
        answer(house.stranger().request(Method::GET, "/session").header("cookie", cookie))
    };
    asks(format!("campus_session={token}")).await.refused_with(401, "login_needed");
    asks(format!("__Host-campus_session={token}")).await.is(200);
}

/// A browser with a session, asking from its own page as browsers say it.
fn from_a_page(
    browser: &Caller,
    method: Method,
    path: &str,
    site: &str,
) -> reqwest::RequestBuilder {
    browser.request(method, path).header("sec-fetch-site", site).header("sec-fetch-mode", "cors")
}

#[tokio::test]
async fn s15_what_another_sites_page_fetches_is_refused_whatever_it_brings() {
    let house = House::open().await;
    for site in ["cross-site", "same-site", "somewhere"] {
        let stranger = Caller::new(house.address, Credentials::None);
        let asks = from_a_page(&stranger, Method::GET, "/alerts", site);
        let asks = asks.header("cookie", "campus_session=session-of-operator");
        answer(asks).await.refused_with(403, "origin_not_allowed");
        // A browser that leaves the origin out still says that it is another site's.
        let acts = from_a_page(&house.operator(), Method::POST, "/alerts", site).json(&fight());
        answer(acts).await.refused_with(403, "origin_not_allowed");
    }
}

#[tokio::test]
async fn s15_what_our_own_pages_fetch_is_answered() {
    let house = House::open().await;
    let browser = house.browser("operator", Role::Operator).await;
    for site in ["same-origin", "none"] {
        answer(from_a_page(&browser, Method::GET, "/alerts", site)).await.is(200);
        let acts = from_a_page(&browser, Method::POST, "/alerts", site).json(&fight());
        answer(acts).await.is(201);
    }
    // A page that is allowed by name is another site's, too.
    let allowed = house.operator().request(Method::GET, "/alerts");
    let allowed = allowed.header("origin", "https://desk.example");
    answer(allowed.header("sec-fetch-site", "cross-site")).await.is(200);
}

#[tokio::test]
async fn s15_a_link_from_elsewhere_to_the_documentation_may_be_followed() {
    let house = House::open().await;
    let request = house.stranger().request(Method::GET, "/openapi.json");
    let request = request.header("sec-fetch-site", "cross-site");
    answer(request.header("sec-fetch-mode", "navigate")).await.is(200);
}

#[tokio::test]
async fn s15_a_form_of_another_site_changes_nothing() {
    let house = House::open().await;
    let browser = house.browser("operator", Role::Operator).await;
    let written = house.written();
    for kind in
        ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"]
    {
        let form = browser.request(Method::POST, "/alerts").header("content-type", kind);
        answer(form.body(fight().to_string())).await.refused_with(415, "type_not_json");
    }
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn s03_a_token_in_an_address_is_none() {
    let house = House::open().await;
    for name in ["token", "access_token", "bearer", "key", "session", "campus_session"] {
        let path = format!("/session?{name}={}", token("operator"));
        house.stranger().gets(&path).await.refused_with(401, "login_needed");
    }
    let path = format!("/session;campus_session={}", token("operator"));
    assert_eq!(house.stranger().gets(&path).await.status, 404);
}

#[tokio::test]
async fn s03_a_token_of_another_scheme_is_none() {
    let house = House::open().await;
    let token = token("operator");
    for value in [
        format!("Basic {token}"),
        format!("Token {token}"),
        token.clone(),
        format!("Bearer{token}"),
        format!("Bearer {token} x"),
        "Bearer ".to_owned(),
    ] {
        let request = house.stranger().request(Method::GET, "/session");
        let refused = answer(request.header("authorization", &value)).await;
        refused.refused_with(401, "login_needed");
    }
}

#[tokio::test]
async fn s11_a_new_centre_has_no_account_and_no_password_opens_it() {
    let house = House::of(Plan { peopled: false, ..Plan::default() }).await;
    assert!(house.engine.board().accounts().is_empty());
    for name in ["admin", "root", "operator", "console", "system", "campus-dispatch", ""] {
        for password in ["", "admin", "password", "12345678", "campus-dispatch", name] {
            let login = json!({ "account": name, "password": password });
            // After a few wrong ones the next have to wait, whatever they are.
            let status = house.stranger().posts("/session", login).await.status;
            assert!(matches!(status, 401 | 429), "{name}: {status}");
        }
    }
    assert_eq!(house.written(), 0);
}
