//! The one door by which time enters.

use std::time::Duration;

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
}
