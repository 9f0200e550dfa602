//! The one door by which time enters.

use std::{
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

pub use super::manual_clock::ManualClock;
use crate::domain::{Timestamp, Within};

/// Server time. The real one runs on monotonic time from one reading of the wall clock, so a jump
/// of the wall clock moves no deadline; tests bring their own.
pub trait Clock: Send + Sync {
    /// Server time now.
    fn now(&self) -> Timestamp;

    /// How far the wall clock is ahead of server time; 0 where there is no wall clock.
    fn wall_offset(&self) -> Within;

    /// How long, in real time, until server time reaches `at`; zero when it has.
    fn until(&self, at: Timestamp) -> Duration;

    /// Asks for a call whenever server time is moved otherwise than by passing, so that nobody
    /// sleeps on an [`until`](Self::until) that no longer holds. The real one never is.
    fn on_move(&self, wake: Box<dyn Fn() + Send + Sync>) {
        drop(wake);
    }
}

/// The machine's time.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    wall_at_start: Timestamp,
    started: Instant,
}

impl SystemClock {
    /// Reads the wall clock, once.
    pub fn new() -> Self {
        Self { wall_at_start: wall_now(), started: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        self.wall_at_start + millis(self.started.elapsed())
    }

    fn wall_offset(&self) -> Within {
        wall_now() - self.now()
    }

    fn until(&self, at: Timestamp) -> Duration {
        let from_start = (at - self.wall_at_start).millis();
        let from_start = Duration::from_millis(from_start.try_into().unwrap_or(0));
        from_start.saturating_sub(self.started.elapsed())
    }
}

fn wall_now() -> Timestamp {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => Timestamp::from_millis(0) + millis(since),
        Err(before) => Timestamp::from_millis(-millis(before.duration()).millis()),
    }
}

fn millis(duration: Duration) -> Within {
    Within::from_millis(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX))
}

/// The clock as the engine reads it: never behind the last record of the journal, also when the
/// machine was restarted with its wall clock set back. It then runs ahead of the clock by what was
/// missing, so that deadlines go on coming.
#[derive(Clone)]
pub(super) struct ServerTime {
    clock: Arc<dyn Clock>,
    ahead: Within,
}

impl ServerTime {
    pub fn from(clock: Arc<dyn Clock>, last_at: Timestamp) -> Self {
        let missing = last_at - clock.now();
        Self { clock, ahead: missing.max(Within::default()) }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now() + self.ahead
    }

    pub fn wall_offset(&self) -> Within {
        Within::from_millis(self.clock.wall_offset().millis() - self.ahead.millis())
    }

    pub fn until(&self, at: Timestamp) -> Duration {
        self.clock.until(at + Within::from_millis(-self.ahead.millis()))
    }

    pub fn on_move(&self, wake: Box<dyn Fn() + Send + Sync>) {
        self.clock.on_move(wake);
    }
}
