//! Sessions that are open: everybody's for administrators and auditors, one's own for all. Their
//! owners and administrators end them.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{
        Command, Rejection, Role,
        authority::{View, may_view},
        decide::session::CloseSession,
    },
    web::{
        context::Context,
        door::{Caller, cookie},
        extract::NamePath,
        problem::Fault,
        submit::{plain_fault, submit},
        view,
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(end))
}

/// Open sessions, the newest first.
#[derive(Serialize, ToSchema)]
struct Sessions {
    sessions: Vec<view::OpenSession>,
}

/// Lists open sessions: all of them for administrators and auditors, one's own for everybody else.
#[utoipa::path(get, path = "/sessions", tag = "session", responses((status = 200, body = Sessions)))]
async fn list(State(context): State<Context>, caller: Caller) -> Result<Json<Sessions>, Fault> {
    if caller.role() == Role::Gateway {
        return Err(Rejection::RoleNotPermitted.into());
    }
    let sees_all = may_view(caller.role(), View::Accounts);
    let now = context.engine.now();
    let mut shown: Vec<_> = context.engine.board().sessions();
    shown.retain(|session| {
        session.expires_at > now && (sees_all || session.account == caller.account.name)
    });
    shown.sort_by_key(|session| std::cmp::Reverse(session.opened_at));
    let sessions = shown.iter().filter_map(|session| {
        let account = context.engine.board().account(&session.account)?;
        Some(view::OpenSession::of(session, &account, &caller, &context))
    });
    Ok(Json(Sessions { sessions: sessions.collect() }))
}

/// Ends a session everywhere, open sockets included: anybody's for an administrator, one's own for
/// everybody else.
#[utoipa::path(
    delete, path = "/sessions/{id}", tag = "session", params(("id" = String, Path)),
    responses((status = 204))
)]
async fn end(
    State(context): State<Context>,
    caller: Caller,
    NamePath(id): NamePath,
) -> Result<Response, Fault> {
    if caller.role() == Role::Gateway {
        return Err(Rejection::RoleNotPermitted.into());
    }
    let is_keeper = caller.role() == Role::Admin;
    let named = context.engine.board().sessions().into_iter().find(|session| {
        view::session_id(session) == id && (is_keeper || session.account == caller.account.name)
    });
    let session = named.ok_or(Rejection::SessionUnknown)?;
    let command = Command::CloseSession(CloseSession { sha256: session.sha256.clone() });
    submit(&context, caller.actor(), None, command).await.map_err(plain_fault)?;
    let is_own = caller.session.as_ref().is_some_and(|own| own.sha256 == session.sha256);
    let mut headers = HeaderMap::new();
    if is_own {
        let forget: HeaderValue = cookie::forget(context.settings.secure_cookies);
        headers.insert(SET_COOKIE, forget);
    }
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}
