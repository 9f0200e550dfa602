//! Frames as no library sends them.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_tungstenite::tungstenite::{
    Bytes, Message,
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};

use super::viewer::{Viewer, refusal, request};
use crate::web::house::House;

#[tokio::test]
async fn a_message_in_fragments_of_a_byte_is_one_message() {
    let house = House::open().await;
    let (mut viewer, mut board) = Viewer::watches(&house.operator()).await;
    for part in 0..100 {
        let kind = if part == 0 { Data::Text } else { Data::Continue };
        let frame = Frame::message(Bytes::from_static(b"x"), OpCode::Data(kind), part == 99);
        viewer.says(Message::Frame(frame)).await;
    }
    house.operator().raises().await;
    viewer.reaches(&mut board, house.written()).await;
}

#[tokio::test]
async fn what_is_ignored_is_counted() {
    let house = House::open().await;
    let (mut viewer, _) = Viewer::watches(&house.operator()).await;
    viewer.says(Message::text(r#"{"kind":"subscribe","station":"P-2"}"#)).await;
    // Closed in order, it has been heard out.
    viewer.leaves().await;
    let metrics = house.stranger().opens("/metrics", "*/*").await.is(200);
    let counted = metrics.text.lines().find_map(|line| {
        line.strip_prefix("campus_dispatch_live_messages_ignored_total ")?.parse::<u64>().ok()
    });
    assert!(counted.is_some_and(|counted| counted > 0), "{counted:?}");
}

#[tokio::test]
async fn a_frame_that_comes_byte_by_byte_is_one_frame() {
    let house = House::open().await;
    let (mut viewer, mut board) = Viewer::watches(&house.operator()).await;
    for byte in b"\x81\x85\x01\x02\x03\x04idmhn" {
        viewer.stream().write_all(&[*byte]).await.expect("sent");
        tokio::task::yield_now().await;
    }
    house.operator().raises().await;
    viewer.reaches(&mut board, house.written()).await;
}

#[tokio::test]
async fn a_continuation_of_nothing_ends_it() {
    let house = House::open().await;
    let (mut viewer, _) = Viewer::watches(&house.operator()).await;
    viewer.stream().write_all(b"\x80\x81\0\0\0\0x").await.expect("sent");
    assert_eq!(viewer.ends().await, 1002);
}

#[tokio::test]
async fn reserved_bits_and_kinds_end_it() {
    let house = House::open().await;
    for frame in [b"\xc1\x80\0\0\0\0", b"\x83\x80\0\0\0\0", b"\x8f\x80\0\0\0\0"] {
        let (mut viewer, _) = Viewer::watches(&house.operator()).await;
        viewer.stream().write_all(frame).await.expect("sent");
        assert_eq!(viewer.ends().await, 1002, "{frame:02x?}");
    }
}

#[tokio::test]
async fn a_length_that_is_never_sent_holds_no_memory_and_ends_it() {
    let house = House::open().await;
    let (mut viewer, _) = Viewer::watches(&house.operator()).await;
    let frame = b"\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff\0\0\0\0";
    viewer.stream().write_all(frame).await.expect("sent");
    assert_eq!(viewer.ends().await, 1009);
}

#[tokio::test]
async fn a_handshake_without_a_whole_key_or_version_is_refused() {
    let house = House::open().await;
    for (name, value) in [
        ("sec-websocket-key", None),
        ("sec-websocket-version", None),
        ("sec-websocket-version", Some("8")),
        ("sec-websocket-version", Some("13, 8")),
        ("sec-websocket-key", Some("")),
        ("sec-websocket-key", Some("short")),
        ("connection", Some("close")),
    ] {
        let mut request = request(&house.operator(), "");
        match value {
            Some(value) => {
                request.headers_mut().insert(name, value.parse().expect("a header"));
            }
            None => drop(request.headers_mut().remove(name)),
        }
        let status = raw_refusal(&house, &request).await;
        assert!((400..500).contains(&status), "{name}: {value:?} gives {status}");
    }
    assert_eq!(refusal(request(&house.stranger(), "")).await, 401);
}

/// The status of a handshake as it stands, which a library would complete.
async fn raw_refusal(
    house: &House,
    request: &tokio_tungstenite::tungstenite::handshake::client::Request,
) -> u16 {
    let mut head = format!("GET {} HTTP/1.1\r\n", request.uri().path());
    for (name, value) in request.headers() {
        head += &format!("{name}: {}\r\n", value.to_str().expect("text"));
    }
    let mut stream = tokio::net::TcpStream::connect(house.address).await.expect("connected");
    stream.write_all(format!("{head}\r\n").as_bytes()).await.expect("sent");
    let mut first = [0; 12];
    stream.read_exact(&mut first).await.expect("an answer");
    String::from_utf8_lossy(&first[9..]).parse().expect("a status")
}
