//! Sessions, without their secrets.

use serde::Serialize;
use utoipa::ToSchema;

use super::code;
use crate::{
    domain::{
        Role, Timestamp,
        account::{self, Account},
        id::{AccountName, StationId, UnitId},
    },
    web::{context::Context, door::Caller},
};

/// Who is logged in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Session {
    #[schema(value_type = String)]
    account: AccountName,
    #[schema(value_type = code::Role)]
    role: Role,
    #[schema(value_type = Option<String>)]
    unit: Option<UnitId>,
    #[schema(value_type = Option<String>)]
    station: Option<StationId>,
    /// Null with a bearer token, and before a session is opened.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
}

/// Who is logged in, and how the session stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionState {
    #[serde(flatten)]
    session: Session,
    /// The desk takes no command until its password is given.
    locked: bool,
    /// Unused for so long, the desk is locked. Null where nothing is.
    lock_after_ms: Option<i64>,
    /// Whether the account has a second factor.
    second_factor: bool,
}

/// A session among others.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpenSession {
    /// What it is ended by.
    id: String,
    #[schema(value_type = String)]
    account: AccountName,
    #[schema(value_type = code::Role)]
    role: Role,
    #[schema(value_type = String, format = DateTime)]
    opened_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    seen_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// The network address it was opened from.
    address: Option<String>,
    /// What the browser said it is.
    agent: Option<String>,
    locked: bool,
    /// Whether it is the one that asks.
    current: bool,
}

impl Session {
    /// An account's session, until when it lasts.
    pub fn of(account: &Account, expires_at: Option<Timestamp>) -> Self {
        Self {
            account: account.name.clone(),
            role: account.role,
            unit: account.unit.clone(),
            station: account.station.clone(),
            expires_at,
        }
    }
}

impl SessionState {
    /// The caller's own.
    pub fn of(caller: &Caller, context: &Context) -> Self {
        let expires_at = caller.session.as_ref().map(|session| session.expires_at);
        let protection = context.engine.board().protection(&caller.account.name);
        let lock_after = caller.session.as_ref().and(context.settings.lock_of(caller.role()));
        Self {
            session: Session::of(&caller.account, expires_at),
            locked: caller.is_locked(context),
            lock_after_ms: lock_after.map(|span| span.millis()),
            second_factor: protection.is_some_and(|protection| protection.factor.is_some()),
        }
    }
}

impl OpenSession {
    /// A session as a caller sees it.
    pub fn of(
        session: &account::Session,
        account: &Account,
        caller: &Caller,
        context: &Context,
    ) -> Self {
        let device = session.device.clone().unwrap_or_default();
        let after = context.settings.lock_of(account.role);
        Self {
            id: session_id(session),
            account: session.account.clone(),
            role: account.role,
            opened_at: session.opened_at,
            seen_at: context.presence.seen_at(session),
            expires_at: session.expires_at,
            address: device.address,
            agent: device.agent,
            locked: context.presence.is_locked(session, after, context.engine.now()),
            current: caller.session.as_ref().is_some_and(|own| own.sha256 == session.sha256),
        }
    }
}

/// What a session is named by: the beginning of its token's digest, which opens nothing.
pub fn session_id(session: &account::Session) -> String {
    session.sha256.chars().take(16).collect()
}
