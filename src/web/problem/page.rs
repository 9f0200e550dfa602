//! The problem document itself.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Fault, Language, Refusal, title::title};
use crate::web::{observe::RequestId, view};

/// Why a request was refused (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// `urn:campus-dispatch:problem:` and the code.
    r#type: String,
    title: &'static str,
    status: u16,
    /// What is wrong and what to do, in the language of `Accept-Language`.
    detail: String,
    /// The stable name of the refusal.
    code: &'static str,
    /// What of the request is meant: a path into the body, a policy's rule, how much is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// For support: finds the log line.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    /// With 409 on an alert or assignment: how it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<Box<view::Alert>>,
}

/// What of a request is needed to tell why it is refused.
pub struct Teller {
    /// As the request wrote it; read only where there is something to tell.
    language: Option<HeaderValue>,
    request_id: Option<RequestId>,
    is_api: bool,
}

impl Teller {
    /// Takes note of it.
    pub fn of(request: &Request) -> Self {
        Self {
            language: request.headers().get(header::ACCEPT_LANGUAGE).cloned(),
            request_id: request.extensions().get().cloned(),
            is_api: request.uri().path().starts_with("/api/"),
        }
    }

    /// Writes a refusal, and under `/api` any other error, as a problem document.
    pub fn tell(self, mut response: Response) -> Response {
        let fault = match response.extensions_mut().remove::<Fault>() {
            Some(fault) => fault,
            None if self.is_api && is_bare_error(&response) => {
                Refusal::of_status(response.status()).into()
            }
            None => return response,
        };
        let wanted = self.language.as_ref().and_then(|wanted| wanted.to_str().ok());
        document(response, fault, Language::wanted(wanted.unwrap_or_default()), self.request_id)
    }
}

fn document(
    response: Response,
    fault: Fault,
    language: Language,
    request_id: Option<RequestId>,
) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let document = HeaderValue::from_static("application/problem+json");
    parts.headers.insert(header::CONTENT_TYPE, document);
    let tag = HeaderValue::from_static(language.tag());
    parts.headers.insert(header::CONTENT_LANGUAGE, tag);
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(span) = fault.0.retry_after {
        parts.headers.insert(header::RETRY_AFTER, span.as_secs().max(1).into());
    }
    if fault.status() == StatusCode::UNAUTHORIZED {
        let scheme = HeaderValue::from_static("Bearer");
        parts.headers.insert(header::WWW_AUTHENTICATE, scheme);
    }
    parts.status = fault.status();
    metrics::counter!("campus_dispatch_refusals_total", "code" => fault.code()).increment(1);
    let problem = problem(fault, language, request_id);
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    Response::from_parts(parts, Body::from(body))
}

/// An error that nobody has put into words yet.
fn is_bare_error(response: &Response) -> bool {
    let status = response.status();
    (status.is_client_error() || status.is_server_error())
        && response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_none_or(|kind| !kind.as_bytes().starts_with(b"application/problem+json"))
}

fn problem(fault: Fault, language: Language, request_id: Option<RequestId>) -> Problem {
    let Fault(inner) = fault;
    let sentence = inner.text.in_language(language);
    let detail = match &inner.at {
        Some(at) => format!("{}: {at}", sentence.trim_end_matches(['.', '。'])),
        None => sentence.to_owned(),
    };
    Problem {
        r#type: format!("urn:campus-dispatch:problem:{}", inner.code),
        title: title(inner.status).in_language(language),
        status: inner.status.as_u16(),
        detail,
        code: inner.code,
        at: inner.at,
        request_id: request_id.map(|id| id.to_string()),
        current: inner.current,
    }
}
