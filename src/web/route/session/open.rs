//! Login: a password, a second factor where there is one, and a session that is new each time.

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, header::SET_COOKIE},
    response::{AppendHeaders, IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::replace_password;
use crate::{
    domain::{
        Actor, Channel, Command, Rejection,
        account::{Account, Proof, Protection, Session},
        decide::session::{CloseSession, OpenSession},
        id::AccountName,
    },
    engine::SubmitError,
    web::{
        access::{attempts::Source, factor, prove, visitor::Visitor},
        context::Context,
        door::{Caller, cookie},
        extract::Body,
        problem::{Fault, Refusal},
        secret,
        submit::{plain_fault, submit},
        view,
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(open))
}

/// A login.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Login {
    account: String,
    password: String,
    /// What the authenticator shows, or a recovery code; where the account has a second factor.
    #[serde(default)]
    code: Option<String>,
    /// A new password, where the old one has to be changed.
    #[serde(default)]
    new_password: Option<String>,
}

/// A session that was opened, and what its browser is to keep.
pub struct Opened {
    pub session: view::Session,
    pub cookies: AppendHeaders<Vec<(axum::http::HeaderName, HeaderValue)>>,
}

/// Logs in; the answer sets the session's cookie.
///
/// What is missing is asked for by the refusal's code: `code_needed` (a second factor),
/// `password_change_needed` (send the same with `new_password`), `enrolment_needed` (go to
/// `/session/enrolment`). Wrong tries make the next ones wait (429 with `Retry-After`).
#[utoipa::path(
    post, path = "/session", tag = "session", request_body = Login,
    responses((status = 200, body = view::Session))
)]
async fn open(
    State(context): State<Context>,
    visitor: Visitor,
    Body(login): Body<Login>,
) -> Result<Response, Fault> {
    let name = AccountName::from(login.account);
    let protection = context.engine.board().protection(&name).unwrap_or_default();
    let sources = visitor.sources(&name, Some(&protection));
    let account = prove::password(&context, &sources, &name, &login.password).await?;
    let code = login.code.filter(|code| !code.trim().is_empty());
    let proof = prove_factor(&context, &sources, &protection, &name, &login.password, code).await?;
    context.attempts.succeeded(&sources);
    if context.settings.access.passwords.is_over(&protection, context.engine.now()) {
        let new = login.new_password.ok_or(Refusal::PasswordChangeNeeded)?;
        let caller = Caller { account: account.clone(), session: None };
        replace_password(&context, &caller, &login.password, new).await?;
    }
    if proof.is_none() && context.settings.access.needs_factor(account.role) {
        return Err(Refusal::EnrolmentNeeded.into());
    }
    let opened = begin(&context, &visitor, &account, proof).await?;
    Ok((opened.cookies, Json(opened.session)).into_response())
}

/// What the code proves, where the account has a second factor.
async fn prove_factor(
    context: &Context,
    sources: &[Source],
    protection: &Protection,
    name: &AccountName,
    password: &str,
    code: Option<String>,
) -> Result<Option<Proof>, Fault> {
    let Some(factor) = protection.factor.clone() else { return Ok(None) };
    let code = code.ok_or(Refusal::CodeNeeded)?;
    let (password, now) = (password.to_owned(), context.engine.now());
    let _permit = context.password_checks.acquire().await;
    let check = move || factor::proof(&factor, &password, &code, now);
    match tokio::task::spawn_blocking(check).await.ok().flatten() {
        Some(proof) => Ok(Some(proof)),
        None => {
            context.attempts.failed(sources, &context.settings.limits, context.engine.now());
            Err(prove::refused(context, Refusal::CodeWrong, name))
        }
    }
}

/// Opens a session for an account that has proved itself, marks the device, and ends the session
/// the browser had before.
pub async fn begin(
    context: &Context,
    visitor: &Visitor,
    account: &Account,
    proof: Option<Proof>,
) -> Result<Opened, Fault> {
    let limits = &context.settings.limits;
    let (token, span) = (secret::new_token(), limits.session_of(account.role));
    let opened_at = context.engine.now();
    let protection = context.engine.board().protection(&account.name).unwrap_or_default();
    let known = visitor.mark.clone().filter(|mark| protection.devices.contains(mark));
    let new_mark = known.is_none().then(secret::new_token);
    let mark = known.or_else(|| new_mark.as_deref().map(secret::digest));
    let session = Session {
        account: account.name.clone(),
        sha256: secret::digest(&token),
        opened_at,
        expires_at: opened_at + span,
        device: Some(visitor.device(mark)),
    };
    let shown = view::Session::of(account, Some(session.expires_at));
    let command = Command::OpenSession(OpenSession {
        session,
        proof,
        at_most: limits.sessions_per_account_max,
    });
    submit(context, actor(account), None, command).await.map_err(|error| match error {
        SubmitError::Rejected { rejection: rejection @ Rejection::CodeAlreadyUsed, .. } => {
            Fault::from(rejection).of_login(Some(account.name.clone()))
        }
        other => plain_fault(other),
    })?;
    end_former(context, visitor).await;
    let secure = context.settings.secure_cookies;
    let mut cookies = vec![(SET_COOKIE, cookie::keep(&token, span, secure))];
    cookies.extend(new_mark.map(|mark| (SET_COOKIE, cookie::keep_mark(&mark, secure))));
    Ok(Opened { session: shown, cookies: AppendHeaders(cookies) })
}

/// Ends the session the browser still had: a login renews it, whoever's it was.
async fn end_former(context: &Context, visitor: &Visitor) {
    let board = context.engine.board();
    let former = visitor.session.as_ref().and_then(|sha256| board.session(sha256));
    let Some(former) = former else { return };
    let Some(account) = board.account(&former.account) else { return };
    let command = Command::CloseSession(CloseSession { sha256: former.sha256.clone() });
    if let Err(error) = submit(context, actor(&account), None, command).await {
        tracing::warn!(%error, "the browser's former session could not be ended");
    }
}

fn actor(account: &Account) -> Actor {
    Actor { account: account.name.clone(), role: account.role, channel: Channel::Http }
}
