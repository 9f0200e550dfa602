//! Who asks, and the record of every request with its answer and times.

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context;
use reqwest::header::HeaderValue;
use serde_json::Value;

use crate::command::Command;

/// A login of ours.
#[derive(Clone, Debug)]
pub struct Account {
    pub name: Arc<str>,
    pub token: Arc<str>,
}

impl Default for Account {
    fn default() -> Self {
        Self { name: "".into(), token: "".into() }
    }
}

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Told {
        status: u16,
        body: Value,
    },
    /// The line was cut, or nobody was there.
    Lost(String),
}

impl Answer {
    /// The body of a 2xx.
    pub fn done(&self) -> Option<&Value> {
        match self {
            Self::Told { status: 200..=299, body } => Some(body),
            _ => None,
        }
    }

    /// Its status; 0 for a lost one.
    pub fn status(&self) -> u16 {
        match self {
            Self::Told { status, .. } => *status,
            Self::Lost(_) => 0,
        }
    }

    /// Its problem's code, empty where there is none.
    pub fn code(&self) -> &str {
        match self {
            Self::Told { body, .. } => body["code"].as_str().unwrap_or_default(),
            Self::Lost(_) => "",
        }
    }

    /// Whether it settles the command: done, or refused by the rules.
    pub fn is_final(&self) -> bool {
        matches!(self.status(), 200..=299 | 400..=428)
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Told { status, body } => write!(f, "{status} {body}"),
            Self::Lost(why) => write!(f, "lost: {why}"),
        }
    }
}

/// Somebody who talks to a server.
#[derive(Clone, Debug)]
pub struct Caller {
    http: reqwest::Client,
    address: String,
    pub account: Account,
}

impl Caller {
    /// An account, at an address.
    pub fn new(http: reqwest::Client, address: String, account: Account) -> Self {
        Self { http, address, account }
    }

    /// The same account at another address, on connections of its own.
    pub fn at(&self, address: String) -> Self {
        let http = reqwest::Client::builder().no_proxy().tcp_nodelay(true);
        let http = http.timeout(Duration::from_secs(20)).build().expect("a client");
        Self { http, address, account: self.account.clone() }
    }

    /// Asks for a command once.
    pub async fn ask(&self, key: &str, command: &Command) -> Answer {
        let url = format!("http://{}/api/v1{}", self.address, command.path());
        let mut request = self.http.post(url).bearer_auth(&self.account.token);
        request = request.header("Idempotency-Key", HeaderValue::from_str(key).expect("a key"));
        if let Some(body) = command.body() {
            request = request.json(&body);
        }
        answer(request).await
    }

    /// Puts something in its place.
    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        let url = format!("http://{}{path}", self.address);
        answer(self.http.put(url).bearer_auth(&self.account.token).json(body)).await
    }

    /// Reads something.
    pub async fn read(&self, path: &str) -> Answer {
        let url = format!("http://{}{path}", self.address);
        answer(self.http.get(url).bearer_auth(&self.account.token)).await
    }

    /// The handshake of a live socket, from a position or from the beginning.
    pub fn live(&self, query: &str) -> tokio_tungstenite::tungstenite::handshake::client::Request {
        use tokio_tungstenite::tungstenite::client::IntoClientRequest;
        let url = format!("ws://{}/api/v1/live{query}", self.address);
        let mut request = url.into_client_request().expect("an address");
        let bearer = format!("Bearer {}", self.account.token);
        request.headers_mut().insert("authorization", bearer.parse().expect("a header"));
        request
    }

    /// Where it asks.
    pub fn address(&self) -> &str {
        &self.address
    }
}

async fn answer(request: reqwest::RequestBuilder) -> Answer {
    let told = async {
        let response = request.send().await?;
        let status = response.status().as_u16();
        let text = response.text().await?;
        Ok::<_, reqwest::Error>((status, text))
    };
    match told.await {
        Ok((status, text)) => {
            let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
            Answer::Told { status, body }
        }
        Err(error) => Answer::Lost(error.to_string()),
    }
}

/// One request and what came of it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub account: Arc<str>,
    pub key: Arc<str>,
    pub command: Arc<Command>,
    pub sent: Instant,
    pub took: Duration,
    pub answer: Answer,
}

/// The history of one load.
#[derive(Clone, Default)]
pub struct History {
    entries: Arc<Mutex<Vec<Entry>>>,
    keys: Arc<AtomicU64>,
}

impl History {
    /// A key nobody has used.
    pub fn key(&self, account: &str) -> Arc<str> {
        format!("{account}-{}", self.keys.fetch_add(1, Ordering::Relaxed)).into()
    }

    /// Asks once, and writes down how it went.
    pub async fn ask(&self, caller: &Caller, key: &Arc<str>, command: &Arc<Command>) -> Answer {
        let sent = Instant::now();
        let answer = caller.ask(key, command).await;
        let entry = Entry {
            account: caller.account.name.clone(),
            key: key.clone(),
            command: command.clone(),
            sent,
            took: sent.elapsed(),
            answer: answer.clone(),
        };
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
        answer
    }

    /// Asks for something once, under a key of its own.
    pub async fn give(&self, caller: &Caller, command: Command) -> Answer {
        let key = self.key(&caller.account.name);
        self.ask(caller, &key, &Arc::new(command)).await
    }

    /// Reports an alert at a school; its number.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn raise(&self, caller: &Caller) -> anyhow::Result<u64> {
        let summary = format!("示例：校门口有人争执 {}", self.keys.load(Ordering::Relaxed));
        let school = crate::house::district::school(0);
        let answer = self.give(caller, Command::Raise { school, summary }).await;
        let alert = answer.done().and_then(|outcome| outcome["alert"].as_u64());
        alert.with_context(|| format!("no alert is raised: {answer}"))
    }

    /// Looks at what has been answered since somebody last took it.
    pub fn peek<T>(&self, at: impl FnOnce(&[Entry]) -> T) -> T {
        at(&self.entries.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes what has been answered since the last time.
    pub fn take(&self) -> Vec<Entry> {
        std::mem::take(&mut *self.entries.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
