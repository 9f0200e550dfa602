//! Accounts and sessions, without their secrets.

use serde::Serialize;
use utoipa::ToSchema;

use super::code;
use crate::domain::{
    Role, Timestamp,
    account::{self, Credential},
    id::{AccountName, StationId, UnitId},
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
    /// Null with a bearer token.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Account {
    #[schema(value_type = String)]
    name: AccountName,
    #[schema(value_type = code::Role)]
    role: Role,
    #[schema(value_type = Option<String>)]
    unit: Option<UnitId>,
    #[schema(value_type = Option<String>)]
    station: Option<StationId>,
    /// `password` or `token`.
    credential: &'static str,
    disabled: bool,
}

impl Session {
    /// An account's session, until when it lasts.
    pub fn of(account: &account::Account, expires_at: Option<Timestamp>) -> Self {
        Self {
            account: account.name.clone(),
            role: account.role,
            unit: account.unit.clone(),
            station: account.station.clone(),
            expires_at,
        }
    }
}

impl From<&account::Account> for Account {
    fn from(account: &account::Account) -> Self {
        Self {
            name: account.name.clone(),
            role: account.role,
            unit: account.unit.clone(),
            station: account.station.clone(),
            credential: match account.credential {
                Credential::Password { .. } => "password",
                Credential::Token { .. } => "token",
            },
            disabled: account.disabled,
        }
    }
}
