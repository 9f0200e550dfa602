//! How often one account or one address may ask (S20).

use std::{hash::Hash, num::NonZeroU32, time::Duration};

use governor::{
    Quota, RateLimiter, clock::Clock, middleware::NoOpMiddleware, nanos::Nanos,
    state::keyed::DefaultKeyedStateStore,
};

use crate::engine::Engine;

/// Those who asked that are kept; before another comes, whoever has been quiet is forgotten, who may
/// ask as much as any newcomer. Not for a site to move: it holds nobody back, only memory, and
/// hardly so many are loud within one second.
const KEPT_MAX: usize = 10_000;

/// When each of them asked last.
pub struct Pace<Who: Clone + Eq + Hash, Time: Clock<Instant = Nanos> = ServerClock>(
    RateLimiter<Who, DefaultKeyedStateStore<Who>, Time, NoOpMiddleware<Nanos>>,
);

impl<Who: Clone + Eq + Hash, Time: Clock<Instant = Nanos>> Pace<Who, Time> {
    /// So many requests of one of them in a second, and twice as many at once after a quiet one.
    pub fn of(clock: Time, per_second: NonZeroU32) -> Self {
        let burst = per_second.saturating_add(per_second.get());
        let quota = Quota::per_second(per_second).allow_burst(burst);
        Self(RateLimiter::new(quota, DefaultKeyedStateStore::default(), clock))
    }

    /// Counts a request.
    ///
    /// # Errors
    /// Where it comes too soon, with how long to wait.
    pub fn keep(&self, who: &Who) -> Result<(), Duration> {
        if self.0.len() >= KEPT_MAX {
            self.0.retain_recent();
        }
        let now = self.0.clock().now();
        self.0.check_key(who).map_err(|not_before| not_before.wait_time_from(now))
    }
}

/// Server time, as a pace reads it.
#[derive(Clone)]
pub struct ServerClock(pub Engine);

impl Clock for ServerClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Duration::from_millis(self.0.now().millis().unsigned_abs()).into()
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    const LOUD: usize = 0;
    const SECOND: Duration = Duration::from_secs(1);

    /// A door at which time stands still; everybody may knock twice in a second, or four times at
    /// once.
    struct Door {
        pace: Pace<usize, FakeRelativeClock>,
        clock: FakeRelativeClock,
    }

    impl Door {
        fn open() -> Self {
            let clock = FakeRelativeClock::default();
            Self { pace: Pace::of(clock.clone(), NonZeroU32::new(2).unwrap()), clock }
        }

        fn answers(&self, who: usize) -> bool {
            self.pace.keep(&who).is_ok()
        }

        /// One uses up all knocks, and others knock once, up to so many in all.
        fn knocked_at_by(&self, in_all: usize) {
            assert_eq!([(); 5].map(|()| self.answers(LOUD)), [true, true, true, true, false]);
            (1..in_all).for_each(|who| assert!(self.answers(who)));
        }

        fn kept(&self) -> usize {
            self.pace.0.len()
        }
    }

    #[test]
    fn s20_all_that_have_room_are_kept_and_before_one_more_the_quiet_are_forgotten() {
        let door = Door::open();
        door.knocked_at_by(KEPT_MAX - 1);
        door.clock.advance(SECOND);
        assert!(door.answers(KEPT_MAX - 1));
        assert_eq!(door.kept(), KEPT_MAX);
        assert!(door.answers(KEPT_MAX));
        assert_eq!(door.kept(), 3, "the loud one and the last two");
    }

    #[test]
    fn s20_one_who_was_loud_gains_nothing_by_others_who_take_all_room() {
        let door = Door::open();
        door.knocked_at_by(KEPT_MAX + 1);
        assert!(!door.answers(LOUD));
        door.clock.advance(SECOND);
        assert!(door.answers(KEPT_MAX + 1));
        assert_eq!([(); 3].map(|()| door.answers(LOUD)), [true, true, false]);
    }

    #[test]
    fn s20_one_who_is_new_is_answered_though_all_room_is_taken() {
        let door = Door::open();
        door.knocked_at_by(KEPT_MAX);
        assert_eq!([(); 5].map(|()| door.answers(KEPT_MAX)), [true, true, true, true, false]);
    }
}
