//! Everything encrypted, by TLS 1.2 or newer (S1), and what follows from it for browsers.

use std::{sync::Arc, time::Duration};

use campus_dispatch::{cli::tls::authority::Pair, domain::Role, web::Encryption};
use futures_util::StreamExt;
use rustls::version::{TLS12, TLS13};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_tungstenite::{
    client_async,
    tungstenite::{Error, Message, client::IntoClientRequest, handshake::client::Request},
};

use super::{
    house::{House, Plan, token},
    secure::{self, Client},
};

/// A house that is served over TLS, as configured with a certificate.
async fn encrypted() -> (House, Pair, Arc<Encryption>) {
    encrypted_with(|_| {}).await
}

async fn encrypted_with(change: impl FnOnce(&mut Plan)) -> (House, Pair, Arc<Encryption>) {
    let authority = secure::authority();
    let identity = secure::identity(&secure::server(&authority));
    let encryption = Arc::new(Encryption::new(identity).expect("a pair"));
    let mut plan = Plan { encryption: Some(encryption.clone()), ..Plan::default() };
    plan.settings.secure_cookies = true;
    change(&mut plan);
    (House::of(plan).await, authority, encryption)
}

/// What bytes in the clear are answered with, to the end of the connection.
async fn in_the_clear(house: &House, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(house.address).await.expect("connected");
    stream.write_all(bytes).await.expect("sent");
    let mut said = Vec::new();
    let _ = stream.read_to_end(&mut said).await;
    said
}

#[tokio::test]
async fn s01_tls_1_2_and_1_3_are_spoken() {
    let (house, authority, _) = encrypted().await;
    for version in [&TLS12, &TLS13] {
        let client = Client::speaking(&authority, &[version]);
        let answer = client.opens(house.address, "/health/live").await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{version:?}: {answer}");
    }
}

/// A client's first word in TLS 1.1, which no library of today would say.
fn hello_in_tls_1_1() -> Vec<u8> {
    let mut hello = vec![0x03, 0x02];
    hello.extend([7; 32]);
    // No session; TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA and TLS_RSA_WITH_AES_128_CBC_SHA; no
    // compression; no extensions.
    hello.extend([0, 0, 4, 0xc0, 0x09, 0x00, 0x2f, 1, 0]);
    let length = u8::try_from(hello.len()).expect("short");
    let mut record = vec![0x16, 0x03, 0x01, 0, length + 4, 1, 0, 0, length];
    record.extend(hello);
    record
}

#[tokio::test]
async fn s01_older_versions_are_refused() {
    let (house, ..) = encrypted().await;
    let said = in_the_clear(&house, &hello_in_tls_1_1()).await;
    // Nothing but a fatal alert.
    assert_eq!((said[0], said[5], said.len()), (0x15, 2, 7), "{said:02x?}");
}

