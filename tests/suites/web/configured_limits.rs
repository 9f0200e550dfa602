//! What bounds other than the usual ones come to, beside what `limits` shows of every one of them.

use std::time::Duration;

use campus_dispatch::web::Limits;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{
    actor::fight,
    house::{House, Plan, token},
};

async fn with(change: impl FnOnce(&mut Limits)) -> House {
    let mut plan = Plan::default();
    change(&mut plan.settings.limits);
    House::of(plan).await
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

/// The status that bytes on a new connection are answered with.
async fn status_of(house: &House, bytes: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(house.address).await.expect("connected");
    let _ = stream.write_all(bytes).await;
    let mut said = Vec::new();
    let _ = stream.read_to_end(&mut said).await;
    String::from_utf8_lossy(&said).strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
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
