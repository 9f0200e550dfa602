//! `kill -9` during 200 commands, 20 times: what was answered is there, once, and a retry is
//! answered like the first time.

use std::{path::Path, sync::Arc};

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::sync::{Semaphore, mpsc};

use super::server::{Server, done};

const ROUNDS: usize = 20;
const COMMANDS: usize = 200;
const AT_ONCE: usize = 32;
const SEED: u64 = 20_260_302;

/// Reports a command of one round over HTTP; the outcome of a 2xx.
#[derive(Clone)]
struct Desk {
    client: Client,
    token: String,
}

impl Desk {
    async fn raise(&self, address: &str, key: &str) -> Option<Value> {
        let report = json!({
            "source": "phone110", "category": "OTHER", "place": { "text": "示例路口" },
            "summary": format!("示例 {key}"),
        });
        let raise = self.client.post(format!("{address}/api/v1/alerts")).bearer_auth(&self.token);
        let response = raise.header("Idempotency-Key", key).json(&report).send().await.ok()?;
        if !response.status().is_success() {
            return None;
        }
        response.json().await.ok()
    }

    async fn summary(&self, address: &str, alert: &Value) -> Option<String> {
        let get = self.client.get(format!("{address}/api/v1/alerts/{alert}"));
        let response = get.bearer_auth(&self.token).send().await.ok()?;
        let detail: Value = response.json().await.ok()?;
        Some(detail["alert"]["summary"].as_str()?.to_owned())
    }
}

/// Sends a round's commands and kills the server after `fatal` answers; key and answer of each.
async fn interrupted(
    desk: &Desk,
    server: Server,
    round: usize,
    fatal: usize,
) -> Vec<(String, Option<Value>)> {
    let permits = Arc::new(Semaphore::new(AT_ONCE));
    let (answered, mut answers) = mpsc::unbounded_channel();
    let sent: Vec<_> = (0..COMMANDS)
        .map(|number| {
            let (desk, permits, answered) = (desk.clone(), permits.clone(), answered.clone());
            let address = server.address.clone();
            tokio::spawn(async move {
                let _permit = permits.acquire_owned().await;
                let key = format!("round-{round}-{number}");
                let outcome = desk.raise(&address, &key).await;
                if outcome.is_some() {
                    let _ = answered.send(());
                }
                (key, outcome)
            })
        })
        .collect();
    for _ in 0..fatal {
        answers.recv().await.expect("an answer");
    }
    server.kill();
    let mut outcomes = Vec::with_capacity(COMMANDS);
    for one in sent {
        outcomes.push(one.await.expect("no panic"));
    }
    outcomes
}

fn raised(data: &Path) -> usize {
    done(data, &["export"]).lines().filter(|line| line.contains("\"alert_raised\"")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_answered_is_lost_and_nothing_is_done_twice() {
    let data = tempfile::TempDir::new().expect("a temporary directory");
    let token = done(data.path(), &["account", "add", "desk", "--role", "operator", "--token"]);
    let desk = Desk { client: Client::new(), token: token.trim_end().to_owned() };
    let mut random = Xoshiro256PlusPlus::seed_from_u64(SEED);
    let mut unanswered = 0;
    let mut server = Server::start(data.path());
    for round in 0..ROUNDS {
        let fatal = random.random_range(1..COMMANDS - AT_ONCE);
        let outcomes = interrupted(&desk, server, round, fatal).await;
        server = Server::start(data.path());
        for (key, outcome) in outcomes {
            let again = desk.raise(&server.address, &key).await.expect("the server lives");
            match outcome {
                Some(first) => {
                    assert_eq!(again, first, "{key} was answered otherwise before");
                    let summary = desk.summary(&server.address, &first["alert"]).await;
                    assert_eq!(summary, Some(format!("示例 {key}")));
                }
                None => unanswered += 1,
            }
        }
        assert_eq!(raised(data.path()), (round + 1) * COMMANDS, "each key was applied once");
    }
    assert!(unanswered > ROUNDS, "the kills came too late to hit anything: {unanswered}");
    assert_eq!(server.terminate().code(), Some(0));
    done(data.path(), &["journal", "verify"]);
}