#[tokio::test]
async fn s01_a_request_in_the_clear_is_refused_and_not_led_on() {
    let (house, ..) = encrypted().await;
    let written = house.written();
    let bearer = token("operator");
    for request in [
        "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n".to_owned(),
        format!("GET /api/v1/alerts HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {bearer}\r\n\r\n"),
    ] {
        let said = String::from_utf8(in_the_clear(&house, request.as_bytes()).await);
        let said = said.expect("text").to_lowercase();
        assert!(said.starts_with("http/1.1 400 "), "{said}");
        assert!(said.contains("\"code\":\"encryption_needed\""), "{said}");
        assert!(!said.contains("location:"), "{said}");
    }
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn s01_a_handshake_that_does_not_come_is_not_waited_for() {
    let short = Duration::from_millis(50);
    let (house, ..) = encrypted_with(|plan| plan.settings.limits.handshake_within = short).await;
    for begin in [&b""[..], &hello_in_tls_1_1()[..20]] {
        // Ends only when the server hangs up.
        assert_eq!(in_the_clear(&house, begin).await, b"");
    }
}

#[tokio::test]
async fn s01_a_client_that_trusts_another_authority_is_gone_at_once() {
    let (house, authority, _) = encrypted().await;
    let stranger = Client::trusting(&secure::authority());
    assert!(stranger.connects(house.address).await.is_err());
    let answer = Client::trusting(&authority).opens(house.address, "/health/live").await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn s01_new_connections_get_the_certificate_that_was_exchanged() {
    let (house, old, encryption) = encrypted().await;
    let mut open = Client::trusting(&old).connects(house.address).await.expect("a handshake");
    let new = secure::authority();
    encryption.exchange(secure::identity(&secure::server(&new))).expect("a pair");
    assert!(Client::trusting(&old).connects(house.address).await.is_err());
    Client::trusting(&new).opens(house.address, "/health/live").await;
    // Whoever is connected goes on.
    let request = "GET /health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    open.write_all(request.as_bytes()).await.expect("sent");
    let mut said = String::new();
    open.read_to_string(&mut said).await.expect("an answer");
    assert!(said.starts_with("HTTP/1.1 200 "), "{said}");
}

#[tokio::test]
async fn s01_a_key_of_another_certificate_is_refused_and_changes_nothing() {
    let (house, authority, encryption) = encrypted().await;
    let mut pair = secure::server(&authority);
    pair.key = secure::server(&authority).key;
    assert!(Encryption::new(secure::identity(&pair)).is_err());
    assert!(encryption.exchange(secure::identity(&pair)).is_err());
    Client::trusting(&authority).opens(house.address, "/health/live").await;
}

fn upgrade(path: &str, headers: &[(&'static str, &str)]) -> Request {
    let mut request = format!("wss://localhost{path}").into_client_request().expect("an address");
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().expect("a header"));
    }
    request
}

#[tokio::test]
async fn s01_push_goes_over_tls() {
    let (mut house, authority, _) = encrypted().await;
    let line = Client::trusting(&authority).connects(house.address).await.expect("a handshake");
    let bearer = format!("Bearer {}", token("operator"));
    let request = upgrade("/api/v1/live", &[("authorization", &bearer)]);
    let (mut socket, _) = client_async(request, line).await.expect("let in");
    for expected in ["hello", "snapshot"] {
        let message = socket.next().await.expect("a message").expect("a whole one");
        let frame: Value = serde_json::from_str(message.to_text().expect("text")).expect("JSON");
        assert_eq!(frame["frame"], expected);
    }
    // What happens from now on is told over the same line, and so is the end.
    let report = super::actor::fight().to_string();
    let request = format!(
        "POST /api/v1/alerts HTTP/1.1\r\nhost: localhost\r\nauthorization: {bearer}\r\n\
         content-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{report}",
        report.len()
    );
    let raised = Client::trusting(&authority).asks(house.address, &request).await;
    assert!(raised.starts_with("HTTP/1.1 201 "), "{raised}");
    let message = socket.next().await.expect("a message").expect("a whole one");
    let frame: Value = serde_json::from_str(message.to_text().expect("text")).expect("JSON");
    assert_eq!(frame["kind"], "alert_raised", "{frame}");
    house.stop().await;
    let message = socket.next().await.expect("a message").expect("a whole one");
    assert!(matches!(message, Message::Close(Some(close)) if u16::from(close.code) == 1001));
}

/// Whether a new socket is let in, or told that the account has too many.
async fn is_let_in(house: &House, client: &Client) -> bool {
    let line = client.connects(house.address).await.expect("a handshake");
    let bearer = format!("Bearer {}", token("operator"));
    let request = upgrade("/api/v1/live", &[("authorization", &bearer)]);
    let (mut socket, _) = client_async(request, line).await.expect("an upgrade");
    matches!(socket.next().await, Some(Ok(Message::Text(_))))
}

#[tokio::test]
async fn s19_a_reader_over_tls_that_does_not_read_loses_its_place() {
    let (house, authority, _) = encrypted_with(|plan| {
        plan.settings.limits.write_within = Duration::from_millis(200);
        plan.settings.limits.sockets_per_account_max = 1;
    })
    .await;
    let client = Client::trusting(&authority);
    let line = client.connects(house.address).await.expect("a handshake");
    let bearer = format!("Bearer {}", token("operator"));
    let request = upgrade("/api/v1/live", &[("authorization", &bearer)]);
    let (_silent, _) = client_async(request, line).await.expect("let in");
    assert!(!is_let_in(&house, &client).await);
    // More than the system and both ends hold between them: each note makes every frame longer.
    let mut bodies = vec![("/api/v1/alerts".to_owned(), super::actor::fight().to_string())];
    let note = format!(r#"{{"text":"{}"}}"#, "示".repeat(4_000));
    bodies.extend(std::iter::repeat_n(("/api/v1/alerts/1/note".to_owned(), note), 60));
    for (path, body) in bodies {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: {bearer}\r\n\
             content-type: application/json\r\nconnection: close\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        let said = client.asks(house.address, &request).await;
        assert!(said.starts_with("HTTP/1.1 20"), "{said}");
    }
    while !is_let_in(&house, &client).await {}
}

#[tokio::test]
async fn s02_over_tls_a_page_that_came_in_the_clear_is_a_strange_one() {
    let (house, authority, _) = encrypted().await;
    house.browser("operator", Role::Operator).await;
    let cookie = "__Host-campus_session=session-of-operator";
    for (origin, passes) in [("https://localhost", true), ("http://localhost", false)] {
        let line = Client::trusting(&authority).connects(house.address).await.expect("connected");
        let request = upgrade("/api/v1/live", &[("cookie", cookie), ("origin", origin)]);
        match client_async(request, line).await {
            Ok(_) => assert!(passes, "{origin}"),
            Err(Error::Http(refused)) => {
                assert!(!passes, "{origin}");
                assert_eq!(refused.status(), 403);
            }
            Err(error) => panic!("{origin}: {error}"),
        }
    }
}

#[tokio::test]
async fn s16_over_tls_browsers_are_told_to_stay_with_it() {
    let (house, authority, _) = encrypted().await;
    let answer = Client::trusting(&authority).opens(house.address, "/health/live").await;
    assert!(answer.contains("strict-transport-security: max-age=31536000\r\n"), "{answer}");
    let plain = House::open().await;
    let answer = plain.stranger().opens("/health/live", "*/*").await;
    assert_eq!(answer.header("strict-transport-security"), None);
}
