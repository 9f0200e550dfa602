//! Passwords, tokens and second factors. They are hashed or sealed before they come here.

use std::iter;

use serde::Serialize;

use super::session;
use crate::domain::{
    account::{Actor, Credential, Role, SecondFactor},
    event::Event,
    id::AccountName,
    limit,
    rejection::Rejection,
    state::State,
};

/// Sets a new password or token, one's own or anybody's for an administrator, and ends the
/// account's other sessions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeCredential {
    pub account: AccountName,
    pub credential: Credential,
    /// The second factor's secret, sealed with the new password. Who changes one's own has it; who
    /// resets another's does not, and the second factor is enrolled anew.
    pub sealed: Option<String>,
    /// The session that goes on: the one the change was asked for in.
    pub kept: Option<String>,
}

/// Enrols one's own second factor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EnrolFactor {
    pub factor: SecondFactor,
}

/// Removes an account's second factor and ends its sessions: the phone with the secret is lost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResetFactor {
    pub account: AccountName,
}

impl ChangeCredential {
    pub(super) fn decide(&self, state: &State, actor: &Actor) -> Result<Vec<Event>, Rejection> {
        let name = &self.account;
        let known = state.accounts.get(name).ok_or(Rejection::AccountUnknown)?;
        let is_own = *name == actor.account;
        if !is_own && !matches!(actor.role, Role::Admin | Role::Console) {
            return Err(Rejection::NotOwn);
        }
        let is_password =
            |credential: &Credential| matches!(credential, Credential::Password { .. });
        if is_password(&known.credential) != is_password(&self.credential) {
            return Err(Rejection::CredentialOfOtherKind);
        }
        let has_factor = state.protections.get(name).is_some_and(|one| one.factor.is_some());
        if is_own && has_factor && self.sealed.is_none() {
            return Err(Rejection::SecondFactorMissing);
        }
        let changed = Event::CredentialChanged {
            account: name.clone(),
            credential: Box::new(self.credential.clone()),
            sealed: self.sealed.clone().filter(|_| is_own && has_factor),
        };
        let kept = self.kept.as_deref().filter(|_| is_own);
        Ok(iter::once(changed).chain(session::ending(state, name, kept)).collect())
    }
}

impl EnrolFactor {
    pub(super) fn decide(&self, state: &State, actor: &Actor) -> Result<Vec<Event>, Rejection> {
        let protection = state.protections.get(&actor.account);
        if protection.is_some_and(|protection| protection.factor.is_some()) {
            return Err(Rejection::SecondFactorEnrolled);
        }
        if self.factor.recovery.len() > limit::RECOVERY_CODES_MAX {
            return Err(Rejection::NumberOutOfRange);
        }
        let (account, factor) = (actor.account.clone(), Box::new(self.factor.clone()));
        Ok(vec![Event::SecondFactorEnrolled { account, factor }])
    }
}

impl ResetFactor {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let name = &self.account;
        if !state.accounts.contains_key(name) {
            return Err(Rejection::AccountUnknown);
        }
        if state.protections.get(name).is_none_or(|protection| protection.factor.is_none()) {
            return Ok(Vec::new());
        }
        let reset = Event::SecondFactorReset { account: name.clone() };
        Ok(iter::once(reset).chain(session::ending(state, name, None)).collect())
    }
}
