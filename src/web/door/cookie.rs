//! The cookies: the session's, and the mark a device keeps.

use axum::http::{HeaderMap, HeaderValue, header::COOKIE};

use crate::domain::Within;

const SESSION: Name = Name { plain: "campus_session", host: "__Host-campus_session" };
const MARK: Name = Name { plain: "campus_device", host: "__Host-campus_device" };
/// A device is known again for a year.
const MARK_KEPT: Within = Within::from_seconds(365 * 24 * 3600);

/// What a cookie is called.
#[derive(Clone, Copy)]
struct Name {
    /// Where it travels in the clear, on this machine only.
    plain: &'static str,
    /// Where it is kept to TLS: browsers take one of this name from this very host alone, over TLS,
    /// and for all its paths, so that no neighbour can plant one.
    host: &'static str,
}

impl Name {
    fn text(self, secure: bool) -> &'static str {
        if secure { self.host } else { self.plain }
    }
}

/// The session's token a browser sent.
pub fn token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    find(headers, SESSION.text(secure))
}

/// The mark of a device that has been logged in at.
pub fn mark(headers: &HeaderMap, secure: bool) -> Option<&str> {
    find(headers, MARK.text(secure))
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

fn write(name: Name, value: &str, seconds: i64, secure: bool) -> HeaderValue {
    let (name, secure) = (name.text(secure), if secure { "; Secure" } else { "" });
    let text =
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}");
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}
