//! Whether anybody sits at a session: when it was last used, and whether its desk is locked (S6).
//!
//! This is not in the journal: it changes with every request. A restart finds everybody just seen
//! and no desk locked, so that a desk goes on after a crash without a word.

use dashmap::DashMap;

use crate::{
    domain::{Timestamp, Within, account::Session},
    engine::Board,
};

/// Entries beyond which those of ended sessions are looked for.
const SWEEP_AT: usize = 4_096;

/// Who is there.
pub struct Presence {
    /// When this process began to look.
    since: Timestamp,
    seats: DashMap<String, Seat>,
}

#[derive(Clone, Copy, Debug)]
struct Seat {
    seen_at: Timestamp,
    locked: bool,
}

impl Presence {
    pub fn since(now: Timestamp) -> Self {
        Self { since: now, seats: DashMap::new() }
    }

    /// When a session was last used.
    pub fn seen_at(&self, session: &Session) -> Timestamp {
        let seen_at = self.seats.get(&session.sha256).map(|seat| seat.seen_at);
        seen_at.unwrap_or(self.since).max(session.opened_at)
    }

    /// Somebody uses it now.
    pub fn see(&self, session: &Session, board: &Board, now: Timestamp) {
        if self.seats.len() > SWEEP_AT {
            self.seats.retain(|sha256, _| board.session(sha256).is_some());
        }
        let mut seat = self.seat(session);
        seat.seen_at = seat.seen_at.max(now);
    }

    /// Whether its desk is locked, by hand or because nobody used it for so long.
    pub fn is_locked(&self, session: &Session, after: Option<Within>, now: Timestamp) -> bool {
        let Some(after) = after else { return false };
        let by_hand = self.seats.get(&session.sha256).is_some_and(|seat| seat.locked);
        by_hand || now >= self.seen_at(session) + after
    }

    /// Locks its desk until the password is given.
    pub fn lock(&self, session: &Session) {
        self.seat(session).locked = true;
    }

    /// The password was given.
    pub fn unlock(&self, session: &Session, now: Timestamp) {
        let mut seat = self.seat(session);
        seat.locked = false;
        seat.seen_at = now;
    }

    fn seat(&self, session: &Session) -> dashmap::mapref::one::RefMut<'_, String, Seat> {
        let seen_at = self.since.max(session.opened_at);
        self.seats.entry(session.sha256.clone()).or_insert(Seat { seen_at, locked: false })
    }
}
