//! Accounts and sessions. Secrets are hashed before they come here.

use serde::Serialize;

use crate::domain::{
    account::{Account, Actor, Refused, Role, Session},
    event::Event,
    id::{AccountName, is_valid_id},
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

/// Records a login; the caller has checked the password.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpenSession {
    pub session: Session,
}

/// Ends a session: one's own, or anybody's for an administrator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CloseSession {
    pub sha256: String,
}

/// Records refusals that were counted at the door.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NoteRefusals {
    /// The account, where one proved itself.
    pub account: Option<AccountName>,
    pub refused: Refused,
    pub times: u32,
    /// When the first of them was.
    pub since: Timestamp,
}

impl NoteRefusals {
    pub(super) fn decide(&self) -> Vec<Event> {
        let Self { account, refused, times, since } = self.clone();
        vec![Event::AccessRefused { account, refused, times, since }]
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
        match (account.role, &account.unit) {
            (Role::System | Role::Console, _) => return Err(Rejection::RoleNotPermitted),
            (Role::Unit, None) => return Err(Rejection::AccountNeedsUnit),
            (_, Some(unit)) if !state.units.contains_key(unit) => {
                return Err(Rejection::UnitUnknown);
            }
            _ => {}
        }
        if account.station.as_ref().is_some_and(|id| !state.stations.contains_key(id)) {
            return Err(Rejection::StationUnknown);
        }
        Ok(vec![Event::AccountAdded { account: Box::new(account.clone()) }])
    }
}

impl DisableAccount {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let account = state.accounts.get(&self.account).ok_or(Rejection::AccountUnknown)?;
        if account.disabled {
            return Ok(Vec::new());
        }
        let is_admin = |account: &Account| account.role == Role::Admin && !account.disabled;
        let admins = state.accounts.values().filter(|account| is_admin(account)).count();
        if is_admin(account) && admins == 1 {
            return Err(Rejection::AccountIsLastAdmin);
        }
        Ok(vec![Event::AccountDisabled { account: self.account.clone() }])
    }
}

impl OpenSession {
    pub(super) fn decide(&self, actor: &Actor) -> Result<Vec<Event>, Rejection> {
        if self.session.account != actor.account {
            return Err(Rejection::NotOwn);
        }
        Ok(vec![Event::SessionOpened { session: Box::new(self.session.clone()) }])
    }
}

impl CloseSession {
    pub(super) fn decide(&self, state: &State, actor: &Actor) -> Result<Vec<Event>, Rejection> {
        let session = state.sessions.get(&self.sha256).ok_or(Rejection::SessionUnknown)?;
        let is_keeper = matches!(actor.role, Role::Admin | Role::Console);
        if session.account != actor.account && !is_keeper {
            return Err(Rejection::NotOwn);
        }
        let (account, sha256) = (session.account.clone(), self.sha256.clone());
        Ok(vec![Event::SessionClosed { account, sha256 }])
    }
}
