//! How accounts, their protection and their sessions are folded from the records. Everything here
//! believes the journal.

use std::sync::Arc;

use super::{
    account::{Account, Actor, Credential, Proof, Protection, Role, Session},
    event::Event,
    id::AccountName,
    limit,
    record::Record,
    state::{Change, State},
};

impl State {
    /// Takes in a record about accounts and sessions; any other changes nothing.
    pub(super) fn apply_to_accounts(&mut self, record: &Record) -> Vec<Change> {
        match &record.event {
            Event::AccountAdded { account } => {
                let protection = Protection {
                    credential_set_at: record.at,
                    must_change: is_given(&account.credential, &record.actor),
                    ..Protection::default()
                };
                let mut changes = self.put_account((**account).clone());
                changes.extend(self.put_protection(&account.name, protection));
                changes
            }
            Event::AccountDisabled { account } => self.disable_account(account),
            Event::AccountEnabled { account } => {
                self.change_account(account, |account| account.disabled = false)
            }
            Event::AccountChanged { account, role, unit, station } => {
                self.change_account(account, |account| {
                    account.role = *role;
                    account.unit.clone_from(unit);
                    account.station.clone_from(station);
                })
            }
            Event::CredentialChanged { account, credential, sealed } => {
                self.change_credential(record, account, credential, sealed.as_ref())
            }
            Event::SecondFactorEnrolled { account, factor } => {
                self.protect(account, |protection| protection.factor = Some((**factor).clone()))
            }
            Event::SecondFactorReset { account } => {
                self.protect(account, |protection| protection.factor = None)
            }
            Event::SessionOpened { session, proof } => self.open_session(session, proof.as_ref()),
            Event::SessionClosed { sha256, .. } => {
                self.sessions.remove(sha256).map(Change::SessionClosed).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    fn put_account(&mut self, account: Account) -> Vec<Change> {
        let account = Arc::new(account);
        self.accounts.insert(account.name.clone(), account.clone());
        vec![Change::Account(account)]
    }

    fn change_account(
        &mut self,
        name: &AccountName,
        change: impl FnOnce(&mut Account),
    ) -> Vec<Change> {
        let Some(known) = self.accounts.get(name) else { return Vec::new() };
        let mut account = (**known).clone();
        change(&mut account);
        self.put_account(account)
    }

    fn put_protection(&mut self, name: &AccountName, protection: Protection) -> Option<Change> {
        let protection = Arc::new(protection);
        self.protections.insert(name.clone(), protection.clone());
        Some(Change::Protection(name.clone(), protection))
    }

    fn protect(&mut self, name: &AccountName, change: impl FnOnce(&mut Protection)) -> Vec<Change> {
        let known = self.protections.get(name);
        let mut protection = known.map(|known| (**known).clone()).unwrap_or_default();
        change(&mut protection);
        self.put_protection(name, protection).into_iter().collect()
    }

    /// A disabled account's sessions end with it.
    fn disable_account(&mut self, name: &AccountName) -> Vec<Change> {
        let mut changes = self.change_account(name, |account| account.disabled = true);
        let ended = self.sessions.extract_if(.., |_, session| session.account == *name);
        changes.extend(ended.map(|(_, session)| Change::SessionClosed(session)));
        changes
    }

    fn change_credential(
        &mut self,
        record: &Record,
        name: &AccountName,
        credential: &Credential,
        sealed: Option<&String>,
    ) -> Vec<Change> {
        let former = match self.accounts.get(name).map(|account| &account.credential) {
            Some(Credential::Password { phc }) => Some(phc.clone()),
            _ => None,
        };
        let mut changes =
            self.change_account(name, |account| account.credential = credential.clone());
        changes.extend(self.protect(name, |protection| {
            protection.credential_set_at = record.at;
            protection.must_change =
                record.actor.account != *name && is_given(credential, &record.actor);
            protection.former.splice(..0, former);
            protection.former.truncate(limit::FORMER_PASSWORDS_MAX);
            protection.factor = match (protection.factor.take(), sealed) {
                (Some(mut factor), Some(sealed)) => {
                    factor.sealed.clone_from(sealed);
                    Some(factor)
                }
                _ => None,
            };
        }));
        changes
    }

    fn open_session(&mut self, session: &Session, proof: Option<&Proof>) -> Vec<Change> {
        let mark = session.device.as_ref().and_then(|device| device.mark.clone());
        let mut changes = Vec::new();
        if mark.is_some() || proof.is_some() {
            changes = self.protect(&session.account, |protection| {
                if let Some(mark) = mark {
                    protection.devices.retain(|known| *known != mark);
                    protection.devices.push(mark);
                    let surplus =
                        protection.devices.len().saturating_sub(limit::DEVICES_PER_ACCOUNT_MAX);
                    protection.devices.drain(..surplus);
                }
                match (&mut protection.factor, proof) {
                    (Some(factor), Some(Proof::Code { step })) => factor.last_step = *step,
                    (Some(factor), Some(Proof::Recovery { sha256 })) => {
                        factor.recovery.retain(|left| left != sha256);
                    }
                    _ => {}
                }
            });
        }
        let session = Arc::new(session.clone());
        self.sessions.insert(session.sha256.clone(), session.clone());
        changes.push(Change::SessionOpened(session));
        changes
    }
}

/// Whether an administrator gave it to somebody. Who sets up an account at the console, and who
/// sets up the first administrator, chooses the password in person.
fn is_given(credential: &Credential, by: &Actor) -> bool {
    matches!(credential, Credential::Password { .. }) && by.role == Role::Admin
}
