//! How many durable commands a second does one centre take over HTTP, and how long does each wait?
//!
//! Every command is decoded, authorized, decided, journaled with an fsync, applied and published
//! before its answer. A district at its worst minute gives a few dozen a second; 1,000 a second is
//! what must be sustained. Clients and server share this machine, so the figures are low estimates.

mod support;

use std::{sync::Arc, time::Instant};

use support::{House, bench_seconds, print_latencies};

#[tokio::main]
async fn main() {
    for connections in [1, 64, 512] {
        let house = Arc::new(House::open().await);
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        for _ in 0..50 {
            house.raise(&client).await;
        }
        let first = house.engine.position().seq;
        let (started, length) = (Instant::now(), bench_seconds(5));
        let tasks: Vec<_> = (0..connections)
            .map(|_| {
                let (house, client) = (house.clone(), client.clone());
                tokio::spawn(async move {
                    let mut latencies = Vec::new();
                    while started.elapsed() < length {
                        latencies.push(house.raise(&client).await);
                    }
                    latencies
                })
            })
            .collect();
        let mut latencies = Vec::new();
        for task in tasks {
            latencies.extend(task.await.expect("a client that ends well"));
        }
        let seconds = started.elapsed().as_secs_f64();
        let records = house.engine.position().seq - first;
        assert!(records >= latencies.len() as u64, "every answer rests on a record");
        println!(
            "{connections} connections: {:.0} durable commands/s",
            latencies.len() as f64 / seconds
        );
        print_latencies("  request to answer", latencies);
        house.engine.stop().await;
    }
}
