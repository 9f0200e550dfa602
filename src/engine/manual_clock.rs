//! Time that moves only when it is told to.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use crate::{
    domain::{Timestamp, Within},
    engine::clock::Clock,
};

/// A clock for tests and simulation. Whoever waits for an instant sleeps until the clock is moved
/// there; nobody sleeps for real.
pub struct ManualClock {
    hands: Mutex<Hands>,
    wakers: Mutex<Vec<Box<dyn Fn() + Send + Sync>>>,
}

#[derive(Clone, Copy)]
struct Hands {
    now: Timestamp,
    wall_offset: Within,
}

impl ManualClock {
    /// A clock that stands at `now`, its wall clock agreeing.
    pub fn at(now: Timestamp) -> Self {
        let hands = Hands { now, wall_offset: Within::default() };
        Self { hands: Mutex::new(hands), wakers: Mutex::default() }
    }

    /// Moves server time to `now`. It should not be moved backward: the real one never is.
    pub fn set(&self, now: Timestamp) {
        self.change(|hands| hands.now = now);
    }

    /// Moves server time on.
    pub fn advance(&self, by: Within) {
        self.change(|hands| hands.now = hands.now + by);
    }

    /// Moves the wall clock against server time, as somebody setting the machine's date does.
    pub fn jump_wall(&self, by: Within) {
        self.change(|hands| {
            hands.wall_offset = Within::from_millis(hands.wall_offset.millis() + by.millis());
        });
    }

    fn change(&self, change: impl FnOnce(&mut Hands)) {
        change(&mut self.hands.lock().unwrap_or_else(PoisonError::into_inner));
        let wakers = self.wakers.lock().unwrap_or_else(PoisonError::into_inner);
        wakers.iter().for_each(|wake| wake());
    }

    fn hands(&self) -> Hands {
        *self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        self.hands().now
    }

    fn wall_offset(&self) -> Within {
        self.hands().wall_offset
    }

    fn until(&self, at: Timestamp) -> Duration {
        if at <= self.now() { Duration::ZERO } else { Duration::MAX }
    }

    fn on_move(&self, wake: Box<dyn Fn() + Send + Sync>) {
        self.wakers.lock().unwrap_or_else(PoisonError::into_inner).push(wake);
    }
}
