//! Enrolling a second factor: at the first login of those who need one, and for anybody who wants
//! one. The secret is made here, goes into the authenticator, and comes back with its first code;
//! until then nothing is kept of it.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::begin;
use crate::{
    domain::{
        Command, Rejection, account::Account, decide::credential::EnrolFactor, id::AccountName,
    },
    web::{
        access::{
            attempts::Source,
            factor::{self, Enrolment},
            prove,
            visitor::Visitor,
        },
        context::Context,
        door::Caller,
        extract::Body,
        problem::{Fault, Refusal},
        submit::{plain_fault, submit},
        view,
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(offer)).routes(routes!(confirm))
}

/// Somebody without a second factor yet.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Unenrolled {
    account: String,
    password: String,
}

/// The first code of a secret that was offered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FirstCode {
    account: String,
    password: String,
    /// As it was offered.
    secret: String,
    code: String,
}

/// Enrolled and logged in.
#[derive(Serialize, ToSchema)]
struct Enrolled {
    session: view::Session,
    /// Each logs in once without the authenticator. They are shown this once.
    recovery_codes: Vec<String>,
}

/// Offers a secret for an authenticator. Nothing is changed.
#[utoipa::path(
    post, path = "/session/enrolment", tag = "session", request_body = Unenrolled,
    responses((status = 200, body = Enrolment))
)]
async fn offer(
    State(context): State<Context>,
    visitor: Visitor,
    Body(asked): Body<Unenrolled>,
) -> Result<Json<Enrolment>, Fault> {
    let (_, account) = unenrolled(&context, &visitor, asked.account, &asked.password).await?;
    Ok(Json(Enrolment::new(&account.name).ok_or(Refusal::Internal)?))
}

/// Takes the secret with its first code, and logs in.
#[utoipa::path(
    post, path = "/session/enrolment/confirm", tag = "session", request_body = FirstCode,
    responses((status = 200, body = Enrolled))
)]
async fn confirm(
    State(context): State<Context>,
    visitor: Visitor,
    Body(first): Body<FirstCode>,
) -> Result<Response, Fault> {
    let (sources, account) = unenrolled(&context, &visitor, first.account, &first.password).await?;
    let secret = factor::parse_secret(&first.secret).ok_or(Refusal::CodeWrong)?;
    let Some(step) = factor::step_of(&secret, &first.code, context.engine.now()) else {
        context.attempts.failed(&sources, &context.settings.limits, context.engine.now());
        return Err(prove::refused(&context, Refusal::CodeWrong, &account.name));
    };
    let enrol = move || factor::enrol(&first.password, &secret, step);
    let enrolled = tokio::task::spawn_blocking(enrol).await.ok().flatten();
    let (factor, recovery_codes) = enrolled.ok_or(Refusal::Internal)?;
    let caller = Caller { account: account.clone(), session: None };
    let command = Command::EnrolFactor(EnrolFactor { factor });
    submit(&context, caller.actor(), None, command).await.map_err(plain_fault)?;
    let opened = begin(&context, &visitor, &account, None).await?;
    let enrolled = Enrolled { session: opened.session, recovery_codes };
    Ok((opened.cookies, Json(enrolled)).into_response())
}

/// Somebody who has proved the password, whose password is not over, and who has no factor.
async fn unenrolled(
    context: &Context,
    visitor: &Visitor,
    account: String,
    password: &str,
) -> Result<(Vec<Source>, Arc<Account>), Fault> {
    let name = AccountName::from(account);
    let protection = context.engine.board().protection(&name).unwrap_or_default();
    let sources = visitor.sources(&name, Some(&protection));
    let account = prove::password(context, &sources, &name, password).await?;
    if protection.factor.is_some() {
        return Err(Rejection::SecondFactorEnrolled.into());
    }
    if context.settings.access.passwords.is_over(&protection, context.engine.now()) {
        return Err(Refusal::PasswordChangeNeeded.into());
    }
    Ok((sources, account))
}
