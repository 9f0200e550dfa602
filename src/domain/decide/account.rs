//! Accounts: added, changed, disabled and enabled. Secrets are hashed before they come here.

use std::iter;

use serde::Serialize;

use super::session;
use crate::domain::{
    account::{Account, Refused, Role},
    event::Event,
    id::{AccountName, StationId, UnitId, is_valid_id},
    rejection::Rejection,
    state::State,
    time::Timestamp,
};

/// Adds an account.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AddAccount {
    pub account: Account,
}

/// Disables an account and ends its sessions. The last administrator stays.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DisableAccount {
    pub account: AccountName,
}

/// Lets a disabled account log in again. Sessions that ended stay ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EnableAccount {
    pub account: AccountName,
}

/// Gives an account another role, unit or station, and ends its sessions: whoever is logged in logs
/// in again as what it is now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeAccount {
    pub account: AccountName,
    pub role: Role,
    pub unit: Option<UnitId>,
    pub station: Option<StationId>,
}

/// Records refusals that were counted at the door.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NoteRefusals {
    /// The account, where one proved itself.
    pub account: Option<AccountName>,
    /// The address they came from, where it is known.
    pub from: Option<String>,
    pub refused: Refused,
    pub times: u32,
    /// When the first of them was.
    pub since: Timestamp,
}

impl NoteRefusals {
    pub(super) fn decide(&self) -> Vec<Event> {
        let Self { account, from, refused, times, since } = self.clone();
        vec![Event::AccessRefused { account, from, refused, times, since }]
    }
}

impl AddAccount {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let account = &self.account;
        if !is_valid_id(account.name.as_str()) {
            return Err(Rejection::IdInvalid);
        }
        let is_reserved = matches!(account.name.as_str(), "system" | "console");
        if is_reserved || state.accounts.contains_key(&account.name) {
            return Err(Rejection::AccountNameTaken);
        }
        check_place(state, account.role, account.unit.as_ref(), account.station.as_ref())?;
        Ok(vec![Event::AccountAdded { account: Box::new(account.clone()) }])
    }
}

impl DisableAccount {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let account = state.accounts.get(&self.account).ok_or(Rejection::AccountUnknown)?;
        if account.disabled {
            return Ok(Vec::new());
        }
        check_not_last_admin(state, account)?;
        Ok(vec![Event::AccountDisabled { account: self.account.clone() }])
    }
}

impl EnableAccount {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let account = state.accounts.get(&self.account).ok_or(Rejection::AccountUnknown)?;
        if !account.disabled {
            return Ok(Vec::new());
        }
        Ok(vec![Event::AccountEnabled { account: self.account.clone() }])
    }
}

impl ChangeAccount {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let Self { account: name, role, unit, station } = self;
        let account = state.accounts.get(name).ok_or(Rejection::AccountUnknown)?;
        check_place(state, *role, unit.as_ref(), station.as_ref())?;
        if (account.role, &account.unit, &account.station) == (*role, unit, station) {
            return Ok(Vec::new());
        }
        if *role != Role::Admin {
            check_not_last_admin(state, account)?;
        }
        let changed = Event::AccountChanged {
            account: name.clone(),
            role: *role,
            unit: unit.clone(),
            station: station.clone(),
        };
        Ok(iter::once(changed).chain(session::ending(state, name, None)).collect())
    }
}

/// Refuses a role nobody has, a unit or station nobody knows, and a station that would limit nothing.
fn check_place(
    state: &State,
    role: Role,
    unit: Option<&UnitId>,
    station: Option<&StationId>,
) -> Result<(), Rejection> {
    match (role, unit) {
        (Role::System | Role::Console, _) => return Err(Rejection::RoleNotPermitted),
        (Role::Unit, None) => return Err(Rejection::AccountNeedsUnit),
        (_, Some(unit)) if !state.units.contains_key(unit) => return Err(Rejection::UnitUnknown),
        _ => {}
    }
    match station {
        Some(_) if !role.takes_station() => Err(Rejection::StationNotForRole),
        Some(station) if !state.stations.contains_key(station) => Err(Rejection::StationUnknown),
        _ => Ok(()),
    }
}

/// Somebody must be left who can let others in.
fn check_not_last_admin(state: &State, account: &Account) -> Result<(), Rejection> {
    let is_admin = |account: &Account| account.role == Role::Admin && !account.disabled;
    let admins = state.accounts.values().filter(|account| is_admin(account)).count();
    if is_admin(account) && admins == 1 { Err(Rejection::AccountIsLastAdmin) } else { Ok(()) }
}
