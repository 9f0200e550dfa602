//! How quickly a unit takes its steps on one assignment.

use std::time::Duration;

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use crate::domain::id::AssignmentId;

/// Nobody is on scene sooner after a dispatch than this.
const ARRIVAL_MIN: Duration = Duration::from_secs(9);

/// What is known when a unit is sent.
#[derive(Clone, Copy, Debug)]
pub struct Errand {
    pub assignment: AssignmentId,
    /// What is left of the limit; none where no clock runs.
    pub left: Option<Duration>,
    /// It shall come too late.
    pub is_late: bool,
    /// It shall not acknowledge in time.
    pub is_slow: bool,
    pub on_scene: Duration,
    /// How many times quicker than at speed 1 the way is gone.
    pub haste: f64,
}

/// When each step is taken, counted from the dispatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    pub delivered: Duration,
    pub acknowledged: Duration,
    pub en_route: Duration,
    pub half_way: Duration,
    pub arrived: Duration,
    pub feedback: Duration,
    pub cleared: Duration,
}

/// The pace of an errand. The same seed and errand give the same pace.
pub fn pace(seed: u64, errand: &Errand) -> Pace {
    let number = u64::from(errand.assignment.0);
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed ^ number.rotate_left(32));
    let left = errand.left.unwrap_or(Duration::from_secs(240));
    let share = random.random_range(0.3..0.75) / errand.haste.max(1.0);
    let in_time = left.mul_f64(share).max(ARRIVAL_MIN);
    let too_late = left + Duration::from_secs(random.random_range(6..40));
    let arrived = if errand.is_late { too_late.max(ARRIVAL_MIN) } else { in_time };
    let quick = arrived.mul_f64(random.random_range(0.12..0.3)).min(Duration::from_secs(22));
    // Past the longest budget for an acknowledgement where the way allows it.
    let slow = arrived.mul_f64(0.75).min(Duration::from_secs(70));
    let acknowledged = if errand.is_slow { slow } else { quick };
    let en_route = acknowledged + (arrived - acknowledged).mul_f64(random.random_range(0.08..0.25));
    let on_scene = errand.on_scene.div_f64(errand.haste);
    Pace {
        delivered: acknowledged.mul_f64(0.2).min(Duration::from_millis(800)),
        acknowledged,
        en_route,
        half_way: en_route + (arrived - en_route) / 2,
        arrived,
        feedback: arrived + on_scene.mul_f64(random.random_range(0.15..0.3)),
        cleared: arrived + on_scene,
    }
}
