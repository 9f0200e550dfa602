//! One's own session: login, lock and unlock, logout, and one's own password.

mod device;
mod enrol;
mod list;
mod open;

pub use open::begin;

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{
        Command, Rejection,
        account::Session,
        decide::{credential::ChangeCredential, session::CloseSession},
    },
    web::{
        access::{attempts::Source, factor, password, prove},
        context::Context,
        door::{Caller, cookie},
        extract::{Body, OptionalBody},
        problem::{Fault, Refusal},
        submit::{plain_fault, submit},
        view,
    },
};

/// Behind the door.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(show, close))
        .routes(routes!(lock))
        .routes(routes!(unlock))
        .routes(routes!(change_password))
        .merge(list::routes())
}

/// Before it.
pub fn open_routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().merge(open::routes()).merge(enrol::routes()).merge(device::routes())
}

/// Nothing to say.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// The password of whoever is logged in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OwnPassword {
    password: String,
}

/// A change of one's own password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PasswordChange {
    current: String,
    new: String,
}

/// Who is calling, and how its session stands.
#[utoipa::path(
    get, path = "/session", tag = "session", responses((status = 200, body = view::SessionState))
)]
async fn show(State(context): State<Context>, caller: Caller) -> Json<view::SessionState> {
    Json(view::SessionState::of(&caller, &context))
}

/// Logs out: the session ends everywhere, open sockets included.
#[utoipa::path(delete, path = "/session", tag = "session", responses((status = 204)))]
async fn close(State(context): State<Context>, caller: Caller) -> Result<Response, Fault> {
    let session = session_of(&caller)?;
    let command = Command::CloseSession(CloseSession { sha256: session.sha256.clone() });
    submit(&context, caller.actor(), None, command).await.map_err(plain_fault)?;
    let cookie = cookie::forget(context.settings.secure_cookies);
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response())
}

/// Locks the desk: it goes on showing everything, and takes no command until it is unlocked. Only
/// desks are locked; elsewhere nothing happens.
#[utoipa::path(
    post, path = "/session/lock", tag = "session", request_body = Nothing,
    responses((status = 200, body = view::SessionState))
)]
async fn lock(
    State(context): State<Context>,
    caller: Caller,
    OptionalBody(Nothing {}): OptionalBody<Nothing>,
) -> Result<Json<view::SessionState>, Fault> {
    context.presence.lock(session_of(&caller)?);
    Ok(Json(view::SessionState::of(&caller, &context)))
}

/// Unlocks the desk with the account's password.
#[utoipa::path(
    post, path = "/session/unlock", tag = "session", request_body = OwnPassword,
    responses((status = 200, body = view::SessionState))
)]
async fn unlock(
    State(context): State<Context>,
    caller: Caller,
    Body(OwnPassword { password }): Body<OwnPassword>,
) -> Result<Json<view::SessionState>, Fault> {
    let session = session_of(&caller)?;
    prove_own(&context, &caller, session, &password).await?;
    context.presence.unlock(session, context.engine.now());
    Ok(Json(view::SessionState::of(&caller, &context)))
}

/// Changes one's own password. This session goes on; all others of the account end.
#[utoipa::path(
    post, path = "/session/password", tag = "session", request_body = PasswordChange,
    responses((status = 204))
)]
async fn change_password(
    State(context): State<Context>,
    caller: Caller,
    Body(change): Body<PasswordChange>,
) -> Result<StatusCode, Fault> {
    let session = session_of(&caller)?;
    prove_own(&context, &caller, session, &change.current).await?;
    replace_password(&context, &caller, &change.current, change.new).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts a new password in the place of one that was just proved.
async fn replace_password(
    context: &Context,
    caller: &Caller,
    current: &str,
    new: String,
) -> Result<(), Fault> {
    let name = &caller.account.name;
    let protection = context.engine.board().protection(name).unwrap_or_default();
    password::check_is_new(context, &caller.account.credential, &protection, &new).await?;
    let credential = password::new_credential(context, name.as_str(), new.clone()).await?;
    let sealed = match protection.factor.clone() {
        None => None,
        Some(factor) => {
            let current = current.to_owned();
            let reseal = move || factor::reseal(&factor, &current, &new);
            let sealed = tokio::task::spawn_blocking(reseal).await.ok().flatten();
            Some(sealed.ok_or(Refusal::Internal)?)
        }
    };
    let kept = caller.session.as_ref().map(|session| session.sha256.clone());
    let change = ChangeCredential { account: name.clone(), credential, sealed, kept };
    let command = Command::ChangeCredential(change);
    submit(context, caller.actor(), None, command).await.map_err(plain_fault)?;
    Ok(())
}

async fn prove_own(
    context: &Context,
    caller: &Caller,
    session: &Session,
    password: &str,
) -> Result<(), Fault> {
    let sources = [Source::Session(session.sha256.clone())];
    prove::password(context, &sources, &caller.account.name, password).await?;
    context.attempts.succeeded(&sources);
    Ok(())
}

fn session_of(caller: &Caller) -> Result<&Session, Fault> {
    caller.session.as_deref().ok_or_else(|| Rejection::SessionUnknown.into())
}
