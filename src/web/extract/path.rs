//! Ids in paths. What cannot be an id names nothing: 404.

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use crate::{
    domain::{
        Rejection,
        id::{AlertId, AssignmentId, SampleId},
    },
    web::{
        context::Context,
        problem::{Fault, Refusal},
    },
};

/// `/alerts/{id}`.
pub struct AlertPath(pub AlertId);

/// `/assignments/{id}`.
pub struct AssignmentPath(pub AssignmentId);

/// `/samples/{id}`.
pub struct SamplePath(pub SampleId);

/// An id the centre gives: of a school, station, unit or account.
pub struct NamePath(pub String);

impl FromRequestParts<Context> for AlertPath {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Fault> {
        let id = number(parts, context).await.ok_or(Rejection::AlertUnknown)?;
        Ok(Self(AlertId(id)))
    }
}

impl FromRequestParts<Context> for AssignmentPath {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Fault> {
        let id = number(parts, context).await.ok_or(Rejection::AssignmentUnknown)?;
        Ok(Self(AssignmentId(id)))
    }
}

impl FromRequestParts<Context> for SamplePath {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Fault> {
        let id = number(parts, context).await.ok_or(Rejection::SampleUnknown)?;
        Ok(Self(SampleId(id)))
    }
}

impl FromRequestParts<Context> for NamePath {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Fault> {
        text(parts, context).await.map(Self).ok_or_else(|| Refusal::NotFound.into())
    }
}

/// Digits only: `+1`, ` 1` and `1.0` are not ids, and neither is one with a leading zero.
async fn number(parts: &mut Parts, context: &Context) -> Option<u32> {
    let text = text(parts, context).await?;
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    if is_plain { text.parse().ok() } else { None }
}

async fn text(parts: &mut Parts, context: &Context) -> Option<String> {
    let Path(text) = Path::<String>::from_request_parts(parts, context).await.ok()?;
    Some(text)
}
