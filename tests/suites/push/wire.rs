//! The protocol itself (RFC 6455), byte by byte, where a client's library would hide it.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::web::house::{House, token};

/// The key of RFC 6455's own example, and the answer it must get.
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

fn upgrade(extra: &str) -> Vec<u8> {
    let token = token("operator");
    format!(
        "GET /api/v1/live HTTP/1.1\r\nhost: example\r\nauthorization: Bearer {token}\r\n{extra}\r\n"
    )
    .into_bytes()
}

fn asks_well() -> String {
    format!(
        "connection: keep-alive, Upgrade\r\nupgrade: WebSocket\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: {KEY}\r\n"
    )
}

/// A control frame of a client, masked with zeros.
fn control(kind: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).expect("short");
    [&[0x80 | kind, 0x80 | length, 0, 0, 0, 0], payload].concat()
}

/// Sends bytes on a new connection.
async fn sends(house: &House, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(house.address).await.expect("connected");
    stream.write_all(bytes).await.expect("sent");
    stream
}

/// The head of the answer.
async fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("a head"));
    }
    String::from_utf8(head).expect("text")
}

/// The next frame that is no text: its first byte and what it says.
async fn next_control(stream: &mut TcpStream) -> (u8, Vec<u8>) {
    loop {
        let first = stream.read_u8().await.expect("a frame");
        let length = match stream.read_u8().await.expect("a length") {
            126 => usize::from(stream.read_u16().await.expect("a length")),
            127 => usize::try_from(stream.read_u64().await.expect("a length")).expect("it fits"),
            short => usize::from(short),
        };
        let mut payload = vec![0; length];
        stream.read_exact(&mut payload).await.expect("a whole frame");
        if first != 0x81 {
            return (first, payload);
        }
    }
}

#[tokio::test]
async fn an_upgrade_is_answered_with_the_clients_key() {
    let house = House::open().await;
    let mut stream = sends(&house, &upgrade(&asks_well())).await;
    let head = head(&mut stream).await;
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    assert!(head.contains(&format!("sec-websocket-accept: {ACCEPT}\r\n")), "{head}");
}

#[tokio::test]
async fn what_is_no_upgrade_to_a_websocket_is_refused() {
    let house = House::open().await;
    for (extra, expected) in [
        (String::new(), "426"),
        (asks_well().replace("WebSocket", "h2c"), "426"),
        (asks_well().replace("Upgrade", "close"), "426"),
        (asks_well().replace("version: 13", "version: 8"), "400"),
        (asks_well().replace("sec-websocket-key", "x-key"), "400"),
    ] {
        let mut stream = sends(&house, &upgrade(&extra)).await;
        let head = head(&mut stream).await;
        assert!(head.starts_with(&format!("HTTP/1.1 {expected} ")), "{extra}: {head}");
    }
}

#[tokio::test]
async fn what_is_said_in_one_breath_with_the_upgrade_is_heard() {
    let house = House::open().await;
    let bytes = [upgrade(&asks_well()), control(0x9, b"early")].concat();
    let mut stream = sends(&house, &bytes).await;
    head(&mut stream).await;
    assert_eq!(next_control(&mut stream).await, (0x8a, b"early".to_vec()));
}

#[tokio::test]
async fn each_ping_is_answered_with_what_it_said() {
    let house = House::open().await;
    let mut stream = sends(&house, &upgrade(&asks_well())).await;
    head(&mut stream).await;
    for said in [b"".as_slice(), b"one", &[7; 125]] {
        stream.write_all(&control(0x9, said)).await.expect("sent");
        assert_eq!(next_control(&mut stream).await, (0x8a, said.to_vec()));
    }
}

#[tokio::test]
async fn a_close_is_answered_and_the_connection_ends() {
    let house = House::open().await;
    let mut stream = sends(&house, &upgrade(&asks_well())).await;
    head(&mut stream).await;
    stream.write_all(&control(0x8, &1000_u16.to_be_bytes())).await.expect("sent");
    let (kind, payload) = next_control(&mut stream).await;
    assert_eq!((kind, &payload[..2]), (0x88, 1000_u16.to_be_bytes().as_slice()));
    assert_eq!(stream.read(&mut [0; 1]).await.expect("an orderly end"), 0);
}
