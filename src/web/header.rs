//! What browsers are told to keep to, on every answer.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

const CONTENT: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; \
                       base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
/// The documentation page's own: its scripts write styles into the page.
const DOCUMENTATION: &str = "default-src 'self'; img-src 'self' data:; \
                             style-src 'self' 'unsafe-inline'; object-src 'none'; \
                             base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
const FEATURES: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(self), \
                        gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";

/// For a year, browsers ask this host for nothing in the clear and take no certificate they doubt.
const TRANSPORT: &str = "max-age=31536000";

/// What is added beside what every answer gets.
#[derive(Clone, Copy, Debug)]
pub struct Also {
    /// The host is reached over TLS only.
    pub encrypted: bool,
}

/// Adds them.
pub async fn add(State(also): State<Also>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_documentation = path.starts_with(super::route::DOCUMENTATION);
    let keeps = path.starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let content = if is_documentation { DOCUMENTATION } else { CONTENT };
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, content),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("permissions-policy"), FEATURES),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if also.encrypted {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(TRANSPORT));
    }
    if keeps && !headers.contains_key(header::CACHE_CONTROL) && !is_documentation {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
