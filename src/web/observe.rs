//! One id, one log line and one measurement per request. No query, header or body is logged: they
//! may hold what is personal or secret.

use std::{
    fmt,
    time::{Duration, Instant},
};

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;

use super::address::ClientAddress;
use crate::domain::id::AccountName;

/// A request's id, in its answer, its log line and its problem document.
#[derive(Clone, Debug)]
pub struct RequestId(String);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Watches a request pass.
pub async fn watch(mut request: Request, next: Next) -> Response {
    let id = RequestId(hex::encode(rand::random::<[u8; 8]>()));
    let method = request.method().clone();
    // Of an unknown path only so much is kept that a log line stays a line.
    let path: String = request.uri().path().chars().take(200).collect();
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("other".to_owned(), |route| route.as_str().to_owned());
    let from = request.extensions().get::<ClientAddress>().map(|from| from.0);
    request.extensions_mut().insert(id.clone());
    let span = tracing::info_span!("request", %id);
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = begun.elapsed();
    let status = response.status().as_u16();
    let account = response.extensions().get::<AccountName>().map(AccountName::as_str);
    span.in_scope(|| {
        let took = milliseconds(took);
        tracing::info!(%method, ?path, status, took, account, ?from, "answered");
    });
    let labels = [("method", method.to_string()), ("route", route), ("status", status.to_string())];
    metrics::counter!("campus_dispatch_http_requests_total", &labels).increment(1);
    metrics::histogram!("campus_dispatch_http_request_seconds", &labels[..2]).record(took);
    if let Ok(value) = HeaderValue::try_from(id.0) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

fn milliseconds(span: Duration) -> f64 {
    (span.as_secs_f64() * 1e6).round() / 1e3
}
