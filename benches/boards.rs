//! How long after a command is sent has the last of 200 boards its frame?
//!
//! This is the delay between an operator's press and every screen of the centre, fsync included.
//! Boards, operator and server share this machine.

mod support;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::StreamExt;
use support::{House, bench_seconds, print_latencies};
use tokio::sync::mpsc;
use tokio_tungstenite::{connect_async, tungstenite::client::IntoClientRequest};

const BOARDS: usize = 200;
const ALERTS_PER_SECOND: u64 = 20;

#[tokio::main]
async fn main() {
    let house = Arc::new(House::open().await);
    let (seen, mut sightings) = mpsc::unbounded_channel();
    for _ in 0..BOARDS {
        let request = format!("ws://{}/api/v1/live", house.address);
        let mut request = request.into_client_request().expect("a request");
        let bearer = format!("Bearer {}", house.token).parse().expect("a header");
        request.headers_mut().insert("authorization", bearer);
        let (mut socket, _) = connect_async(request).await.expect("a live socket");
        for opening in ["hello", "snapshot"] {
            let frame = socket.next().await.expect("a frame").expect("a whole frame");
            let text = frame.into_text().expect("a text frame");
            assert!(text.contains(&format!("\"frame\":\"{opening}\"")), "{opening} comes first");
        }
        let seen = seen.clone();
        tokio::spawn(async move {
            while let Some(Ok(frame)) = socket.next().await {
                let at = Instant::now();
                let Ok(text) = frame.into_text() else { continue };
                if text.contains("\"kind\":\"alert_raised\"") && seen.send(at).is_err() {
                    return;
                }
            }
        });
    }
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let mut latencies = Vec::new();
    let (started, length) = (Instant::now(), bench_seconds(10));
    while started.elapsed() < length {
        let before = Instant::now();
        house.raise(&client).await;
        let mut last = before;
        for _ in 0..BOARDS {
            last = last.max(sightings.recv().await.expect("each board sees it"));
        }
        latencies.push(last - before);
        tokio::time::sleep(Duration::from_millis(1_000 / ALERTS_PER_SECOND)).await;
    }
    print_latencies(&format!("request to the last of {BOARDS} boards"), latencies);
    house.engine.stop().await;
}
