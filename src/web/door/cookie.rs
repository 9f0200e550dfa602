//! The session's cookie.

use axum::http::{HeaderMap, HeaderValue, header::COOKIE};

use crate::domain::Within;

/// Its name where it travels in the clear, on this machine only.
const NAME: &str = "campus_session";
/// Its name where it is kept to TLS: browsers take one of this name from this very host alone, over
/// TLS, and for all its paths, so that no neighbour can plant one.
const HOST_NAME: &str = "__Host-campus_session";

/// The token a browser sent.
pub fn token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = pairs.flat_map(|line| line.split(';'));
    pairs.find_map(|pair| pair.trim().strip_prefix(name(secure))?.strip_prefix('='))
}

fn name(secure: bool) -> &'static str {
    if secure { HOST_NAME } else { NAME }
}

/// Gives a browser a token to keep. Tokens are hex, so the value is always a header's.
pub fn keep(token: &str, span: Within, secure: bool) -> HeaderValue {
    write(token, span.millis() / 1000, secure)
}

/// Makes a browser forget it.
pub fn forget(secure: bool) -> HeaderValue {
    write("", 0, secure)
}

fn write(token: &str, seconds: i64, secure: bool) -> HeaderValue {
    let (name, secure) = (name(secure), if secure { "; Secure" } else { "" });
    let text =
        format!("{name}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}");
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
