//! Requests that are not even that: raw bytes on the socket.

use campus_dispatch::web::{self, Limits};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::{
    actor::fight,
    house::{House, Plan, token},
};

/// Sends bytes, hangs up, and reads what the server still said; only the first answer counts.
async fn says_and_hangs_up(house: &House, bytes: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(house.address).await.expect("connected");
    // The server may have had enough before it has read all.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    first_status(stream).await
}

/// Sends bytes and reads until the server has closed.
async fn says(house: &House, bytes: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(house.address).await.expect("connected");
    stream.write_all(bytes).await.expect("sent");
    first_status(stream).await
}

async fn first_status(mut stream: TcpStream) -> Option<u16> {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer);
    answer.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}

fn head(extra: &str) -> String {
    let token = token("operator");
    format!(
        "POST /api/v1/alerts HTTP/1.1\r\nhost: example\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\nconnection: close\r\n{extra}\r\n"
    )
}

#[tokio::test]
async fn broken_requests_are_refused_and_write_nothing() {
    let house = House::open().await;
    let report = fight().to_string();
    let written = house.written();
    let length = |length: usize| head(&format!("content-length: {length}\r\n"));
    let many: String = (0..10_000).map(|n| format!("x-{n}: 1\r\n")).collect();
    let cases: [(String, &[u16]); 9] = [
        ("hello\r\n\r\n".to_owned(), &[400]),
        ("GET / HTTP/3.7\r\n\r\n".to_owned(), &[400]),
        (length(report.len() + 10) + &report, &[400]),
        (length(report.len() - 1) + &report, &[400]),
        (
            head(&format!("content-length: {0}\r\ncontent-length: 1\r\n", report.len())) + &report,
            &[400],
        ),
        (head("content-length: -1\r\n") + &report, &[400]),
        (head("transfer-encoding: chunked\r\n") + "zz\r\n{}\r\n0\r\n\r\n", &[400]),
        (head(&many), &[431, 400]),
        (head(&format!("x-long: {}\r\n", "x".repeat(64 * 1024))), &[431]),
    ];
    for (bytes, expected) in cases {
        let status = says_and_hangs_up(&house, bytes.as_bytes()).await;
        let shown = bytes.chars().take(300).collect::<String>();
        // A peer that hung up in the middle of its own request may get no answer at all.
        assert!(status.is_none_or(|status| expected.contains(&status)), "{status:?} for {shown}");
        assert_eq!(house.written(), written, "{shown}");
    }
    house.operator().raises().await;
}

#[tokio::test]
async fn a_plain_request_by_hand_is_answered() {
    let house = House::open().await;
    let report = fight().to_string();
    let length = format!("content-length: {}\r\n", report.len());
    let status = says(&house, (head(&length) + &report).as_bytes()).await;
    assert_eq!(status, Some(201));
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let mut plan = Plan::default();
    plan.settings.limits.body_within = std::time::Duration::from_millis(50);
    let house = House::of(plan).await;
    let written = house.written();
    let status = says(&house, (head("content-length: 100\r\n") + "{").as_bytes()).await;
    assert_eq!(status, Some(408));
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn s19_what_waits_in_the_system_is_bounded_as_configured() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("bound");
    for unsent_max in [70_000, 70_001] {
        let limits = Limits { unsent_max, ..Limits::default() };
        let (_client, (served, _)) =
            tokio::join!(TcpStream::connect(address), web::accept(&listener, &limits));
        let bound = socket2::SockRef::from(&served).tcp_notsent_lowat().expect("an option");
        assert_eq!(bound, unsent_max);
    }
}
