//! Where a request comes from: a browser lends its cookie to any page, so what acts with one must
//! come from a page of ours (S2, S15).

use axum::{
    extract::{Request, State},
    http::{
        HeaderMap,
        header::{HOST, ORIGIN, UPGRADE},
    },
    middleware::Next,
    response::Response,
};

use super::{bearer, cookie};
use crate::{
    planted::{self, Planted},
    web::{
        context::Context,
        problem::{Fault, Refusal},
    },
};

/// Refuses unsafe requests and upgrades of strange pages.
pub async fn guard(
    State(context): State<Context>,
    request: Request,
    next: Next,
) -> Result<Response, Fault> {
    let headers = request.headers();
    let acts = !request.method().is_safe() || headers.contains_key(UPGRADE);
    let checked = acts && !planted::has(Planted::SkipOrigin);
    if checked && !is_ours(headers, &context.settings.allowed_origins) {
        return Err(Refusal::OriginNotAllowed.into());
    }
    Ok(next.run(request).await)
}

/// A named origin must be allowed. None at all comes from no browser, and may bring anything but a
/// browser's cookie.
fn is_ours(headers: &HeaderMap, allowed: &[String]) -> bool {
    let mut origins = headers.get_all(ORIGIN).iter();
    match (origins.next(), origins.next()) {
        (None, _) => bearer(headers).is_some() || cookie::token(headers).is_none(),
        (Some(origin), None) => origin
            .to_str()
            .is_ok_and(|origin| is_own(origin, headers) || allowed.iter().any(|one| one == origin)),
        _ => false,
    }
}

fn is_own(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let named = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    host.is_some() && named == host
}
