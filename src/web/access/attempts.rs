//! Back-off after wrong passwords (S10), so that guessing is slow and nobody shuts anybody out.
//!
//! What is counted:
//! - on a device that the account has logged in at before (it keeps a mark): that device alone;
//! - elsewhere: the account as tried from that address, and the address whatever it tries;
//! - at a desk that is locked: its session alone.
//!
//! A few tries are free, then each has to wait twice as long as the one before, up to a minute. So
//! wrong passwords from one place never stop the same account at its own desk, or at any other
//! address; whoever is logged in works on; and an account is never locked for good. After a quarter
//! of an hour without a try all is forgotten. A name nobody has is counted like any other.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use crate::{
    domain::{Timestamp, Within, id::AccountName},
    web::limits::Limits,
};

/// Counts kept at once: each takes some hundred bytes.
const COUNTS_MAX: usize = 20_000;

/// What wrong passwords are counted by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A device the account has logged in at.
    Device { account: AccountName, mark: String },
    /// An account as tried from an address.
    Place { account: AccountName, address: IpAddr },
    /// An address, whatever it tries.
    Address(IpAddr),
    /// A session at a locked desk.
    Session(String),
}

/// Wrong passwords lately.
#[derive(Default)]
pub struct Attempts(Mutex<HashMap<Source, Count>>);

#[derive(Clone, Copy)]
struct Count {
    failures: u32,
    last: Timestamp,
}

impl Attempts {
    /// How long the next try has to wait; none where it may be made now.
    pub fn wait(&self, sources: &[Source], limits: &Limits, now: Timestamp) -> Option<Duration> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = sources.iter().filter_map(|source| {
            let count = counts.get(source).filter(|count| !count.is_forgotten(limits, now))?;
            let free = match source {
                Source::Address(_) => limits.address_tries_max,
                _ => limits.login_tries_max,
            };
            let over = count.failures.checked_sub(free)?;
            let wait = 1_000_i64.saturating_mul(1_i64.checked_shl(over).unwrap_or(i64::MAX));
            let wait = Within::from_millis(wait.min(limits.login_wait_max.millis()));
            let left = (count.last + wait - now).millis();
            u64::try_from(left).ok().filter(|left| *left > 0).map(Duration::from_millis)
        });
        waits.max()
    }

    /// Counts a wrong password.
    pub fn failed(&self, sources: &[Source], limits: &Limits, now: Timestamp) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for source in sources {
            if counts.len() >= COUNTS_MAX && !counts.contains_key(source) {
                counts.retain(|_, count| !count.is_forgotten(limits, now));
            }
            if counts.len() >= COUNTS_MAX
                && !counts.contains_key(source)
                && let Some(oldest) =
                    counts.iter().min_by_key(|(_, count)| count.last).map(|(key, _)| key.clone())
            {
                counts.remove(&oldest);
            }
            let count = counts.entry(source.clone()).or_insert(Count { failures: 0, last: now });
            if count.is_forgotten(limits, now) {
                count.failures = 0;
            }
            count.failures = count.failures.saturating_add(1);
            count.last = now;
        }
    }

    /// Forgets what was wrong before, but not what an address did to others.
    pub fn succeeded(&self, sources: &[Source]) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for source in sources {
            if !matches!(source, Source::Address(_)) {
                counts.remove(source);
            }
        }
    }
}

impl Count {
    fn is_forgotten(&self, limits: &Limits, now: Timestamp) -> bool {
        now >= self.last + limits.login_forgotten_after
    }
}
