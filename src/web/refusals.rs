//! Refusals at the door, counted until they are told together (S22).
//!
//! Each refusal as a record of its own would let anybody on the network fill the journal. So they
//! are counted by account, address and kind, and each count becomes one record ten minutes after its
//! first refusal, when the auditor looks, or when the server stops. Names that are no account's are
//! not kept: they may be passwords typed into the wrong field. A crash loses the counts of the ten
//! minutes before it.

use std::{
    collections::{HashMap, hash_map::Entry},
    net::IpAddr,
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
use futures_util::future::BoxFuture;

use super::{address::ClientAddress, context::Context, problem::Fault, submit::submit};
use crate::domain::{
    Actor, Command, Timestamp, account::Refused, decide::account::NoteRefusals, id::AccountName,
};

/// Counts kept at once; what is refused beyond them is counted without its address, and beyond
/// twice as many without its account: whoever has many addresses hides no account behind them. Not for
/// a site to move: each count becomes a record, and this is what keeps anybody from filling the
/// journal with them.
const COUNTS_MAX: usize = 64;

/// What is counted together.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Kind {
    account: Option<AccountName>,
    from: Option<IpAddr>,
    refused: Refused,
}

/// The counts since they were last told.
#[derive(Default)]
pub struct Refusals {
    counts: Mutex<HashMap<Kind, Count>>,
}

struct Count {
    times: u32,
    since: Timestamp,
}

impl Count {
    fn note(&self, kind: &Kind) -> NoteRefusals {
        let Kind { account, from, refused } = kind.clone();
        let from = from.map(|address| address.to_string());
        NoteRefusals { account, from, refused, times: self.times, since: self.since }
    }
}

impl Refusals {
    /// Counts some; whether they are the first since the counts were told.
    fn count(&self, kind: Kind, some: Count) -> bool {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = counts.is_empty();
        let has_place = |kind: &Kind, max| counts.len() < max || counts.contains_key(kind);
        let mut kind = kind;
        if !has_place(&kind, COUNTS_MAX) {
            kind.from = None;
        }
        if !has_place(&kind, 2 * COUNTS_MAX) {
            kind.account = None;
        }
        match counts.entry(kind) {
            Entry::Occupied(mut known) => {
                let count = known.get_mut();
                count.times = count.times.saturating_add(some.times);
                count.since = count.since.min(some.since);
            }
            Entry::Vacant(place) => drop(place.insert(some)),
        }
        is_first
    }
}

/// Makes records of what was counted. What cannot be recorded now, as on a full disk, is kept for
/// the next time.
pub async fn tell(context: &Context) {
    let counts = std::mem::take(
        &mut *context.refusals.counts.lock().unwrap_or_else(PoisonError::into_inner),
    );
    for (kind, count) in counts {
        let command = Command::NoteRefusals(count.note(&kind));
        if let Err(error) = submit(context, Actor::system(), None, command).await {
            tracing::warn!(%error, times = count.times, "refusals could not be recorded yet");
            context.keep_refusals(kind, count);
        }
    }
}

/// What of a request is told where it is refused.
pub struct Asker {
    from: Option<IpAddr>,
    /// It tries to prove somebody, which makes its refusal worth counting.
    has_credentials: bool,
}

impl Asker {
    /// Whoever makes a request.
    pub fn of(request: &Request) -> Self {
        let address = request.extensions().get::<ClientAddress>();
        let headers = request.headers();
        Self {
            from: address.map(|address| address.counted()),
            has_credentials: headers.contains_key(AUTHORIZATION) || headers.contains_key(COOKIE),
        }
    }
}

/// Counts an answer that refuses.
pub fn count(context: &Context, asker: &Asker, response: &Response) {
    let from = asker.from;
    let refused_login = response.extensions().get::<Fault>().and_then(Fault::refused_login);
    if let Some(account) = refused_login.cloned() {
        return context.count_refusal(Kind { account, from, refused: Refused::Login });
    }
    let refused = match response.status() {
        StatusCode::UNAUTHORIZED if asker.has_credentials => Refused::Credentials,
        StatusCode::FORBIDDEN => Refused::Permission,
        StatusCode::LOCKED => Refused::Locked,
        StatusCode::TOO_MANY_REQUESTS => Refused::TooOften,
        _ => return,
    };
    let account = response.extensions().get::<AccountName>().cloned();
    context.count_refusal(Kind { account, from, refused });
}

