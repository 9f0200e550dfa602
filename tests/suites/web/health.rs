//! Probes, metrics, headers and the embedded screens.

use super::house::House;

#[tokio::test]
async fn a_running_server_is_live_and_ready() {
    let house = House::open().await;
    for path in ["/health/live", "/health/ready", "/api/v1/health/live", "/api/v1/health/ready"] {
        house.stranger().opens(path, "*/*").await.is(200);
    }
}

#[tokio::test]
async fn a_stopped_engine_is_live_but_not_ready() {
    let house = House::open().await;
    house.engine.stop().await;
    house.stranger().opens("/health/live", "*/*").await.is(200);
    let ready = house.stranger().opens("/health/ready", "*/*").await.is(503);
    assert_eq!(ready.body["status"], "stopping");
}

#[tokio::test]
async fn metrics_count_requests_by_route() {
    let house = House::open().await;
    house.operator().raises().await;
    let metrics = house.stranger().opens("/metrics", "*/*").await.is(200);
    assert!(metrics.text.contains("campus_dispatch_http_requests_total"));
    assert!(metrics.text.contains("route=\"/api/v1/alerts\""));
    assert!(metrics.text.contains("campus_dispatch_journal_seq"));
}

#[tokio::test]
async fn browsers_are_told_what_to_keep_to() {
    let house = House::open().await;
    for path in ["/", "/api/v1/setup", "/api/v1/nothing", "/health/live", "/api/docs/"] {
        let answer = house.stranger().opens(path, "text/html").await;
        let policy = answer.header("content-security-policy").expect(path);
        assert!(policy.starts_with("default-src 'self'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("http"), "{path}");
        assert!(!policy.contains("unsafe-eval"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert!(answer.header("permissions-policy").is_some(), "{path}");
    }
}

#[tokio::test]
async fn answers_of_the_api_are_kept_by_nobody() {
    let house = House::open().await;
    house.operator().raises().await;
    let answer = house.operator().gets("/alerts").await.is(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn an_unknown_file_is_not_a_page() {
    let house = House::open().await;
    house.stranger().opens("/assets/no-such-file.js", "text/html").await.is(404);
    house.stranger().opens("/no-such-picture.png", "image/png").await.is(404);
    house.stranger().opens("/..%2f..%2fCargo.toml", "*/*").await.is(404);
}
