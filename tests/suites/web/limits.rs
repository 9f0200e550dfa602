//! Every bound on a request, at its last allowed value and one beyond (S18–S20).

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{
    actor::{answer, fight},
    house::{House, Plan, token},
};

/// The status that bytes on a new connection are answered with; `None` where it is just closed.
async fn status_of(house: &House, bytes: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(house.address).await.expect("connected");
    let _ = stream.write_all(bytes).await;
    let mut said = Vec::new();
    let _ = stream.read_to_end(&mut said).await;
    String::from_utf8_lossy(&said).strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}

#[tokio::test]
async fn s18_a_body_is_256_kib_and_not_a_byte_more() {
    let house = House::open().await;
    for (length, status) in [(256 * 1024, 201), (256 * 1024 + 1, 413)] {
        let mut body = fight().to_string();
        body += &" ".repeat(length - body.len());
        let request = house.operator().request(Method::POST, "/alerts");
        answer(request.header("content-type", "application/json").body(body)).await.is(status);
    }
}

/// A request whose head has so many bytes and lines.
fn head(length: Option<usize>, lines: usize) -> String {
    let begin = format!(
        "GET /api/v1/session HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {}\r\n",
        token("operator")
    );
    let more: String = (4..=lines).map(|line| format!("x-{line}: 1\r\n")).collect();
    let head = begin + &more;
    let filling = length.map_or(1, |length| length - head.len() - "x-long: \r\n\r\n".len());
    format!("{head}x-long: {}\r\n\r\n", "x".repeat(filling))
}

#[tokio::test]
async fn s18_a_head_is_16_kib_and_not_a_byte_more() {
    let house = House::open().await;
    assert_eq!(status_of(&house, head(Some(16 * 1024), 3).as_bytes()).await, Some(200));
    assert_eq!(status_of(&house, head(Some(16 * 1024 + 1), 3).as_bytes()).await, Some(431));
}

#[tokio::test]
async fn s18_a_head_has_64_lines_and_not_one_more() {
    let house = House::open().await;
    assert_eq!(status_of(&house, head(None, 63).as_bytes()).await, Some(200));
    assert_eq!(status_of(&house, head(None, 64).as_bytes()).await, Some(431));
}

#[tokio::test]
async fn s18_a_head_that_does_not_come_is_not_waited_for() {
    let mut plan = Plan::default();
    plan.settings.limits.head_within = Duration::from_millis(50);
    let house = House::of(plan).await;
    // Ends only when the server hangs up.
    let status = status_of(&house, b"GET /api/v1/session HTTP/1.1\r\nhost: x\r\n").await;
    assert!(matches!(status, None | Some(408)), "{status:?}");
}

#[tokio::test]
async fn a_page_has_1_to_200_alerts() {
    let house = House::open().await;
    for (limit, status) in
        [("1", 200), ("200", 200), ("0", 422), ("201", 422), ("-1", 422), ("1000000000", 422)]
    {
        house.operator().gets(&format!("/alerts?limit={limit}")).await.is(status);
    }
}

#[tokio::test]
async fn a_dispatch_names_32_units_at_most() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    for (count, code) in [(32, "unit_unknown"), (33, "number_out_of_range")] {
        let units: Vec<_> = (0..count).map(|n| json!({ "unit": format!("N-{n}") })).collect();
        let refused = house
            .operator()
            .posts(&format!("/alerts/{alert}/dispatch"), json!({ "units": units }))
            .await;
        assert_eq!(refused.code(), code, "{count}: {}", refused.text);
    }
}
