//! A browser lends its cookie to any page; only pages of ours may use it.

use campus_dispatch::domain::Role;
use reqwest::Method;

use super::{
    actor::{Answer, Caller, answer, fight},
    house::{House, token},
};

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
    let strange: [&[&str]; 7] = [
        &[],
        &["null"],
        &["https://evil.example"],
        &["https://desk.example.evil.example"],
        &["http://desk.example"],
        &["https://desk.example:444"],
        &["https://desk.example", "https://evil.example"],
    ];
    for origins in strange {
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
