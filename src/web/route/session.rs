//! Login and logout.

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{
        Actor, Channel, Command, Rejection,
        account::{Account, Credential, Session},
        decide::account::{CloseSession, OpenSession},
        id::AccountName,
    },
    web::{
        context::Context,
        door::{Caller, cookie},
        extract::Body,
        problem::{Fault, Refusal},
        secret,
        submit::{plain_fault, submit},
        view,
    },
};

/// Behind the door.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(show, close))
}

/// Before it.
pub fn open_routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(open))
}

/// A login.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Login {
    account: String,
    password: String,
}

/// Logs in; the answer sets the session's cookie.
#[utoipa::path(
    post, path = "/session", tag = "session", request_body = Login,
    responses((status = 200, body = view::Session))
)]
async fn open(State(context): State<Context>, Body(login): Body<Login>) -> Result<Response, Fault> {
    let name = AccountName::from(login.account);
    let account = context.engine.board().account(&name).filter(|account| !account.disabled);
    let phc = account.as_ref().and_then(|account| match &account.credential {
        Credential::Password { phc } => Some(phc.clone()),
        Credential::Token { .. } => None,
    });
    let proved = {
        let _permit = context.password_checks.acquire().await;
        let password_max = context.settings.limits.password_max;
        let password: String = login.password.chars().take(password_max + 1).collect();
        secret::verify_password_aside(password, phc).await
    };
    match account.filter(|_| proved) {
        Some(account) => {
            let (session, cookie) = begin(&context, &account).await?;
            Ok(([(SET_COOKIE, cookie)], Json(session)).into_response())
        }
        None => {
            metrics::counter!("campus_dispatch_logins_refused_total").increment(1);
            Err(Refusal::CredentialsWrong.into())
        }
    }
}

/// Who is calling.
#[utoipa::path(
    get, path = "/session", tag = "session", responses((status = 200, body = view::Session))
)]
async fn show(caller: Caller) -> Json<view::Session> {
    let expires_at = caller.session.as_ref().map(|session| session.expires_at);
    Json(view::Session::of(&caller.account, expires_at))
}

/// Logs out: the session ends everywhere, open sockets included.
#[utoipa::path(delete, path = "/session", tag = "session", responses((status = 204)))]
async fn close(State(context): State<Context>, caller: Caller) -> Result<Response, Fault> {
    let session = caller.session.as_ref().ok_or(Rejection::SessionUnknown)?;
    let command = Command::CloseSession(CloseSession { sha256: session.sha256.clone() });
    submit(&context, caller.actor(), None, command).await.map_err(plain_fault)?;
    let cookie = cookie::forget(context.settings.secure_cookies);
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response())
}

/// Opens a session for an account that has proved itself, and the cookie for it.
pub async fn begin(
    context: &Context,
    account: &Account,
) -> Result<(view::Session, HeaderValue), Fault> {
    let limits = &context.settings.limits;
    let (token, span) = (secret::new_token(), limits.session_of(account.role));
    let opened_at = context.engine.now();
    let session = Session {
        account: account.name.clone(),
        sha256: secret::digest(&token),
        opened_at,
        expires_at: opened_at + span,
    };
    let shown = view::Session::of(account, Some(session.expires_at));
    let actor = Actor { account: account.name.clone(), role: account.role, channel: Channel::Http };
    let command = Command::OpenSession(OpenSession { session });
    submit(context, actor, None, command).await.map_err(plain_fault)?;
    Ok((shown, cookie::keep(&token, span, context.settings.secure_cookies)))
}
