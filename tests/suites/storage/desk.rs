//! A desk that reports alerts over HTTP and keeps every answer.

use std::path::Path;

use reqwest::Client;
use serde_json::{Value, json};

use crate::cli::server::{Server, done};

/// An operator's token at a server.
#[derive(Clone)]
pub struct Desk {
    client: Client,
    token: String,
    address: String,
}

/// How a command was answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// 2xx: the outcome.
    Done(Value),
    /// Anything else that was answered.
    Refused { status: u16, code: String, retry_after: Option<u64>, text: String },
    /// Nothing: the server is gone.
    Gone,
}

impl Desk {
    /// Adds the account to a data directory nobody serves, and gives its token.
    pub fn account(data: &Path) -> String {
        done(data, &["account", "add", "desk", "--role", "operator", "--token"]).trim().to_owned()
    }

    pub fn at(server: &Server, token: &str) -> Self {
        let (token, address) = (token.to_owned(), server.address.clone());
        Self { client: Client::new(), token, address }
    }

    /// Reports an alert under a key.
    pub async fn raise(&self, key: &str) -> Reply {
        let report = json!({
            "source": "phone110", "category": "OTHER", "place": { "text": "示例路口" },
            "summary": format!("示例 {key}"),
        });
        self.reports(key, &report).await
    }

    /// Reports an alert of so many bytes of text.
    pub async fn raise_large(&self, key: &str) -> Reply {
        let report = json!({
            "source": "phone110", "category": "OTHER", "place": { "text": "示例路口" },
            "summary": "示例".repeat(150) + key,
        });
        self.reports(key, &report).await
    }

    async fn reports(&self, key: &str, report: &Value) -> Reply {
        let raise = self.client.post(format!("{}/api/v1/alerts", self.address));
        let raise = raise.bearer_auth(&self.token).header("Idempotency-Key", key).json(report);
        let Ok(response) = raise.send().await else { return Reply::Gone };
        let status = response.status();
        let header = response.headers().get("retry-after");
        let retry_after = header.and_then(|value| value.to_str().ok()?.parse().ok());
        let Ok(body) = response.json::<Value>().await else { return Reply::Gone };
        if status.is_success() {
            return Reply::Done(body);
        }
        let code = body["code"].as_str().unwrap_or_default().to_owned();
        Reply::Refused { status: status.as_u16(), code, retry_after, text: body.to_string() }
    }

    /// Reads something of the API: status and body.
    pub async fn reads(&self, path: &str) -> Option<(u16, Value)> {
        let get = self.client.get(format!("{}{path}", self.address)).bearer_auth(&self.token);
        let response = get.send().await.ok()?;
        let status = response.status().as_u16();
        Some((status, response.json().await.unwrap_or_default()))
    }

    /// Whether it says that it takes commands; `None` when it is gone.
    pub async fn ready(&self) -> Option<(bool, Value)> {
        self.reads("/health/ready").await.map(|(status, body)| (status == 200, body))
    }
}

/// How many alerts a data directory holds, by its own export.
pub fn raised(data: &Path) -> usize {
    done(data, &["export"]).lines().filter(|line| line.contains("\"alert_raised\"")).count()
}
