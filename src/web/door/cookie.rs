//! The cookies: the session's, and the mark a device keeps.

use axum::http::{HeaderMap, HeaderValue, header::COOKIE};

use crate::domain::Within;

const SESSION: &str = "campus_session";
const MARK: &str = "campus_device";
/// A device is known again for a year.
const MARK_KEPT: Within = Within::from_seconds(365 * 24 * 3600);

/// The session's token a browser sent.
pub fn token(headers: &HeaderMap) -> Option<&str> {
    find(headers, SESSION)
}

/// The mark of a device that has been logged in at.
pub fn mark(headers: &HeaderMap) -> Option<&str> {
    find(headers, MARK)
}

fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = pairs.flat_map(|line| line.split(';'));
    pairs.find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// Gives a browser a token to keep. Tokens are hex, so the value is always a header's.
pub fn keep(token: &str, span: Within, secure: bool) -> HeaderValue {
    write(SESSION, token, span.millis() / 1000, secure)
}

/// Gives a device its mark.
pub fn keep_mark(mark: &str, secure: bool) -> HeaderValue {
    write(MARK, mark, MARK_KEPT.millis() / 1000, secure)
}

/// Makes a browser forget it.
pub fn forget(secure: bool) -> HeaderValue {
    write(SESSION, "", 0, secure)
}

fn write(name: &str, value: &str, seconds: i64, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let text =
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}");
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
