//! Sessions: opened by those who have proved who they are, closed by themselves or an administrator.

use std::iter;

use serde::Serialize;

use crate::domain::{
    account::{Actor, Proof, Role, Session},
    event::Event,
    id::AccountName,
    limit,
    rejection::Rejection,
    state::State,
    time::Timestamp,
};

/// Records a login; the caller has checked the password, and that the proof fits the secret.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpenSession {
    pub session: Session,
    /// How the second factor was proved, where there is one. Each proof counts once (S9).
    pub proof: Option<Proof>,
    /// How many sessions the account may then have; the oldest of more are ended. Never more than
    /// [`limit::SESSIONS_PER_ACCOUNT_MAX`].
    pub at_most: usize,
}

/// Ends a session: one's own, or anybody's for an administrator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CloseSession {
    pub sha256: String,
}

impl OpenSession {
    pub(super) fn decide(
        &self,
        state: &State,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Vec<Event>, Rejection> {
        if self.session.account != actor.account {
            return Err(Rejection::NotOwn);
        }
        if let Some(proof) = &self.proof {
            check_unused(state, &actor.account, proof)?;
        }
        let opened = Event::SessionOpened {
            session: Box::new(self.session.clone()),
            proof: self.proof.clone(),
        };
        Ok(crowded_out(state, &actor.account, self.at_most, now)
            .chain(iter::once(opened))
            .collect())
    }
}

impl CloseSession {
    pub(super) fn decide(&self, state: &State, actor: &Actor) -> Result<Vec<Event>, Rejection> {
        let session = state.sessions.get(&self.sha256).ok_or(Rejection::SessionUnknown)?;
        let is_keeper = matches!(actor.role, Role::Admin | Role::Console);
        if session.account != actor.account && !is_keeper {
            return Err(Rejection::NotOwn);
        }
        Ok(vec![closed(session)])
    }
}

fn check_unused(state: &State, account: &AccountName, proof: &Proof) -> Result<(), Rejection> {
    let protection = state.protections.get(account);
    let factor = protection.and_then(|protection| protection.factor.as_ref());
    let factor = factor.ok_or(Rejection::SecondFactorMissing)?;
    let is_unused = match proof {
        Proof::Code { step } => *step > factor.last_step,
        Proof::Recovery { sha256 } => factor.recovery.contains(sha256),
    };
    if is_unused { Ok(()) } else { Err(Rejection::CodeAlreadyUsed) }
}

/// The sessions a further one takes the place of: those whose time is over, and the oldest of too
/// many.
fn crowded_out<'a>(
    state: &'a State,
    account: &'a AccountName,
    at_most: usize,
    now: Timestamp,
) -> impl Iterator<Item = Event> + 'a {
    let mut own: Vec<_> =
        state.sessions.values().filter(|session| session.account == *account).collect();
    own.sort_by_key(|session| (session.expires_at > now, session.opened_at));
    let over = own.iter().filter(|session| session.expires_at <= now).count();
    let surplus = (own.len() + 1).saturating_sub(at_most.min(limit::SESSIONS_PER_ACCOUNT_MAX));
    own.into_iter().take(over.max(surplus)).map(|session| closed(session))
}

/// The ends of all sessions of an account but the one kept.
pub(super) fn ending<'a>(
    state: &'a State,
    account: &'a AccountName,
    kept: Option<&'a str>,
) -> impl Iterator<Item = Event> + 'a {
    let own = state.sessions.values().filter(move |session| session.account == *account);
    own.filter(move |session| Some(session.sha256.as_str()) != kept).map(|session| closed(session))
}

fn closed(session: &Session) -> Event {
    Event::SessionClosed { account: session.account.clone(), sha256: session.sha256.clone() }
}
