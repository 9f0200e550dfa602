//! Accounts, without their secrets.

use serde::Serialize;
use utoipa::ToSchema;

use super::code;
use crate::domain::{
    Role, Timestamp,
    account::{self, Credential, Protection},
    id::{AccountName, StationId, UnitId},
};

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
    /// Whether it has a second factor.
    second_factor: bool,
    /// Whether its password must be changed at the next login, having been set by somebody else.
    must_change: bool,
    /// When the password or token in force was set.
    #[schema(value_type = Option<String>, format = DateTime)]
    credential_set_at: Option<Timestamp>,
}

impl Account {
    /// An account and how it is protected.
    pub fn of(account: &account::Account, protection: Option<&Protection>) -> Self {
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
            second_factor: protection.is_some_and(|protection| protection.factor.is_some()),
            must_change: protection.is_some_and(|protection| protection.must_change),
            credential_set_at: protection.map(|protection| protection.credential_set_at),
        }
    }
}
