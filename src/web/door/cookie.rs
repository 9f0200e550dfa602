//! The session's cookie.

use axum::http::{HeaderMap, HeaderValue, header::COOKIE};

use crate::domain::Within;

const NAME: &str = "campus_session";

/// The token a browser sent.
pub fn token(headers: &HeaderMap) -> Option<&str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = pairs.flat_map(|line| line.split(';'));
    pairs.find_map(|pair| pair.trim().strip_prefix(NAME)?.strip_prefix('='))
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
    let secure = if secure { "; Secure" } else { "" };
    let text =
        format!("{NAME}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}");
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
