//! What a client may not do, and what it may say in vain.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_tungstenite::tungstenite::{
    Bytes, Message,
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};

use super::viewer::{Viewer, refusal, request};
use crate::web::house::{House, Plan};

#[tokio::test]
async fn what_a_client_says_is_ignored() {
    let house = House::open().await;
    let (mut viewer, mut board) = Viewer::watches(&house.operator()).await;
    let written = house.written();
    for text in ["", "hello", "{", r#"{"kind":"subscribe","scope":"all"}"#, "null"] {
        viewer.says(Message::text(text)).await;
    }
    viewer.says(Message::binary(vec![0, 159, 146, 150])).await;
    assert_eq!(house.written(), written);
    house.operator().raises().await;
    viewer.reaches(&mut board, house.written()).await;
}

#[tokio::test]
async fn a_message_that_is_too_big_ends_it() {
    let house = House::open().await;
    let (mut viewer, _) = Viewer::watches(&house.operator()).await;
    viewer.says(Message::text("x".repeat(16 * 1024 + 1))).await;
    assert_eq!(viewer.ends().await, 1009);
}

#[tokio::test]
async fn fragments_that_add_up_to_too_much_end_it() {
    let house = House::open().await;
    let (mut viewer, _) = Viewer::watches(&house.operator()).await;
    for part in 0..=16 {
        let kind = if part == 0 { Data::Text } else { Data::Continue };
        let frame = Frame::message(Bytes::from(vec![b'x'; 1024]), OpCode::Data(kind), false);
        viewer.says(Message::Frame(frame)).await;
    }
    assert_eq!(viewer.ends().await, 1009);
}

#[tokio::test]
async fn text_that_is_none_ends_it() {
    let house = House::open().await;
    let (mut viewer, _) = Viewer::watches(&house.operator()).await;
    let frame = Frame::message(Bytes::from_static(b"\xff\xfe"), OpCode::Data(Data::Text), true);
    viewer.says(Message::Frame(frame)).await;
    assert_eq!(viewer.ends().await, 1007);
}

#[tokio::test]
async fn an_unmasked_frame_ends_it() {
    let house = House::open().await;
    let (mut viewer, _) = Viewer::watches(&house.operator()).await;
    viewer.stream().write_all(b"\x81\x02hi").await.expect("sent");
    assert_eq!(viewer.ends().await, 1002);
}

#[tokio::test]
async fn a_fragmented_control_frame_ends_it() {
    let house = House::open().await;
    let (mut viewer, _) = Viewer::watches(&house.operator()).await;
    viewer.stream().write_all(b"\x09\x80\0\0\0\0").await.expect("sent");
    assert_eq!(viewer.ends().await, 1002);
}

#[tokio::test]
async fn a_flood_of_messages_or_pings_ends_it() {
    let house = House::open().await;
    for message in [Message::text("x"), Message::Ping(Bytes::new())] {
        let (mut viewer, _) = Viewer::watches(&house.operator()).await;
        // More than two seconds' worth, however slowly they arrive.
        for _ in 0..400 {
            viewer.says(message.clone()).await;
        }
        assert_eq!(viewer.ends().await, 4008);
    }
}

#[tokio::test]
async fn a_reset_in_the_middle_of_a_frame_harms_nobody() {
    let house = House::open().await;
    let (mut other, mut board) = Viewer::watches(&house.operator()).await;
    let (mut viewer, _) = Viewer::watches(&house.operator()).await;
    viewer.stream().write_all(b"\x81\xfe\x10").await.expect("sent");
    viewer.stream().set_zero_linger().expect("set");
    drop(viewer);
    house.operator().raises().await;
    other.reaches(&mut board, house.written()).await;
}

#[tokio::test]
async fn a_wrong_handshake_is_refused() {
    let house = House::open().await;
    for (name, value) in [("sec-websocket-version", "12"), ("upgrade", "h2c")] {
        let mut request = request(&house.operator(), "");
        request.headers_mut().insert(name, value.parse().expect("a header"));
        let status = refusal(request).await;
        assert!((400..500).contains(&status), "{name}: {status}");
    }
}

#[tokio::test]
async fn one_who_answers_no_ping_is_closed_by_name() {
    let mut plan = Plan::default();
    plan.settings.limits.heartbeat = Duration::from_millis(10);
    plan.settings.limits.silence_max = Duration::from_millis(100);
    let house = House::of(plan).await;
    let mut viewer = Viewer::opens(&house.operator()).await;
    // Read under the socket, so that nothing answers the pings.
    let mut bytes = Vec::new();
    viewer.stream().read_to_end(&mut bytes).await.expect("an orderly end");
    let close = b"\x88\x0a\x0f\xa2too_slow";
    assert!(bytes.ends_with(close), "{:?}", String::from_utf8_lossy(&bytes));
}
