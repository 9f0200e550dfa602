//! More than can be served: the desk first, everybody else is told to come back
//! (faults.md row 20, S20).

use std::{
    io::{Read, Write},
    net::SocketAddr,
    num::NonZeroU32,
    time::Duration,
};

use campus_dispatch::web::TURNED_AWAY_AT_ONCE;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::spawn_blocking,
};

use super::house::{House, Plan, token};

const ALERTS: &str = "/alerts";
const DUTY: &str = "/units/U-1/duty";

async fn with(connections: usize, requests: usize, per_second: u32) -> House {
    let mut plan = Plan::default();
    let limits = &mut plan.settings.limits;
    limits.connections_max = connections;
    limits.requests_max = requests;
    limits.requests_per_second_max = NonZeroU32::new(per_second).expect("not 0");
    House::of(plan).await
}

/// A phone's request whose body does not come, once the server has begun to read it.
async fn half_a_request(house: &House) -> TcpStream {
    let mut stream = TcpStream::connect(house.address).await.expect("connected");
    let request = format!(
        "POST /api/v1{DUTY} HTTP/1.1\r\nhost: example\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: 20\r\nexpect: 100-continue\r\n\r\n",
        token("phone-U-1")
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut told = [0; 12];
    stream.read_exact(&mut told).await.expect("answered");
    assert_eq!(&told, b"HTTP/1.1 100");
    stream
}

/// Connections that say nothing.
async fn idle(house: &House, count: usize) -> Vec<TcpStream> {
    let mut streams = Vec::new();
    for _ in 0..count {
        streams.push(TcpStream::connect(house.address).await.expect("connected"));
    }
    streams
}

#[tokio::test]
async fn an_account_that_asks_too_often_is_told_when_to_come_back() {
    let house = with(100, 100, 2).await;
    let desk = house.operator();
    for _ in 0..4 {
        desk.gets(ALERTS).await.is(200);
    }
    let refused = desk.gets(ALERTS).await.refused_with(429, "too_many_requests");
    assert_eq!(refused.header("retry-after"), Some("1"));
}

#[tokio::test]
async fn one_that_asks_too_often_takes_nothing_from_another() {
    let house = with(100, 100, 2).await;
    for _ in 0..6 {
        house.operator().gets(ALERTS).await;
    }
    house.supervisor().gets(ALERTS).await.is(200);
}

#[tokio::test]
async fn an_account_that_asked_too_often_may_ask_again_as_time_passes() {
    let house = with(100, 100, 2).await;
    let desk = house.operator();
    for _ in 0..5 {
        desk.gets(ALERTS).await;
    }
    house.at_second(1).await;
    for _ in 0..2 {
        desk.gets(ALERTS).await.is(200);
    }
    desk.gets(ALERTS).await.refused_with(429, "too_many_requests");
}

#[tokio::test]
async fn phones_fill_three_quarters_of_the_requests_and_no_more() {
    let house = with(100, 4, 100).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(half_a_request(&house).await);
    }
    let refused = house.phone("U-2").gets("/units/U-2").await;
    let refused = refused.refused_with(503, "overloaded");
    assert_eq!(refused.header("retry-after"), Some("1"));
}

#[tokio::test]
async fn the_desk_works_while_phones_are_turned_away() {
    let house = with(100, 4, 100).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        held.push(half_a_request(&house).await);
    }
    house.operator().raises().await;
}

#[tokio::test]
async fn whoever_looks_on_is_turned_away_before_phones_are() {
    let house = with(100, 4, 100).await;
    let _held = [half_a_request(&house).await, half_a_request(&house).await];
    house.caller("manager").gets(ALERTS).await.refused_with(503, "overloaded");
    house.phone("U-2").gets("/session").await.is(200);
}

#[tokio::test]
async fn a_phone_gives_its_connection_back_while_the_desk_needs_it() {
    let house = with(4, 100, 100).await;
    let _idle = idle(&house, 3).await;
    let refused = house.phone("U-1").gets("/session").await.refused_with(503, "overloaded");
    assert_eq!(refused.header("connection"), Some("close"));
}

#[tokio::test]
async fn the_desk_takes_the_last_connection() {
    let house = with(4, 100, 100).await;
    let _idle = idle(&house, 3).await;
    house.operator().raises().await;
}

#[tokio::test]
async fn one_connection_too_many_is_told_to_come_back() {
    let house = with(4, 100, 100).await;
    let _idle = idle(&house, 4).await;
    let refused = house.operator().gets(ALERTS).await.refused_with(503, "overloaded");
    assert_eq!(refused.header("retry-after"), Some("1"));
}

#[tokio::test]
async fn a_connection_given_back_serves_the_next() {
    let house = with(4, 100, 100).await;
    let mut idle = idle(&house, 4).await;
    house.operator().gets(ALERTS).await.refused_with(503, "overloaded");
    let mut leaving = idle.pop().expect("four of them");
    leaving.shutdown().await.expect("hung up");
    // The server has closed its own end, too.
    assert_eq!(leaving.read(&mut [0; 1]).await.expect("closed in order"), 0);
    while house.operator().gets(ALERTS).await.status == 503 {
        tokio::task::yield_now().await;
    }
}

/// A line that waits in the system's own way, so that tokio's time stands still meanwhile.
fn line(address: SocketAddr) -> std::net::TcpStream {
    std::net::TcpStream::connect(address).expect("connected")
}

/// What somebody who asks over a line is told.
fn told(mut line: std::net::TcpStream) -> String {
    let (mut told, asked) = (Vec::new(), b"GET /api/v1/alerts HTTP/1.1\r\nhost: example\r\n\r\n");
    // A line that is closed already takes nothing and gives nothing.
    let _ = line.write_all(asked);
    let _ = line.read_to_end(&mut told);
    String::from_utf8(told).expect("text")
}

#[tokio::test(start_paused = true)]
async fn so_many_are_told_at_once_that_there_is_no_room_and_one_more_finds_its_line_closed() {
    let house = with(1, 100, 100).await;
    let address = house.address;
    let crowd = spawn_blocking(move || {
        let mut silent: Vec<_> = (0..TURNED_AWAY_AT_ONCE).map(|_| line(address)).collect();
        let (last, one_more) = (line(address), line(address));
        assert_eq!(told(one_more), "");
        let answer = told(last);
        assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
        assert!(answer.contains("retry-after: 1\r\n"), "{answer}");
        silent.push(line(address));
        silent
    });
    // One has the only place, the others wait to be told that there is none.
    let _crowd = crowd.await.expect("as said");
    // Who asks nothing within a second keeps nobody longer from being told.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let answer = spawn_blocking(move || told(line(address))).await.expect("told");
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
}
