//! Bounds other than the usual ones are in force, at their last allowed value and one beyond.

use std::time::Duration;

use campus_dispatch::web::Limits;
use reqwest::Method;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_tungstenite::tungstenite::Message;

use super::{
    actor::{answer, fight},
    house::{House, Plan, token},
};
use crate::push::viewer::Viewer;

async fn with(change: impl FnOnce(&mut Limits)) -> House {
    let mut plan = Plan::default();
    change(&mut plan.settings.limits);
    House::of(plan).await
}

#[tokio::test]
async fn s18_another_bound_on_bodies() {
    let house = with(|limits| limits.body_max = 1_000).await;
    for (length, status) in [(1_000, 201), (1_001, 413)] {
        let mut body = fight().to_string();
        body += &" ".repeat(length - body.len());
        let request = house.operator().request(Method::POST, "/alerts");
        answer(request.header("content-type", "application/json").body(body)).await.is(status);
    }
}

#[tokio::test]
async fn s18_a_body_that_does_not_say_how_long_it_is_is_bounded_too() {
    let house = with(|limits| limits.body_max = 1_000).await;
    for (length, status) in [(1_000, 201), (1_001, 413)] {
        let mut body = fight().to_string();
        body += &" ".repeat(length - body.len());
        let head = format!(
            "POST /api/v1/alerts HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\
             content-type: application/json\r\ntransfer-encoding: chunked\r\n\
             connection: close\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
            token("operator"),
            body.len()
        );
        assert_eq!(status_of(&house, head.as_bytes()).await, Some(status));
    }
}

#[tokio::test]
async fn s18_another_bound_on_the_depth_of_json() {
    let house = with(|limits| limits.json_depth_max = 4).await;
    for (depth, code) in [(4, "body_invalid"), (5, "body_too_deep")] {
        let (open, close) = ("[".repeat(depth - 1), "]".repeat(depth - 1));
        let request = house.operator().request(Method::POST, "/alerts");
        let body = format!(r#"{{"summary":{open}{close}}}"#);
        let refused = answer(request.header("content-type", "application/json").body(body)).await;
        refused.refused_with(422, code);
    }
}

/// The status that bytes on a new connection are answered with.
async fn status_of(house: &House, bytes: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(house.address).await.expect("connected");
    let _ = stream.write_all(bytes).await;
    let mut said = Vec::new();
    let _ = stream.read_to_end(&mut said).await;
    String::from_utf8_lossy(&said).strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}

/// A request whose head is so long, in so many lines.
fn head(length: usize, lines: usize) -> Vec<u8> {
    let begin = "GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n";
    let more: String = (3..lines).map(|line| format!("x-{line}: 1\r\n")).collect();
    let filling = length - begin.len() - more.len() - "x-long: \r\n\r\n".len();
    format!("{begin}{more}x-long: {}\r\n\r\n", "x".repeat(filling)).into()
}

#[tokio::test]
async fn s18_other_bounds_on_heads() {
    let house = with(|limits| (limits.head_max, limits.headers_max) = (9_000, 8)).await;
    for (length, lines, status) in [(9_000, 8, 200), (9_001, 8, 431), (9_000, 9, 431)] {
        let said = status_of(&house, &head(length, lines)).await;
        assert_eq!(said, Some(status), "{length} bytes in {lines} lines");
    }
}

#[tokio::test]
async fn other_bounds_on_pages() {
    let house = with(|limits| (limits.page_max, limits.page_default) = (3, 2)).await;
    for _ in 0..4 {
        house.operator().raises().await;
    }
    let count = |page: super::actor::Answer| page.body["alerts"].as_array().map(Vec::len);
    assert_eq!(count(house.operator().gets("/alerts").await.is(200)), Some(2));
    assert_eq!(count(house.operator().gets("/alerts?limit=3").await.is(200)), Some(3));
    house.operator().gets("/alerts?limit=4").await.refused_with(422, "query_invalid");
}

#[tokio::test]
async fn a_page_looks_at_so_many_alerts_and_says_where_to_go_on() {
    let house = with(|limits| limits.scan_max = 2).await;
    let first = house.operator().raises().await;
    for _ in 0..2 {
        let mut other = fight();
        other["summary"] = json!("示例：起火");
        house.operator().posts("/alerts", other).await.is(201);
    }
    let page = house.operator().gets("/alerts?q=打架").await.is(200).body;
    assert_eq!(page["alerts"], json!([]));
    let cursor = page["next_cursor"].as_str().expect("somewhere to go on");
    let page = house.operator().gets(&format!("/alerts?q=打架&cursor={cursor}")).await;
    assert_eq!(page.is(200).body["alerts"][0]["id"], first);
}

#[tokio::test]
async fn s19_another_bound_on_messages() {
    let house = with(|limits| limits.message_max = 100).await;
    let (mut viewer, mut board) = Viewer::watches(&house.operator()).await;
    viewer.says(Message::text("x".repeat(100))).await;
    house.operator().raises().await;
    viewer.reaches(&mut board, house.written()).await;
    viewer.says(Message::text("x".repeat(101))).await;
    assert_eq!(viewer.ends().await, 1009);
}

#[tokio::test]
async fn s19_another_bound_on_sockets() {
    let house = with(|limits| limits.sockets_per_account_max = 2).await;
    let _one = Viewer::watches(&house.operator()).await;
    let _two = Viewer::watches(&house.operator()).await;
    assert_eq!(Viewer::opens(&house.operator()).await.ends_at_once().await, 4003);
}

#[tokio::test]
async fn s19_another_bound_on_messages_in_a_second() {
    let house = with(|limits| limits.messages_per_second_max = 2).await;
    let (mut viewer, _) = Viewer::watches(&house.operator()).await;
    // However slowly they arrive, three of so many fall into one second.
    for _ in 0..400 {
        viewer.says(Message::text("x")).await;
    }
    assert_eq!(viewer.ends().await, 4008);
}

#[tokio::test]
async fn a_stop_waits_for_nobody_longer_than_that() {
    let mut house = with(|limits| limits.stop_within = Duration::from_millis(50)).await;
    let mut stream = TcpStream::connect(house.address).await.expect("connected");
    let request = format!(
        "POST /api/v1/alerts HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: 20\r\nexpect: 100-continue\r\n\r\n",
        token("operator")
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    stream.read_exact(&mut [0; 12]).await.expect("it waits for the body");
    // Returns although the body never comes.
    house.stop().await;
}
