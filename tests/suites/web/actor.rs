//! Those who use the API, by what they do.

use std::net::SocketAddr;

use reqwest::{Client, Method, RequestBuilder, header::HeaderMap, redirect::Policy};
use serde_json::{Value, json};

/// How somebody proves who they are.
#[derive(Clone)]
pub enum Credentials {
    None,
    Token(String),
    Cookie(String),
}

/// Somebody at the other end of the line.
#[derive(Clone)]
pub struct Caller {
    pub address: SocketAddr,
    pub credentials: Credentials,
    client: Client,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    pub body: Value,
}

impl Caller {
    pub fn new(address: SocketAddr, credentials: Credentials) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { address, credentials, client }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A request under `/api/v1`, with the caller's credentials.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, self.url(&format!("/api/v1{path}")));
        match &self.credentials {
            Credentials::None => request,
            Credentials::Token(token) => request.bearer_auth(token),
            Credentials::Cookie(token) => request
                .header("cookie", format!("other=1; campus_session={token}"))
                .header("origin", self.url("")),
        }
    }

    /// A request for something that is not the API's.
    pub async fn opens(&self, path: &str, accept: &str) -> Answer {
        answer(self.client.get(self.url(path)).header("accept", accept)).await
    }

    pub async fn gets(&self, path: &str) -> Answer {
        answer(self.request(Method::GET, path)).await
    }

    pub async fn posts(&self, path: &str, body: Value) -> Answer {
        answer(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn posts_as(&self, key: &str, path: &str, body: Value) -> Answer {
        let request = self.request(Method::POST, path).header("idempotency-key", key);
        answer(request.json(&body)).await
    }

    pub async fn puts(&self, path: &str, body: Value) -> Answer {
        answer(self.request(Method::PUT, path).json(&body)).await
    }

    pub async fn deletes(&self, path: &str) -> Answer {
        answer(self.request(Method::DELETE, path)).await
    }

    /// Reports a fight at the first school; the alert's id.
    pub async fn raises(&self) -> u64 {
        self.posts("/alerts", fight()).await.is(201).alert()
    }

    /// Sends a unit; the assignment's id.
    pub async fn dispatches(&self, unit: &str, alert: u64) -> u64 {
        let body = json!({ "units": [{ "unit": unit }] });
        let outcome = self.posts(&format!("/alerts/{alert}/dispatch"), body).await.is(200);
        outcome.body["assignments"][0].as_u64().expect("an assignment")
    }

    /// Takes a step on an assignment, without a body.
    pub async fn takes(&self, step: &str, assignment: u64) -> Answer {
        answer(self.request(Method::POST, &format!("/assignments/{assignment}/{step}"))).await
    }

    pub async fn reads_alert(&self, alert: u64) -> Value {
        let detail = self.gets(&format!("/alerts/{alert}")).await.is(200);
        detail.body["alert"].clone()
    }
}

/// A fight at the first school.
pub fn fight() -> Value {
    json!({
        "source": "phone110", "category": "FIGHT", "school": "S-1",
        "summary": "示例：校门口打架", "caller_phone": "13800001234",
    })
}

impl Answer {
    /// Insists on a status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// Insists on a refusal: its status, its code, and that it is a whole problem document.
    #[track_caller]
    pub fn refused_with(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.code()), (status, code), "{}", self.text);
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        assert_eq!(self.body["status"], status);
        assert!(self.body["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
        assert_eq!(self.body["request_id"].as_str(), self.header("x-request-id"));
        self
    }

    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn alert(&self) -> u64 {
        self.body["alert"].as_u64().expect("an alert")
    }
}

pub async fn answer(request: RequestBuilder) -> Answer {
    let response = request.send().await.expect("an answer");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.expect("a whole answer");
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    Answer { status, headers, text, body }
}
