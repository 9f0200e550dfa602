//! Server time goes forward, whatever the wall clock does.

use std::{sync::Arc, time::Duration};

use campus_dispatch::{
    domain::{
        Actor, Channel, Command, Event, Timestamp, Within, decide::adopt_policy::AdoptPolicy,
        policy::preset::preset,
    },
    engine::{
        Engine, Submission,
        clock::{Clock, ManualClock, SystemClock},
    },
};

use super::centre::{Centre, START};

/// Every jump noted, in milliseconds.
fn jumps(centre: &Centre) -> Vec<i64> {
    let jump = |event: &Event| match event {
        Event::WallClockJumped { by_ms } => Some(by_ms.millis()),
        _ => None,
    };
    centre.records().iter().filter_map(|record| jump(&record.event)).collect()
}

#[tokio::test]
async fn a_jump_of_the_wall_clock_is_noted_once() {
    let centre = Centre::open().await;
    centre.clock.jump_wall(Within::from_seconds(7_200));
    centre.at_ms(1_000).await;
    centre.at_ms(2_000).await;
    centre.clock.jump_wall(Within::from_seconds(-7_200));
    centre.at_ms(3_000).await;
    assert_eq!(jumps(&centre), [7_200_000, -7_200_000]);
}

#[tokio::test]
async fn a_small_correction_of_the_wall_clock_is_not_a_jump() {
    let centre = Centre::open().await;
    for second in 1..10 {
        centre.clock.jump_wall(Within::from_millis(2_000));
        centre.at_ms(second * 1_000).await;
    }
    assert_eq!(jumps(&centre), [] as [i64; 0]);
}

#[tokio::test]
async fn a_jump_of_the_wall_clock_moves_no_deadline() {
    let centre = Centre::open().await;
    let alert = centre.raises().await;
    centre.clock.jump_wall(Within::from_seconds(86_400));
    centre.at_ms(1_000).await;
    assert!(centre.engine.board().alert(alert).unwrap().noticed.is_empty());
    centre.clock.jump_wall(Within::from_seconds(-2 * 86_400));
    centre.at_ms(10_001).await;
    assert_eq!(centre.engine.board().alert(alert).unwrap().noticed.len(), 1);
}

/// A machine that was started again with its date set back by ten years.
async fn restarted_in_the_past() -> Centre {
    let mut centre = Centre::open().await;
    centre.raises().await;
    centre.engine.stop().await;
    centre.clock = Arc::new(ManualClock::at(START + Within::from_seconds(-10 * 365 * 86_400)));
    centre.start_again();
    centre
}

#[tokio::test]
async fn after_a_start_with_the_wall_clock_set_back_time_goes_on_from_the_last_record() {
    let centre = restarted_in_the_past().await;
    let last_at = centre.records().last().unwrap().at;
    assert_eq!(centre.engine.now(), last_at);
    centre.clock.advance(Within::from_seconds(5));
    assert_eq!(centre.engine.now(), last_at + Within::from_seconds(5));
}

#[tokio::test]
async fn after_a_start_with_the_wall_clock_set_back_deadlines_still_come() {
    let centre = restarted_in_the_past().await;
    centre.clock.advance(Within::from_millis(10_001));
    centre.engine.picture().await.unwrap();
    let alert = centre.engine.board().alerts_before(None).next().unwrap();
    assert_eq!(alert.noticed.len(), 1);
}

#[tokio::test]
async fn a_start_with_the_wall_clock_set_back_is_noted() {
    let centre = restarted_in_the_past().await;
    centre.engine.picture().await.unwrap();
    assert_eq!(jumps(&centre), [-10 * 365 * 86_400_000]);
}

#[test]
fn the_real_clock_says_how_long_until_an_instant() {
    let clock = SystemClock::new();
    let now = clock.now();
    assert_eq!(clock.until(now), Duration::ZERO);
    let hour = clock.until(now + Within::from_seconds(3_600));
    assert!(hour <= Duration::from_secs(3_600) && hour > Duration::from_secs(3_000), "{hour:?}");
    assert_eq!(clock.until(Timestamp::from_millis(0)), Duration::ZERO);
    assert!(clock.wall_offset().millis().abs() < 1_000_000);
    assert!(clock.now() >= now);
}

/// On the real clock too the writer wakes by itself when something is due.
#[tokio::test]
async fn the_writer_wakes_by_itself() {
    let disk = campus_dispatch::journal::memory::MemoryDisk::default();
    let journal = Box::new(disk.open().unwrap());
    let clock = Arc::new(SystemClock::new());
    let limits = campus_dispatch::engine::Limits::default();
    let engine = Engine::start(journal, None, clock, limits, &mut |_, _| {}).unwrap();
    for submission in super::centre::setting_up() {
        engine.submit(submission).await.unwrap();
    }
    let mut policy = preset("severity-only").unwrap();
    policy.version = 2;
    policy.budgets.t1.dispatch = Within::from_millis(20);
    let hasty = Command::AdoptPolicy(AdoptPolicy { policy });
    let actor = Actor::console(Channel::Console);
    engine.submit(Submission { actor, id: None, command: hasty }).await.unwrap();
    let raised = engine.submit(super::centre::submission(super::ask::raise())).await.unwrap();
    let alert = engine.board().alert(raised.alert.unwrap()).unwrap();
    let due = alert.next_deadline().unwrap();
    let mut head = engine.feed().head();
    head.mark_unchanged();
    head.changed().await.unwrap();
    let told = engine.board().alert(alert.id).unwrap();
    assert_eq!(told.noticed.len(), 1);
    assert!(told.noticed[0].at >= due);
    engine.stop().await;
}
