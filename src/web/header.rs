//! What browsers are told to keep to, on every answer.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use super::settings::Tiles;

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
#[derive(Clone, Debug)]
pub struct Also {
    /// The host is reached over TLS only.
    pub encrypted: bool,
    /// The screens' content security policy.
    pub content: HeaderValue,
}

impl Also {
    /// Images may come from where map tiles do, and from nowhere else.
    pub fn new(encrypted: bool, tiles: Option<&Tiles>) -> Self {
        let content = tiles.and_then(Tiles::origin).and_then(|origin| {
            let images = format!("img-src 'self' data: {origin};");
            HeaderValue::from_str(&CONTENT.replacen("img-src 'self' data:;", &images, 1)).ok()
        });
        Self { encrypted, content: content.unwrap_or(HeaderValue::from_static(CONTENT)) }
    }
}

/// Adds them.
pub async fn add(State(also): State<Also>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_documentation = path.starts_with(super::route::DOCUMENTATION);
    let keeps = path.starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let content = match is_documentation {
        true => HeaderValue::from_static(DOCUMENTATION),
        false => also.content,
    };
    headers.insert(header::CONTENT_SECURITY_POLICY, content);
    for (name, value) in [
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
