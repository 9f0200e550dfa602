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

/// Counts kept at once, each of some hundred bytes; beyond it the one without a try for the longest
/// is forgotten. Not for a site to move: no centre is wrong so often within a quarter of an hour, and
/// whoever guesses from more places than that has a few tries at each of them anyhow.
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

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const COUNTS: u32 = COUNTS_MAX as u32;

    /// Milliseconds after the first try.
    fn at(milliseconds: u32) -> Timestamp {
        Timestamp::from_millis(milliseconds.into())
    }

    fn place(account: &str, address: u32) -> Source {
        Source::Place { account: account.into(), address: Ipv4Addr::from_bits(address).into() }
    }

    /// Wrong passwords, and who waits for them.
    #[derive(Default)]
    struct Guessing {
        attempts: Attempts,
        limits: Limits,
    }

    impl Guessing {
        fn fails(&self, sources: &[Source], now: Timestamp) {
            self.attempts.failed(sources, &self.limits, now);
        }

        /// Fails so often that the next wait is as long as any.
        fn fails_much(&self, source: &Source, now: Timestamp) {
            for _ in 0..100 {
                self.fails(std::slice::from_ref(source), now);
            }
        }

        fn waits(&self, source: &Source, now: Timestamp) -> bool {
            self.attempts.wait(std::slice::from_ref(source), &self.limits, now).is_some()
        }

        fn kept(&self) -> usize {
            self.attempts.0.lock().unwrap().len()
        }
    }

    /// Two who wait, one wrong after the other, and then others up to so many counts in all, each
    /// wrong once and a millisecond later than the one before.
    fn two_and_others(in_all: u32) -> (Guessing, [Source; 2]) {
        let (guessing, two) = (Guessing::default(), [place("desk", 0), place("desk", 1)]);
        for (number, source) in (0..).zip(&two) {
            guessing.fails_much(source, at(number));
        }
        for number in 2..in_all {
            guessing.fails(&[place("desk", number)], at(number));
        }
        (guessing, two)
    }

    #[test]
    fn s10_all_counts_that_have_room_are_kept_and_of_one_more_the_oldest_is_forgotten() {
        let (guessing, [first, second]) = two_and_others(COUNTS);
        assert_eq!(guessing.kept(), COUNTS_MAX);
        assert!(guessing.waits(&first, at(COUNTS)));
        guessing.fails(&[place("desk", COUNTS)], at(COUNTS));
        assert_eq!(guessing.kept(), COUNTS_MAX);
        assert!(!guessing.waits(&first, at(COUNTS)));
        assert!(guessing.waits(&second, at(COUNTS)));
    }

    #[test]
    fn s10_while_all_room_is_taken_one_who_was_not_wrong_before_has_the_usual_tries() {
        let (guessing, _) = two_and_others(COUNTS);
        let newcomer = place("another desk", 0);
        for _ in 0..guessing.limits.login_tries_max {
            assert!(!guessing.waits(&newcomer, at(COUNTS)));
            guessing.fails(std::slice::from_ref(&newcomer), at(COUNTS));
        }
        assert!(guessing.waits(&newcomer, at(COUNTS)));
    }

    #[test]
    fn s10_while_all_room_is_taken_one_who_is_wrong_again_makes_nobody_forgotten() {
        let (guessing, [first, second]) = two_and_others(COUNTS);
        guessing.fails(std::slice::from_ref(&second), at(COUNTS));
        assert!(guessing.waits(&first, at(COUNTS)));
        // Nor is it the oldest any more.
        for number in COUNTS..COUNTS + 2 {
            guessing.fails(&[place("desk", number)], at(number));
        }
        assert!(!guessing.waits(&first, at(COUNTS + 2)));
        assert!(guessing.waits(&second, at(COUNTS + 2)));
    }

    #[test]
    fn s10_whoever_takes_all_room_with_names_from_one_address_has_to_wait_there() {
        let (guessing, address) =
            (Guessing::default(), Source::Address(Ipv4Addr::LOCALHOST.into()));
        for number in 0..=COUNTS {
            let place = place(&format!("guessed-{number}"), Ipv4Addr::LOCALHOST.to_bits());
            guessing.fails(&[place, address.clone()], at(number));
        }
        assert_eq!(guessing.kept(), COUNTS_MAX);
        assert!(guessing.waits(&address, at(COUNTS)));
    }

    #[test]
    fn s10_what_time_has_forgotten_makes_room_before_anything_else_does() {
        let guessing = Guessing::default();
        for number in 1..COUNTS {
            guessing.fails(&[place("desk", number)], at(0));
        }
        let latest = place("desk", 0);
        guessing.fails_much(&latest, at(1));
        assert_eq!(guessing.kept(), COUNTS_MAX);
        let later = at(0) + guessing.limits.login_forgotten_after;
        guessing.fails(&[place("desk", COUNTS)], later);
        assert_eq!(guessing.kept(), 2, "the latest and the new one");
    }
}
