//! Accounts.

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::setup;
use crate::{
    domain::{
        Command, Rejection, Role,
        account::{Account, Credential},
        authority::{self, View},
        decide::account::{AddAccount, DisableAccount},
        id::{StationId, UnitId},
    },
    web::{
        context::Context,
        door::Caller,
        extract::{Body, NamePath, OptionalBody},
        problem::{Fault, Refusal},
        secret,
        submit::{Answer, Counter, plain_fault, submit},
        view::{self, code},
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(list, add)).routes(routes!(disable))
}

/// Every account, by name.
#[derive(Serialize, ToSchema)]
struct Accounts {
    accounts: Vec<view::Account>,
}

/// A new account. A gateway gets a token; everybody else has a password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAccount {
    name: String,
    #[schema(value_type = code::Role)]
    role: Role,
    #[serde(default)]
    password: Option<String>,
    /// The unit whose phone it is; needed for a unit's account.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    unit: Option<UnitId>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    station: Option<StationId>,
}

/// The account made, with its token where it has one: it is shown this once.
#[derive(Serialize, ToSchema)]
struct AccountMade {
    account: view::Account,
    token: Option<String>,
}

/// Nothing to say.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// Lists accounts.
#[utoipa::path(get, path = "/accounts", tag = "accounts", responses((status = 200, body = Accounts)))]
async fn list(State(context): State<Context>, caller: Caller) -> Result<Json<Accounts>, Fault> {
    caller.check_view(View::Accounts)?;
    let accounts = context.engine.board().accounts();
    let accounts = accounts.iter().map(|account| view::Account::from(&**account)).collect();
    Ok(Json(Accounts { accounts }))
}

/// Adds an account. It takes no `Idempotency-Key`: each try salts the password anew, and a retry
/// finds the name taken.
#[utoipa::path(
    post, path = "/accounts", tag = "accounts", request_body = NewAccount,
    responses((status = 201, body = AccountMade))
)]
async fn add(
    State(context): State<Context>,
    caller: Caller,
    Body(new): Body<NewAccount>,
) -> Result<(StatusCode, Json<AccountMade>), Fault> {
    let mut account = Account {
        name: new.name.into(),
        role: new.role,
        unit: new.unit,
        station: new.station,
        credential: Credential::Token { sha256: String::new() },
        disabled: false,
    };
    // Nobody without the right to it makes the server hash a password.
    let asked = Command::AddAccount(AddAccount { account: account.clone() });
    if !authority::may(caller.role(), &asked) {
        return Err(Rejection::RoleNotPermitted.into());
    }
    let token = match (new.role, new.password) {
        (Role::Gateway, None) => {
            let token = secret::new_token();
            account.credential = Credential::Token { sha256: secret::digest(&token) };
            Some(token)
        }
        (Role::Gateway, Some(_)) | (_, None) => return Err(Refusal::RoleUnfit.into()),
        (_, Some(password)) => {
            account.credential = setup::password(&context, password).await?;
            None
        }
    };
    let shown = view::Account::from(&account);
    let command = Command::AddAccount(AddAccount { account });
    submit(&context, caller.actor(), None, command).await.map_err(plain_fault)?;
    Ok((StatusCode::CREATED, Json(AccountMade { account: shown, token })))
}

/// Disables an account: its sessions end, open sockets included.
#[utoipa::path(
    post, path = "/accounts/{name}/disable", tag = "accounts",
    params(("name" = String, Path)), request_body = Nothing,
    responses((status = 200, body = view::Outcome))
)]
async fn disable(
    counter: Counter,
    NamePath(name): NamePath,
    OptionalBody(Nothing {}): OptionalBody<Nothing>,
) -> Answer {
    counter.submit(Command::DisableAccount(DisableAccount { account: name.into() })).await
}
