//! Refusals at the door, counted until they are told together (S22).
//!
//! Each refusal as a record of its own would let anybody on the network fill the journal. So they
//! are counted by account and kind, and each count becomes one record ten minutes after its first
//! refusal, or when the auditor looks. Names that are no account's are not kept: they may be
//! passwords typed into the wrong field. A crash loses the counts of the ten minutes before it.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Mutex, PoisonError},
};

use axum::{
    extract::Request,
    http::{
        StatusCode,
        header::{AUTHORIZATION, COOKIE},
    },
    response::Response,
};

use super::{context::Context, problem::Fault, submit::submit};
use crate::domain::{
    Actor, Command, Timestamp, account::Refused, decide::account::NoteRefusals, id::AccountName,
};

/// Counts kept at once; what is refused beyond them is counted without its account.
const COUNTS_MAX: usize = 64;

/// What is counted together.
type Kind = (Option<AccountName>, Refused);

/// The counts since they were last told.
#[derive(Default)]
pub struct Refusals {
    counts: Mutex<HashMap<Kind, Count>>,
}

struct Count {
    times: u32,
    since: Timestamp,
}

impl Refusals {
    /// Counts one; whether it is the first since the counts were told.
    fn count(&self, account: Option<AccountName>, refused: Refused, now: Timestamp) -> bool {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let (is_first, is_full) = (counts.is_empty(), counts.len() >= COUNTS_MAX);
        let kind = (account, refused);
        let kind = if is_full && !counts.contains_key(&kind) { (None, refused) } else { kind };
        match counts.entry(kind) {
            Entry::Occupied(mut known) => {
                let count = known.get_mut();
                count.times = count.times.saturating_add(1);
            }
            Entry::Vacant(place) => drop(place.insert(Count { times: 1, since: now })),
        }
        is_first
    }
}

/// Makes records of what was counted.
pub async fn tell(context: &Context) {
    let counts = std::mem::take(
        &mut *context.refusals.counts.lock().unwrap_or_else(PoisonError::into_inner),
    );
    for ((account, refused), Count { times, since }) in counts {
        let note = NoteRefusals { account, refused, times, since };
        let command = Command::NoteRefusals(note);
        if let Err(error) = submit(context, Actor::system(), None, command).await {
            tracing::warn!(%error, times, "refusals could not be recorded");
        }
    }
}

/// Whether a request tries to prove somebody, which makes its refusal worth counting.
pub fn has_credentials(request: &Request) -> bool {
    let headers = request.headers();
    headers.contains_key(AUTHORIZATION) || headers.contains_key(COOKIE)
}

/// Counts an answer that refuses.
pub fn count(context: &Context, has_credentials: bool, response: &Response) {
    let refused_login = response.extensions().get::<Fault>().and_then(Fault::refused_login);
    if let Some(account) = refused_login.cloned() {
        return context.clone().count_refusal(account, Refused::Login);
    }
    let refused = match response.status() {
        StatusCode::UNAUTHORIZED if has_credentials => Refused::Credentials,
        StatusCode::FORBIDDEN => Refused::Permission,
        _ => return,
    };
    let account = response.extensions().get::<AccountName>().cloned();
    context.clone().count_refusal(account, refused);
}

impl Context {
    /// Counts a refusal, and sees to it that the counts are told.
    fn count_refusal(self, account: Option<AccountName>, refused: Refused) {
        if self.refusals.count(account, refused, self.engine.now()) {
            tokio::spawn(async move {
                tokio::time::sleep(self.settings.limits.refusals_told_within).await;
                tell(&self).await;
            });
        }
    }
}
