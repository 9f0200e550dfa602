//! Accounts.

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{
        Command, Rejection, Role,
        account::{Account, Credential},
        authority::{self, View},
        decide::{
            account::{AddAccount, ChangeAccount, DisableAccount, EnableAccount},
            credential::{ChangeCredential, ResetFactor},
        },
        id::{StationId, UnitId},
    },
    web::{
        access::password,
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
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(change))
        .routes(routes!(disable))
        .routes(routes!(enable))
        .routes(routes!(set_password))
        .routes(routes!(renew_token))
        .routes(routes!(reset_factor))
}

/// Every account, by name.
#[derive(Serialize, ToSchema)]
struct Accounts {
    accounts: Vec<view::Account>,
}

/// A new account. A gateway gets a token, and so does a wall without a password; everybody else has
/// a password, to be changed at the first login.
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
    /// The station it is limited to; for walls and gateways only.
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

/// What an account is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AccountSaid {
    #[schema(value_type = code::Role)]
    role: Role,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    unit: Option<UnitId>,
    /// The station it is limited to; for walls and gateways only.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    station: Option<StationId>,
}

/// A password for somebody else, who has to change it at the next login.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GivenPassword {
    password: String,
}

/// A new token. It is shown this once.
#[derive(Serialize, ToSchema)]
struct NewToken {
    token: String,
}

/// Nothing to say.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// Lists accounts.
#[utoipa::path(get, path = "/accounts", tag = "accounts", responses((status = 200, body = Accounts)))]
async fn list(State(context): State<Context>, caller: Caller) -> Result<Json<Accounts>, Fault> {
    caller.check_view(View::Accounts)?;
    let board = context.engine.board();
    let accounts = board
        .accounts()
        .into_iter()
        .map(|account| view::Account::of(&account, board.protection(&account.name).as_deref()));
    Ok(Json(Accounts { accounts: accounts.collect() }))
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
    check_may(&caller, &Command::AddAccount(AddAccount { account: account.clone() }))?;
    let token = match (new.role, new.password) {
        (Role::Gateway | Role::Screen, None) => {
            let (credential, token) = new_token();
            account.credential = credential;
            Some(token)
        }
        (Role::Gateway, Some(_)) | (_, None) => return Err(Refusal::RoleUnfit.into()),
        (_, Some(password)) => {
            let name = account.name.as_str();
            account.credential = password::new_credential(&context, name, password).await?;
            None
        }
    };
    let name = account.name.clone();
    let made = view::Account::of(&account, None);
    let command = Command::AddAccount(AddAccount { account });
    submit(&context, caller.actor(), None, command).await.map_err(plain_fault)?;
    let board = context.engine.board();
    let made = board
        .account(&name)
        .map_or(made, |account| view::Account::of(&account, board.protection(&name).as_deref()));
    Ok((StatusCode::CREATED, Json(AccountMade { account: made, token })))
}

/// Gives an account another role, unit or station. Its sessions end, open sockets included.
#[utoipa::path(
    put, path = "/accounts/{name}", tag = "accounts",
    params(("name" = String, Path)), request_body = AccountSaid,
    responses((status = 200, body = view::Outcome))
)]
async fn change(
    counter: Counter,
    NamePath(name): NamePath,
    Body(AccountSaid { role, unit, station }): Body<AccountSaid>,
) -> Answer {
    let change = ChangeAccount { account: name.into(), role, unit, station };
    counter.submit(Command::ChangeAccount(change)).await
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

/// Lets a disabled account log in again.
#[utoipa::path(
    post, path = "/accounts/{name}/enable", tag = "accounts",
    params(("name" = String, Path)), request_body = Nothing,
    responses((status = 200, body = view::Outcome))
)]
async fn enable(
    counter: Counter,
    NamePath(name): NamePath,
    OptionalBody(Nothing {}): OptionalBody<Nothing>,
) -> Answer {
    counter.submit(Command::EnableAccount(EnableAccount { account: name.into() })).await
}

/// Sets another's password, which has to be changed at the next login. The account's sessions end,
/// and its second factor is enrolled anew: its secret was sealed with the password before.
#[utoipa::path(
    post, path = "/accounts/{name}/password", tag = "accounts",
    params(("name" = String, Path)), request_body = GivenPassword,
    responses((status = 200, body = view::Outcome))
)]
async fn set_password(
    counter: Counter,
    NamePath(name): NamePath,
    Body(GivenPassword { password }): Body<GivenPassword>,
) -> Answer {
    let (account, sealed, kept) = (name.into(), None, None);
    let credential = Credential::Password { phc: String::new() };
    let mut change = ChangeCredential { account, credential, sealed, kept };
    check_may_for(&counter.caller, &change)?;
    let name = change.account.as_str();
    change.credential = password::new_credential(&counter.context, name, password).await?;
    counter.submit(Command::ChangeCredential(change)).await
}

/// Gives a machine or a wall a new token; the old one, and every session opened with it, ends.
#[utoipa::path(
    post, path = "/accounts/{name}/token", tag = "accounts",
    params(("name" = String, Path)), request_body = Nothing,
    responses((status = 200, body = NewToken))
)]
async fn renew_token(
    counter: Counter,
    NamePath(name): NamePath,
    OptionalBody(Nothing {}): OptionalBody<Nothing>,
) -> Result<Json<NewToken>, Fault> {
    let (credential, token) = new_token();
    let (account, sealed, kept) = (name.into(), None, None);
    let change = ChangeCredential { account, credential, sealed, kept };
    check_may_for(&counter.caller, &change)?;
    let _ = counter.submit(Command::ChangeCredential(change)).await?;
    Ok(Json(NewToken { token }))
}

/// Removes an account's second factor: it enrols another at the next login. Its sessions end.
#[utoipa::path(
    post, path = "/accounts/{name}/reset-factor", tag = "accounts",
    params(("name" = String, Path)), request_body = Nothing,
    responses((status = 200, body = view::Outcome))
)]
async fn reset_factor(
    counter: Counter,
    NamePath(name): NamePath,
    OptionalBody(Nothing {}): OptionalBody<Nothing>,
) -> Answer {
    counter.submit(Command::ResetFactor(ResetFactor { account: name.into() })).await
}

fn new_token() -> (Credential, String) {
    let token = secret::new_token();
    (Credential::Token { sha256: secret::digest(&token) }, token)
}

fn check_may(caller: &Caller, command: &Command) -> Result<(), Fault> {
    let may = authority::may(caller.role(), command);
    if may { Ok(()) } else { Err(Rejection::RoleNotPermitted.into()) }
}

/// Another's credential is an administrator's to set. One's own is changed at `/session/password`,
/// where the old one is asked for.
fn check_may_for(caller: &Caller, change: &ChangeCredential) -> Result<(), Fault> {
    if caller.role() != Role::Admin {
        return Err(Rejection::RoleNotPermitted.into());
    }
    if change.account == caller.account.name {
        return Err(Refusal::OwnPasswordElsewhere.into());
    }
    Ok(())
}
