//! Live sockets: how many, what they may say, and how far behind they may be.

use tokio::io::AsyncWriteExt;

use crate::{
    push::viewer::Viewer,
    web::house::{House, Plan},
};

/// The last of so many sockets.
pub async fn of_one_account(plan: Plan, count: usize) -> bool {
    let house = House::of(plan).await;
    let mut others = Vec::new();
    for _ in 1..count {
        others.push(Viewer::watches(&house.operator()).await);
    }
    Viewer::opens(&house.operator()).await.is_let_in().await
}

pub async fn a_message(plan: Plan, bytes: usize) -> bool {
    let length = u8::try_from(bytes).expect("a short message");
    let frame = [&[0x81, 0x80 | length, 0, 0, 0, 0][..], &b"x".repeat(bytes)].concat();
    is_heard_out(plan, frame, 1009).await
}

/// So many in one piece, so that no second ends between them.
pub async fn messages_at_once(plan: Plan, count: usize) -> bool {
    is_heard_out(plan, b"\x81\x80\0\0\0\0".repeat(count), 4008).await
}

/// Whether a socket is heard until it says goodbye itself; else it is closed with that code.
async fn is_heard_out(plan: Plan, mut frames: Vec<u8>, refused: u16) -> bool {
    let house = House::of(plan).await;
    let (mut viewer, _) = Viewer::watches(&house.operator()).await;
    frames.extend(b"\x88\x82\0\0\0\0\x03\xe8");
    viewer.stream().write_all(&frames).await.expect("sent");
    let code = viewer.ends().await;
    assert!([1000, refused].contains(&code), "{code}");
    code == 1000
}

/// Comes back after so many records, each of which somebody else was sent by then.
pub async fn resumes_behind(plan: Plan, records: usize) -> bool {
    let house = House::of(plan).await;
    let operator = house.operator();
    let (gone, board) = Viewer::watches(&operator).await;
    drop(gone);
    let (mut other, mut seen) = Viewer::watches(&operator).await;
    for _ in 0..records {
        operator.raises().await;
        let position = house.engine.position().seq;
        other.reaches(&mut seen, position).await;
    }
    let query = format!("?epoch={}&since={}", board.epoch, board.position);
    let hello = Viewer::opens_at(&operator, &query).await.next().await;
    hello["resumed"] == true
}

/// Whether one who comes so many records later is given the same snapshot.
pub async fn shares_a_snapshot(plan: Plan, records: usize) -> bool {
    let house = House::of(plan).await;
    let operator = house.operator();
    let (_first, shared) = Viewer::watches(&operator).await;
    for _ in 0..records {
        operator.raises().await;
    }
    let (_second, board) = Viewer::watches(&operator).await;
    board.position == shared.position
}
