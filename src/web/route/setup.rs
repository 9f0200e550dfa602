//! Set-up: the first administrator, by the one-time token the server printed.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::session;
use crate::{
    domain::{Actor, Channel, Command, Role, account::Account, decide::account::AddAccount},
    web::{
        access::{password, visitor::Visitor},
        context::Context,
        extract::Body,
        problem::{Fault, Refusal},
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

/// Makes the first administrator and logs it in. Where it needs a second factor, there is no session
/// yet (`expires_at` is null): go on at `/session/enrolment`.
#[utoipa::path(
    post, path = "/setup", tag = "session", request_body = Setup,
    responses((status = 201, body = view::Session))
)]
async fn make(
    State(context): State<Context>,
    visitor: Visitor,
    Body(setup): Body<Setup>,
) -> Result<Response, Fault> {
    let _alone = context.setting_up.lock().await;
    if !context.engine.board().accounts().is_empty() {
        return Err(Refusal::SetupDone.into());
    }
    if !context.settings.setup.as_ref().is_some_and(|token| token.is(&setup.token)) {
        return Err(Refusal::SetupTokenWrong.into());
    }
    let credential = password::new_credential(&context, &setup.account, setup.password).await?;
    let account = Account {
        name: setup.account.into(),
        role: Role::Admin,
        unit: None,
        station: None,
        credential,
        disabled: false,
    };
    let command = Command::AddAccount(AddAccount { account: account.clone() });
    let actor = Actor::console(Channel::Http);
    submit(&context, actor, None, command).await.map_err(plain_fault)?;
    if context.settings.access.needs_factor(account.role) {
        return Ok((StatusCode::CREATED, Json(view::Session::of(&account, None))).into_response());
    }
    let opened = session::begin(&context, &visitor, &account, None).await?;
    Ok((StatusCode::CREATED, opened.cookies, Json(opened.session)).into_response())
}
