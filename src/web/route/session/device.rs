//! A wall or a phone logs in with the token it was given: bound to its role and station, shown once,
//! and gone everywhere once it is renewed or its account disabled.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::begin;
use crate::{
    domain::Role,
    web::{
        access::{attempts::Source, prove, visitor::Visitor},
        context::Context,
        extract::Body,
        problem::{Fault, Refusal},
        secret, view,
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(admit))
}

/// A device's token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DeviceLogin {
    token: String,
}

/// Logs a wall or a phone in with its token; the answer sets the session's cookie. Nobody else's
/// token opens a session.
#[utoipa::path(
    post, path = "/session/device", tag = "session", request_body = DeviceLogin,
    responses((status = 200, body = view::Session))
)]
async fn admit(
    State(context): State<Context>,
    visitor: Visitor,
    Body(DeviceLogin { token }): Body<DeviceLogin>,
) -> Result<Response, Fault> {
    let sources = [Source::Address(visitor.address)];
    prove::check_wait(&context, &sources, &"".into())?;
    let account = context.engine.board().account_by_token(&secret::digest(token.trim()));
    let account = account
        .filter(|account| !account.disabled && matches!(account.role, Role::Screen | Role::Unit));
    let Some(account) = account else {
        context.attempts.failed(&sources, &context.settings.limits, context.engine.now());
        return Err(prove::refused(&context, Refusal::DeviceTokenWrong, &"".into()));
    };
    let opened = begin(&context, &visitor, &account, None).await?;
    Ok((opened.cookies, Json(opened.session)).into_response())
}
