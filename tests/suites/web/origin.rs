//! A browser lends its cookie to any page; only pages of ours may use it.

use campus_dispatch::domain::Role;
use reqwest::Method;
use serde_json::Value;

use super::{
    actor::{Answer, Caller, answer, fight},
    house::{House, token},
};

/// Where a page of ours does not come from.
const STRANGE: [&[&str]; 7] = [
    &[],
    &["null"],
    &["https://evil.example"],
    &["https://desk.example.evil.example"],
    &["http://desk.example"],
    &["https://desk.example:444"],
    &["https://desk.example", "https://evil.example"],
];

/// What a page of another site can send without asking first, and nothing at all.
const FORMS: [Option<&str>; 4] = [
    Some("text/plain"),
    Some("application/x-www-form-urlencoded"),
    Some("multipart/form-data; boundary=x"),
    None,
];

/// A route that changes something, as the API's document has it.
struct Unsafe {
    method: Method,
    path: String,
    /// The types its body may have.
    bodies: Vec<String>,
}

/// All of them; an id in a path is 1.
async fn unsafe_routes(house: &House) -> Vec<Unsafe> {
    let document = house.stranger().opens("/api/v1/openapi.json", "application/json").await;
    let paths = document.is(200).body["paths"].as_object().expect("paths").clone();
    let mut found = Vec::new();
    for (path, item) in paths {
        let parts = path.strip_prefix("/api/v1").expect("of the API").split('/');
        let parts = parts.map(|part| match part {
            "{noun}" => "schools",
            part if part.starts_with('{') => "1",
            part => part,
        });
        let path = parts.collect::<Vec<_>>().join("/");
        for (name, operation) in item.as_object().expect("an item") {
            let method: Method = name.to_uppercase().parse().expect("a method");
            if ![Method::POST, Method::PUT, Method::DELETE, Method::PATCH].contains(&method) {
                continue;
            }
            let bodies = operation["requestBody"]["content"].as_object();
            let bodies = bodies.map(|bodies| bodies.keys().cloned().collect()).unwrap_or_default();
            found.push(Unsafe { method, path: path.clone(), bodies });
        }
    }
    assert!(found.len() > 50, "only {} routes change something", found.len());
    found
}

async fn raises_from(caller: &Caller, cookie: bool, origins: &[&str]) -> Answer {
    let stranger = Caller::new(caller.address, super::actor::Credentials::None);
    let mut request = stranger.request(Method::POST, "/alerts").json(&fight());
    request = match cookie {
        true => request.header("cookie", "campus_session=session-of-operator"),
        false => request.bearer_auth(token("operator")),
    };
    for origin in origins {
        request = request.header("origin", *origin);
    }
    answer(request).await
}

#[tokio::test]
async fn a_cookie_acts_from_pages_of_ours_only() {
    let house = House::open().await;
    let browser = house.browser("operator", Role::Operator).await;
    let own = browser.url("");
    raises_from(&browser, true, &[&own]).await.is(201);
    raises_from(&browser, true, &[&own.replace("http:", "https:")]).await.is(201);
    raises_from(&browser, true, &["https://desk.example"]).await.is(201);
    let written = house.written();
    for origins in STRANGE {
        let refused = raises_from(&browser, true, origins).await;
        refused.refused_with(403, "origin_not_allowed");
    }
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn a_token_acts_without_an_origin_but_from_no_strange_one() {
    let house = House::open().await;
    raises_from(&house.operator(), false, &[]).await.is(201);
    let refused = raises_from(&house.operator(), false, &["https://evil.example"]).await;
    refused.refused_with(403, "origin_not_allowed");
}

#[tokio::test]
async fn s15_no_route_that_changes_something_is_lent_a_cookie_by_a_strange_page() {
    let house = House::open().await;
    house.browser("admin", Role::Admin).await;
    let written = house.written();
    for Unsafe { method, path, .. } in unsafe_routes(&house).await {
        for origins in STRANGE {
            let mut request = house.stranger().request(method.clone(), &path);
            request = request.header("cookie", "campus_session=session-of-admin");
            for origin in origins {
                request = request.header("origin", *origin);
            }
            let refused = answer(request.json(&Value::Null)).await;
            let told = format!("{method} {path} from {origins:?}: {}", refused.text);
            assert_eq!((refused.status, refused.code()), (403, "origin_not_allowed"), "{told}");
        }
    }
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn s15_no_route_takes_its_body_as_a_form_of_another_site_sends_it() {
    let house = House::open().await;
    let admin = house.browser("admin", Role::Admin).await;
    let written = house.written();
    let mut tried = 0;
    for Unsafe { method, path, bodies } in unsafe_routes(&house).await {
        // Without a body nothing is said that a form could say.
        let code = match bodies.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            [] => continue,
            ["application/json"] => "type_not_json",
            _ => "type_not_table",
        };
        for form in FORMS {
            let mut request = admin.request(method.clone(), &path).body("{}");
            if let Some(kind) = form {
                request = request.header("content-type", kind);
            }
            let refused = answer(request).await;
            let told = format!("{method} {path} as {form:?}: {}", refused.text);
            assert_eq!((refused.status, refused.code()), (415, code), "{told}");
            tried += 1;
        }
    }
    assert!(tried > 150, "only {tried} tried");
    assert_eq!(house.written(), written);
}
