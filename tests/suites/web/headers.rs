//! What browsers are told with every answer, whoever asked for whatever (S16).

use reqwest::Method;

use super::{
    actor::{Answer, answer},
    house::{House, Plan},
};

/// Asks for something of every kind, refusals included.
async fn every_kind(house: &House) -> Vec<(&'static str, Answer)> {
    let stranger = house.stranger();
    let large = house.operator().request(Method::POST, "/alerts").body("x".repeat(300 * 1024));
    vec![
        ("a page", stranger.opens("/desk", "text/html").await),
        ("a missing file", stranger.opens("/assets/none.js", "*/*").await),
        ("the documentation", stranger.opens("/api/docs/", "text/html").await),
        ("its script", stranger.opens("/api/docs/swagger-ui-bundle.js", "*/*").await),
        ("health", stranger.opens("/health/live", "*/*").await),
        ("metrics", stranger.opens("/metrics", "*/*").await),
        ("a link of a demo", stranger.opens("/demo/operator", "text/html").await),
        ("an answer", house.operator().gets("/alerts").await),
        ("not logged in", stranger.gets("/alerts").await),
        ("not permitted", house.caller("gateway").gets("/alerts").await),
        ("nothing there", house.operator().gets("/nothing").await),
        ("not that way", house.operator().deletes("/alerts").await),
        ("too large", answer(large).await),
    ]
}

#[tokio::test]
async fn s16_every_answer_says_what_a_browser_may_do_with_it() {
    let house = House::open().await;
    for (kind, answer) in every_kind(&house).await {
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{name} of {kind}");
        }
        let features = answer.header("permissions-policy").unwrap_or_default();
        for feature in ["camera=()", "microphone=()", "geolocation=(self)"] {
            assert!(features.contains(feature), "{kind}: {features}");
        }
    }
}

#[tokio::test]
async fn s16_no_answer_lets_a_page_run_what_stands_in_it_or_comes_from_elsewhere() {
    let house = House::open().await;
    for (kind, answer) in every_kind(&house).await {
        let policy = answer.header("content-security-policy").unwrap_or_default();
        let directives: Vec<_> = policy.split(';').map(str::trim).collect();
        for directive in [
            "default-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        ] {
            assert!(directives.contains(&directive), "{kind}: no {directive} in {policy}");
        }
        for directive in directives {
            let (name, sources) = directive.split_once(' ').unwrap_or((directive, ""));
            // Styles in the documentation's page are its scripts' own; nothing else is loosened.
            let documents = kind == "its script" || kind.contains("documentation");
            let may_be_inline = documents && name == "style-src";
            assert!(!sources.contains("unsafe-eval"), "{kind}: {directive}");
            assert!(!sources.contains("unsafe-inline") || may_be_inline, "{kind}: {directive}");
            assert!(!sources.contains("http") && !sources.contains('*'), "{kind}: {directive}");
        }
    }
}

#[tokio::test]
async fn s16_what_the_api_answers_is_kept_by_no_cache() {
    let house = House::open().await;
    for (kind, answer) in every_kind(&house).await {
        if ["an answer", "not logged in", "not permitted", "too large"].contains(&kind) {
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{kind}");
        }
    }
}

#[tokio::test]
async fn s16_whoever_is_turned_away_is_told_the_same() {
    let mut plan = Plan::default();
    plan.settings.limits.connections_max = 1;
    let house = House::of(plan).await;
    let _idle = tokio::net::TcpStream::connect(house.address).await.expect("connected");
    let refused = house.operator().gets("/alerts").await.refused_with(503, "overloaded");
    let policy = refused.header("content-security-policy").unwrap_or_default();
    assert!(policy.contains("default-src 'self'"), "{policy}");
    assert_eq!(refused.header("x-content-type-options"), Some("nosniff"));
}
