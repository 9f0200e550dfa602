//! Every bound on a socket, at its last allowed value and one beyond (S19).

use tokio_tungstenite::tungstenite::Message;

use super::viewer::Viewer;
use crate::web::house::House;

#[tokio::test]
async fn s19_a_message_is_16_kib_and_not_a_byte_more() {
    let house = House::open().await;
    let (mut viewer, mut board) = Viewer::watches(&house.operator()).await;
    viewer.says(Message::text("x".repeat(16 * 1024))).await;
    house.operator().raises().await;
    viewer.reaches(&mut board, house.written()).await;
    viewer.says(Message::text("x".repeat(16 * 1024 + 1))).await;
    assert_eq!(viewer.ends().await, 1009);
}

#[tokio::test]
async fn s19_twenty_messages_at_once_are_heard_out() {
    let house = House::open().await;
    let (mut viewer, mut board) = Viewer::watches(&house.operator()).await;
    for _ in 0..20 {
        viewer.says(Message::text("x")).await;
    }
    house.operator().raises().await;
    viewer.reaches(&mut board, house.written()).await;
}

#[tokio::test]
async fn s19_an_account_has_8_sockets_and_not_one_more() {
    let house = House::open().await;
    let mut viewers = Vec::new();
    for _ in 0..8 {
        viewers.push(Viewer::watches(&house.operator()).await.0);
    }
    assert_eq!(Viewer::opens(&house.operator()).await.ends_at_once().await, 4003);
}
