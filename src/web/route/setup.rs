//! Set-up: the first administrator, by the one-time token the server printed.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::session;
use crate::{
    domain::{
        Actor, Channel, Command, Role,
        account::{Account, Credential},
        decide::account::AddAccount,
    },
    web::{
        context::Context,
        extract::Body,
        problem::{Fault, Refusal},
        secret,
        submit::{plain_fault, submit},
        view::{self, code},
    },
};

/// Before the door.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(show, make))
}

/// Whether there is an administrator yet.
#[derive(Serialize, ToSchema)]
struct SetupState {
    needed: bool,
    /// Roles that `/demo/{role}` logs in; empty outside a demo.
    #[schema(value_type = Vec<code::Role>)]
    demo: Vec<Role>,
}

/// The first administrator.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Setup {
    token: String,
    account: String,
    password: String,
}

/// Whether set-up is needed.
#[utoipa::path(get, path = "/setup", tag = "session", responses((status = 200, body = SetupState)))]
async fn show(State(context): State<Context>) -> Json<SetupState> {
    let demo = context.settings.demo.iter().map(|(role, _)| *role).collect();
    Json(SetupState { needed: context.engine.board().accounts().is_empty(), demo })
}

/// Makes the first administrator and logs it in.
#[utoipa::path(
    post, path = "/setup", tag = "session", request_body = Setup,
    responses((status = 201, body = view::Session))
)]
async fn make(State(context): State<Context>, Body(setup): Body<Setup>) -> Result<Response, Fault> {
    let _alone = context.setting_up.lock().await;
    if !context.engine.board().accounts().is_empty() {
        return Err(Refusal::SetupDone.into());
    }
    if !context.settings.setup.as_ref().is_some_and(|token| token.is(&setup.token)) {
        return Err(Refusal::SetupTokenWrong.into());
    }
    let account = Account {
        name: setup.account.into(),
        role: Role::Admin,
        unit: None,
        station: None,
        credential: password(&context, setup.password).await?,
        disabled: false,
    };
    let command = Command::AddAccount(AddAccount { account: account.clone() });
    let actor = Actor::console(Channel::Http);
    submit(&context, actor, None, command).await.map_err(plain_fault)?;
    let (session, cookie) = session::begin(&context, &account).await?;
    Ok((StatusCode::CREATED, [(SET_COOKIE, cookie)], Json(session)).into_response())
}

/// A new password, hashed.
pub async fn password(context: &Context, password: String) -> Result<Credential, Fault> {
    let limits = &context.settings.limits;
    let length = password.chars().count();
    if !(limits.password_min..=limits.password_max).contains(&length) {
        let allowed = format!("{} to {}", limits.password_min, limits.password_max);
        return Err(Fault::from(Refusal::PasswordUnfit).at(allowed));
    }
    let _permit = context.password_checks.acquire().await;
    let phc = secret::hash_password_aside(password).await;
    Ok(Credential::Password { phc: phc.ok_or(Refusal::Internal)? })
}
