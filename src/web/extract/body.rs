//! JSON bodies.

use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use serde::de::{DeserializeOwned, IgnoredAny};

use super::{control, depth::is_deeper_than};
use crate::{
    intake::said::size,
    web::{
        context::Context,
        problem::{Fault, Refusal},
    },
};

/// A body that must be there.
pub struct Body<T>(pub T);

/// A body that may be left out; then everything in it is.
pub struct OptionalBody<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Context> for Body<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, context: &Context) -> Result<Self, Fault> {
        check_type(request.headers())?;
        let depth_max = context.settings.limits.json_depth_max;
        decode(&read(request, context).await?, depth_max).map(Self)
    }
}

impl<T: DeserializeOwned + Default> FromRequest<Context> for OptionalBody<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, context: &Context) -> Result<Self, Fault> {
        // Of a body that is not there the type does not matter.
        let has_type = check_type(request.headers());
        let bytes = read(request, context).await?;
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        has_type?;
        decode(&bytes, context.settings.limits.json_depth_max).map(Self)
    }
}

fn check_type(headers: &HeaderMap) -> Result<(), Fault> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let kind = text(header::CONTENT_TYPE).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(Refusal::TypeNotJson.into());
    }
    match text(header::CONTENT_ENCODING) {
        None => Ok(()),
        Some(encoding) if encoding.eq_ignore_ascii_case("identity") => Ok(()),
        Some(_) => Err(Refusal::BodyEncoded.into()),
    }
}

async fn read(request: Request, context: &Context) -> Result<Bytes, Fault> {
    read_bounded(request, context, context.settings.limits.body_max).await
}

/// The bytes of a body, at most so many.
///
/// # Errors
/// When it is larger, with how many are taken, or does not come in time.
pub async fn read_bounded(request: Request, context: &Context, max: usize) -> Result<Bytes, Fault> {
    let limits = &context.settings.limits;
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length: Option<usize> = length.and_then(|value| value.to_str().ok()?.parse().ok());
    let too_large = || Fault::from(Refusal::BodyTooLarge).at(format!("≤ {}", size(max as u64)));
    if length.is_some_and(|length| length > max) {
        return Err(too_large());
    }
    let reading = to_bytes(request.into_body(), max);
    match tokio::time::timeout(limits.body_within, reading).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_too_large(&error) => Err(too_large()),
        Ok(Err(_)) => Err(Refusal::RequestMalformed.into()),
        Err(_) => Err(Refusal::BodyTooSlow.into()),
    }
}

fn is_too_large(error: &axum::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

fn decode<T: DeserializeOwned>(bytes: &[u8], depth_max: usize) -> Result<T, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::from(Refusal::BodyNotText))?;
    if text.starts_with('\u{feff}') {
        return Err(Refusal::BodyNotText.into());
    }
    if is_deeper_than(text, depth_max) {
        return Err(Refusal::BodyTooDeep.into());
    }
    let decoded = whole(text).map_err(|at| {
        // Whatever stopped the decoder first, what matters to the caller is whether it was JSON.
        let is_json = serde_json::from_str::<IgnoredAny>(text).is_ok();
        Fault::from(if is_json { Refusal::BodyInvalid } else { Refusal::BodyNotJson }).at(at)
    })?;
    if let Some(character) = control::escaped(text) {
        return Err(Fault::from(Refusal::BodyInvalid).at(character));
    }
    Ok(decoded)
}

/// One value and nothing after it, or where and why it is none.
fn whole<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    // A derived decoder would take a list for an object, field by field.
    if text.trim_ascii_start().starts_with('[') {
        return Err("a list is not an object".to_owned());
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        if path == "." {
            error.into_inner().to_string()
        } else {
            format!("{path}: {}", error.inner())
        }
    })?;
    deserializer.end().map_err(|error| error.to_string())?;
    Ok(value)
}
