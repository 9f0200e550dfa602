//! How many sockets each account has open.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use dashmap::DashMap;

use crate::domain::id::AccountName;

/// The count per account.
#[derive(Clone, Default)]
pub struct Seats {
    by_account: Arc<DashMap<AccountName, usize>>,
    taken: Arc<AtomicUsize>,
}

/// A place taken, given back when dropped.
pub struct Seat {
    seats: Seats,
    account: AccountName,
}

impl Seats {
    /// Takes a place, if the account has one left.
    pub fn take(&self, account: &AccountName, max: usize) -> Option<Seat> {
        let mut count = self.by_account.entry(account.clone()).or_default();
        if *count >= max {
            return None;
        }
        *count += 1;
        self.taken.fetch_add(1, Ordering::Relaxed);
        Some(Seat { seats: self.clone(), account: account.clone() })
    }

    /// All places taken.
    pub fn taken(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.taken.fetch_sub(1, Ordering::Relaxed);
        self.seats.by_account.remove_if_mut(&self.account, |_, count| {
            *count = count.saturating_sub(1);
            *count == 0
        });
    }
}
