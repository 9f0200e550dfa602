//! What browsers are told to keep to, on every answer.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header},
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

/// What every answer gets, made once: an answer only takes copies of it.
#[derive(Clone, Debug)]
pub struct Always {
    headers: Vec<(HeaderName, HeaderValue)>,
    /// The screens' content security policy.
    content: HeaderValue,
}

/// What the answer to one request gets.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    is_documentation: bool,
    /// Nothing of it is to lie anywhere.
    is_private: bool,
}

impl Always {
    /// Whether the host is reached over TLS only; and images may come from where map tiles do, and
    /// from nowhere else.
    pub fn new(encrypted: bool, tiles: Option<&Tiles>) -> Self {
        let content = tiles.and_then(Tiles::origin).and_then(|origin| {
            let images = format!("img-src 'self' data: {origin};");
            HeaderValue::from_str(&CONTENT.replacen("img-src 'self' data:;", &images, 1)).ok()
        });
        let mut headers = vec![
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::REFERRER_POLICY, "no-referrer"),
            (HeaderName::from_static("permissions-policy"), FEATURES),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        ];
        headers.extend(encrypted.then_some((header::STRICT_TRANSPORT_SECURITY, TRANSPORT)));
        let headers = headers.into_iter();
        Self {
            headers: headers.map(|(name, value)| (name, HeaderValue::from_static(value))).collect(),
            content: content.unwrap_or(HeaderValue::from_static(CONTENT)),
        }
    }
}

impl Wanted {
    /// By what is asked for.
    pub fn of(request: &Request) -> Self {
        let path = request.uri().path();
        let is_documentation = path.starts_with(super::route::DOCUMENTATION);
        Self { is_documentation, is_private: path.starts_with("/api/") && !is_documentation }
    }

    /// Adds it.
    pub fn add(self, always: &Always, response: &mut Response) {
        let headers = response.headers_mut();
        headers.reserve(always.headers.len() + 3);
        let content = match self.is_documentation {
            true => HeaderValue::from_static(DOCUMENTATION),
            false => always.content.clone(),
        };
        headers.insert(header::CONTENT_SECURITY_POLICY, content);
        for (name, value) in &always.headers {
            headers.insert(name, value.clone());
        }
        if self.is_private && !headers.contains_key(header::CACHE_CONTROL) {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
    }
}
