//! Where a request comes from: a browser lends its cookie to any page, so what acts with one must
//! come from a page of ours (S2, S15).

use axum::{
    extract::Request,
    http::{
        HeaderMap, HeaderValue,
        header::{HOST, ORIGIN, UPGRADE},
    },
};

use super::{bearer, cookie};
use crate::{
    planted::{self, Planted},
    web::{
        problem::{Fault, Refusal},
        settings::Settings,
    },
};

/// Refuses unsafe requests and upgrades of strange pages, and what a strange page asks of the API.
pub fn check(settings: &Settings, request: &Request) -> Result<(), Fault> {
    let headers = request.headers();
    let acts = !request.method().is_safe() || headers.contains_key(UPGRADE);
    let passes = match acts {
        true => is_ours(headers, settings),
        false => !is_fetched_elsewhere(request, settings),
    };
    if !passes && !planted::has(Planted::SkipOrigin) {
        return Err(Refusal::OriginNotAllowed.into());
    }
    Ok(())
}

/// A named origin must be allowed. None at all comes from no browser, and may bring anything but a
/// browser's cookie.
fn is_ours(headers: &HeaderMap, settings: &Settings) -> bool {
    let mut origins = headers.get_all(ORIGIN).iter();
    match (origins.next(), origins.next()) {
        (None, _) => {
            let has_cookie = cookie::token(headers, settings.secure_cookies).is_some();
            !is_cross_site(headers) && (bearer(headers).is_some() || !has_cookie)
        }
        (Some(origin), None) => is_allowed(origin, headers, settings),
        _ => false,
    }
}

/// Whether another site's page fetches from the API. Following a link to it is nobody's harm.
fn is_fetched_elsewhere(request: &Request, settings: &Settings) -> bool {
    let headers = request.headers();
    let is_link = headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
    request.uri().path().starts_with("/api/")
        && is_cross_site(headers)
        && !is_link
        && !headers.get(ORIGIN).is_some_and(|origin| is_allowed(origin, headers, settings))
}

/// Whether the browser says that a page of another site asks. Neighbours under one domain are other
/// sites, too; what says nothing is no browser, or an old one.
fn is_cross_site(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none")
}

fn is_allowed(origin: &HeaderValue, headers: &HeaderMap, settings: &Settings) -> bool {
    origin.to_str().is_ok_and(|origin| {
        is_own(origin, headers, settings.secure_cookies)
            || settings.allowed_origins.iter().any(|one| one == origin)
    })
}

/// Where everything is encrypted, a page that came in the clear may be anybody's.
fn is_own(origin: &str, headers: &HeaderMap, encrypted: bool) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let named = origin.strip_prefix("https://");
    let named = named.or_else(|| origin.strip_prefix("http://").filter(|_| !encrypted));
    host.is_some() && named == host
}
