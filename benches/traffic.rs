//! What commands and boards notice of questions about figures.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use campus_dispatch::statistics::Columns;
use futures_util::StreamExt;
use tokio::sync::mpsc;
use tokio_tungstenite::{connect_async, tungstenite::client::IntoClientRequest};

use crate::{
    Question,
    support::{House, bench_seconds, print_latencies},
};

const BOARDS: usize = 50;
const COMMANDS_PER_SECOND: u64 = 50;
/// Between two questions of a manager's page.
const PAUSE: Duration = Duration::from_millis(100);

/// Raises alerts with boards looking on, at first with nobody asking, then with somebody asking
/// everything over and over.
pub fn measure(columns: &Columns, questions: &[Question]) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut house = runtime.block_on(Watched::open());
    runtime.block_on(house.run("nobody asks"));
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut times = Vec::new();
            while !done.load(Ordering::Relaxed) {
                for question in questions {
                    let began = Instant::now();
                    question.ask(columns);
                    times.push(began.elapsed());
                    thread::sleep(PAUSE);
                }
            }
            print_latencies("questions beside commands and push", times);
        });
        runtime.block_on(house.run("while questions are answered"));
        done.store(true, Ordering::Relaxed);
    });
}

/// A server with boards that look on.
struct Watched {
    house: Arc<House>,
    client: reqwest::Client,
    sightings: mpsc::UnboundedReceiver<Instant>,
}

impl Watched {
    async fn open() -> Self {
        let house = Arc::new(House::open().await);
        let (seen, sightings) = mpsc::unbounded_channel();
        for _ in 0..BOARDS {
            let request = format!("ws://{}/api/v1/live", house.address);
            let mut request = request.into_client_request().expect("a request");
            let bearer = format!("Bearer {}", house.token).parse().expect("a header");
            request.headers_mut().insert("authorization", bearer);
            let (mut socket, _) = connect_async(request).await.expect("a live socket");
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
        Self { house, client, sightings }
    }

    async fn run(&mut self, label: &str) {
        let (mut commands, mut pushes) = (Vec::new(), Vec::new());
        let (began, length) = (Instant::now(), bench_seconds(15));
        while began.elapsed() < length {
            let before = Instant::now();
            commands.push(self.house.raise(&self.client).await);
            let mut last = before;
            for _ in 0..BOARDS {
                last = last.max(self.sightings.recv().await.expect("each board sees it"));
            }
            pushes.push(last - before);
            tokio::time::sleep(Duration::from_millis(1_000 / COMMANDS_PER_SECOND)).await;
        }
        println!("{label}: record {} reached", self.house.engine.position().seq);
        print_latencies(&format!("{label}: commands"), commands);
        print_latencies(&format!("{label}: the last of {BOARDS} boards"), pushes);
    }
}
