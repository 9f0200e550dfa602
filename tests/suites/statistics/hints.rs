use campus_dispatch::{
    domain::classification::{Severity::*, Tier},
    statistics::{Hint, HintKind},
};

use super::centre::Centre;

fn of(hints: &[Hint], kind: HintKind) -> Vec<&Hint> {
    hints.iter().filter(|hint| hint.kind == kind).collect()
}

#[tokio::test]
async fn arrivals_heaped_just_under_the_limit_are_worth_a_look_and_evenly_spread_ones_are_not() {
    let centre = Centre::open().await;
    // 300 s, so the last 15 s before it: twelve of fourteen arrive there.
    for n in 0..12 {
        centre.reached(n * 1_000, n * 1_000 + 290).await;
    }
    centre.reached(20_000, 20_000 + 280).await;
    centre.reached(21_000, 21_000 + 310).await;
    let hints = centre.hints();
    let heaped = of(&hints, HintKind::JustUnderLimit)[2];
    assert_eq!((heaped.tier, heaped.count, heaped.n), (Some(Tier::T5), 12, 14));
    assert!(heaped.worth_a_look);

    let centre = Centre::open().await;
    for (n, took) in
        [275, 280, 282, 284, 289, 291, 293, 298, 301, 305, 309, 312].into_iter().enumerate()
    {
        let received = n as i64 * 1_000;
        centre.reached(received, received + took).await;
    }
    let hints = centre.hints();
    let even = of(&hints, HintKind::JustUnderLimit)[2];
    assert_eq!((even.count, even.n), (4, 12));
    assert!(!even.worth_a_look);
}

#[tokio::test]
async fn one_unit_at_two_alerts_in_one_second_is_worth_a_look() {
    let centre = Centre::open().await;
    centre.reached(0, 100).await;
    let (one, other) = (centre.raise(L2).await, centre.raise(L2).await);
    let (first, second) = (centre.dispatch(one).await, centre.dispatch(other).await);
    centre.at(200).arrive(first).await;
    centre.arrive(second).await;
    let hints = centre.hints();
    let same = of(&hints, HintKind::SameSecond)[0];
    assert_eq!((same.count, same.n, same.alerts.as_slice()), (2, 3, [one, other].as_slice()));
    assert!(same.worth_a_look);
}

#[tokio::test]
async fn a_tier_lowered_after_the_start_is_counted_and_a_machines_first_look_is_not() {
    let centre = Centre::open().await;
    let lowered = centre.raise(L2).await;
    centre.raise(L2).await;
    centre.lower(lowered).await;
    let hints = centre.hints();
    let tiers = of(&hints, HintKind::TierLowered)[0];
    assert_eq!((tiers.count, tiers.n, tiers.alerts.as_slice()), (1, 2, [lowered].as_slice()));
    assert!(!tiers.worth_a_look, "two alerts say nothing");
}

#[tokio::test]
async fn exercises_are_not_among_the_actual_ones() {
    let centre = Centre::open().await;
    centre.raise_as(campus_dispatch::domain::classification::Mode::Exercise, L2).await;
    let hints = centre.hints();
    assert!(hints.iter().all(|hint| hint.n == 0 && !hint.worth_a_look));
}