impl Context {
    fn count_refusal(&self, kind: Kind) {
        self.keep_refusals(kind, Count { times: 1, since: self.engine.now() });
    }

    /// Keeps refusals to be told, and sees to it that they are.
    fn keep_refusals(&self, kind: Kind, count: Count) {
        if self.refusals.count(kind, count) {
            tokio::spawn(tell_later(self.clone()));
        }
    }
}

/// Boxed, since what cannot be told then is told later in turn.
fn tell_later(context: Context) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        tokio::time::sleep(context.settings.limits.refusals_told_within).await;
        tell(&context).await;
    })
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const HERE: u32 = 0;

    fn kind(account: Option<String>, from: Option<u32>) -> Kind {
        let account = account.map(Into::into);
        let from = from.map(|address| Ipv4Addr::from_bits(address).into());
        Kind { account, from, refused: Refused::Login }
    }

    fn of(account: usize) -> Option<String> {
        Some(format!("desk-{account}"))
    }

    /// Refusals at one instant.
    #[derive(Default)]
    struct Counting(Refusals);

    impl Counting {
        /// So many refusals of nobody, each from another address.
        fn of_addresses(count: usize) -> Self {
            let counting = Self::default();
            (0..count).for_each(|address| counting.refuses(None, Some(address as u32)));
            counting
        }

        /// And so many of accounts, all from one address.
        fn and_of_accounts(self, count: usize) -> Self {
            (0..count).for_each(|account| self.refuses(of(account), Some(HERE)));
            self
        }

        fn refuses(&self, account: Option<String>, from: Option<u32>) {
            let once = Count { times: 1, since: Timestamp::from_millis(0) };
            self.0.count(kind(account, from), once);
        }

        /// How often it was so.
        fn times(&self, account: Option<String>, from: Option<u32>) -> u32 {
            self.0.counts.lock().unwrap().get(&kind(account, from)).map_or(0, |count| count.times)
        }

        /// The counts kept, and what they come to.
        fn in_all(&self) -> (usize, u32) {
            let counts = self.0.counts.lock().unwrap();
            (counts.len(), counts.values().map(|count| count.times).sum())
        }
    }

    #[test]
    fn s22_as_many_refusals_as_have_room_keep_their_address_and_one_more_does_not() {
        let counting = Counting::of_addresses(COUNTS_MAX);
        assert_eq!(counting.in_all(), (COUNTS_MAX, 64));
        assert_eq!(counting.times(None, None), 0);
        counting.refuses(None, Some(u32::MAX));
        assert_eq!(counting.times(None, None), 1);
        assert_eq!(counting.in_all(), (COUNTS_MAX + 1, 65));
    }

    #[test]
    fn s22_twice_as_many_keep_their_account_and_one_more_does_not() {
        let counting = Counting::of_addresses(COUNTS_MAX).and_of_accounts(COUNTS_MAX);
        assert_eq!(counting.in_all(), (2 * COUNTS_MAX, 128));
        assert!((0..COUNTS_MAX).all(|account| counting.times(of(account), None) == 1));
        counting.refuses(of(COUNTS_MAX), Some(HERE));
        assert_eq!(counting.times(of(COUNTS_MAX), None), 0);
        assert_eq!(counting.times(None, None), 1);
        assert_eq!(counting.in_all(), (2 * COUNTS_MAX + 1, 129));
    }

    #[test]
    fn s22_what_has_its_count_is_counted_there_though_all_room_is_taken() {
        let counting = Counting::of_addresses(COUNTS_MAX).and_of_accounts(COUNTS_MAX + 1);
        counting.refuses(None, Some(HERE));
        counting.refuses(of(0), Some(HERE));
        assert_eq!((counting.times(None, Some(HERE)), counting.times(of(0), None)), (2, 2));
    }

    #[test]
    fn s22_however_many_are_refused_there_are_no_more_counts_and_none_is_lost() {
        let counting = Counting::of_addresses(1_000).and_of_accounts(1_000);
        assert_eq!(counting.in_all(), (2 * COUNTS_MAX, 2_000));
    }
}
