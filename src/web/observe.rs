//! One id, one log line and one measurement per request. No query, header or body is logged: they
//! may hold what is personal or secret.

use std::{
    fmt,
    hash::{Hash, Hasher},
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue, Method, StatusCode},
    response::Response,
};
use dashmap::DashMap;
use metrics::{Counter, Histogram};
use tracing::Span;

use super::address::ClientAddress;
use crate::domain::id::AccountName;

/// A request's id, in its answer, its log line and its problem document.
#[derive(Clone, Debug)]
pub struct RequestId(Arc<str>);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A request that is being answered.
pub struct Watched {
    id: RequestId,
    method: Method,
    path: String,
    route: Option<MatchedPath>,
    from: Option<IpAddr>,
    begun: Instant,
    /// What is logged meanwhile is logged within it.
    pub span: Span,
}

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

impl Watched {
    /// Gives a request its id, and begins.
    pub fn begin(request: &mut Request) -> Self {
        let id = RequestId(hex::encode(rand::random::<[u8; 8]>()).into());
        request.extensions_mut().insert(id.clone());
        Self {
            span: tracing::info_span!("request", %id),
            id,
            method: request.method().clone(),
            // Of an unknown path only so much is kept that a log line stays a line.
            path: request.uri().path().chars().take(200).collect(),
            route: request.extensions().get::<MatchedPath>().cloned(),
            from: request.extensions().get::<ClientAddress>().map(|from| from.0),
            begun: Instant::now(),
        }
    }

    /// Logs and counts the answer, and puts the id on it.
    pub fn end(self, measures: &Measures, response: &mut Response) {
        let Self { id, method, path, route, from, begun, span } = self;
        let took = begun.elapsed();
        let status = response.status();
        let account = response.extensions().get::<AccountName>().map(AccountName::as_str);
        span.in_scope(|| {
            let (took, status) = (milliseconds(took), status.as_u16());
            tracing::info!(%method, ?path, status, took, account, ?from, "answered");
        });
        measures.count(Measured { method: name(&method), route, status }, took);
        if let Ok(value) = HeaderValue::from_str(&id.0) {
            response.headers_mut().insert(&REQUEST_ID, value);
        }
    }
}

/// What is measured of each route, found once: a search by names and values takes longer than
/// counting.
#[derive(Clone, Default)]
pub struct Measures(Arc<DashMap<Measured, (Counter, Histogram)>>);

/// What is counted together.
#[derive(Clone)]
struct Measured {
    method: &'static str,
    route: Option<MatchedPath>,
    status: StatusCode,
}

impl Measures {
    fn count(&self, measured: Measured, took: Duration) {
        if let Some(found) = self.0.get(&measured) {
            return count(&found, took);
        }
        let found = self.0.entry(measured.clone()).or_insert_with(|| measured.register());
        count(&found, took);
    }
}

fn count((requests, spans): &(Counter, Histogram), took: Duration) {
    requests.increment(1);
    spans.record(took);
}

impl Measured {
    fn route(&self) -> &str {
        self.route.as_ref().map_or("other", MatchedPath::as_str)
    }

    fn register(&self) -> (Counter, Histogram) {
        let (method, route) = (self.method, self.route().to_owned());
        let labels =
            [("method", method.to_owned()), ("route", route), ("status", self.status.to_string())];
        (
            metrics::counter!("campus_dispatch_http_requests_total", &labels),
            metrics::histogram!("campus_dispatch_http_request_seconds", &labels[..2]),
        )
    }

    fn key(&self) -> (&str, &str, StatusCode) {
        (self.method, self.route(), self.status)
    }
}

impl PartialEq for Measured {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Measured {}

impl Hash for Measured {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

/// A method as it is counted: whoever makes up names makes no new figures.
fn name(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

fn milliseconds(span: Duration) -> f64 {
    (span.as_secs_f64() * 1e6).round() / 1e3
}
