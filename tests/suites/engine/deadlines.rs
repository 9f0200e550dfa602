//! Deadlines come by themselves, once, and not a millisecond early.

use campus_dispatch::domain::{Event, Record, event::Notice, id::AlertId};

use super::{
    ask,
    centre::{Centre, START},
};

/// What was told of an alert, with when, in milliseconds of the timeline.
fn told(centre: &Centre, alert: AlertId) -> Vec<(i64, Notice)> {
    let notice = |record: Record| match record.event {
        Event::DeadlinePassed { alert: of, notice } if of == alert => {
            Some(((record.at - START).millis(), notice))
        }
        _ => None,
    };
    centre.records().into_iter().filter_map(notice).collect()
}

fn warned() -> Notice {
    Notice::ClockWarned { rule: "l1".into() }
}

fn breached() -> Notice {
    Notice::ClockBreached { rule: "l1".into() }
}

#[tokio::test]
async fn a_clock_warns_at_its_warning_time() {
    let centre = Centre::open().await;
    let alert = centre.raises().await;
    centre.at_ms(39_999).await;
    assert!(told(&centre, alert).iter().all(|(_, notice)| *notice != warned()));
    centre.at_ms(40_000).await;
    assert!(told(&centre, alert).contains(&(40_000, warned())));
}

#[tokio::test]
async fn a_limit_is_passed_one_millisecond_after_it() {
    let centre = Centre::open().await;
    let alert = centre.raises().await;
    centre.at_ms(60_000).await;
    assert!(told(&centre, alert).iter().all(|(_, notice)| *notice != breached()));
    centre.at_ms(60_001).await;
    assert!(told(&centre, alert).contains(&(60_001, breached())));
}

#[tokio::test]
async fn a_deadline_is_told_once() {
    let centre = Centre::open().await;
    let alert = centre.raises().await;
    for second in [41, 61, 62, 200, 4_000] {
        centre.at_ms(second * 1_000).await;
    }
    for notice in [warned(), breached(), Notice::DispatchMissed] {
        let times = told(&centre, alert).iter().filter(|(_, told)| *told == notice).count();
        assert_eq!(times, 1, "{notice:?}");
    }
}

#[tokio::test]
async fn a_unit_that_arrived_in_time_leaves_no_breach() {
    let centre = Centre::open().await;
    let alert = centre.raises().await;
    let assignment = centre.does(ask::dispatch(alert, &["U-1"])).await.assignments[0];
    centre.at_ms(30_000).await;
    centre.does(ask::arrive(assignment)).await;
    centre.at_ms(100_000).await;
    let clocks = [warned(), breached()];
    assert!(told(&centre, alert).iter().all(|(_, notice)| !clocks.contains(notice)));
}

#[tokio::test]
async fn a_deadline_that_came_while_the_engine_was_down_is_told_after_the_start() {
    let mut centre = Centre::open().await;
    let alert = centre.raises().await;
    centre.engine.stop().await;
    centre.clock.set(START + campus_dispatch::domain::Within::from_seconds(61));
    centre.start_again();
    centre.at_ms(61_000).await;
    assert!(told(&centre, alert).contains(&(61_000, breached())));
    centre.restart().await;
    centre.at_ms(62_000).await;
    let breaches = told(&centre, alert).into_iter().filter(|(_, notice)| *notice == breached());
    assert_eq!(breaches.count(), 1, "once, over any number of starts");
}

#[tokio::test]
async fn more_alerts_than_one_turn_tells_are_all_told() {
    let centre = Centre::open().await;
    let raised: Vec<_> =
        (0..1_500).map(|_| centre.submits(super::centre::submission(ask::raise()))).collect();
    for answer in raised {
        answer.await.unwrap().unwrap();
    }
    // Each picture is a turn, and a turn tells a bounded number; all of them are due.
    let told = |centre: &Centre| {
        let board = centre.engine.board();
        board.alerts_before(None).filter(|alert| !alert.noticed.is_empty()).count()
    };
    let mut head = centre.engine.feed().head();
    centre.at_ms(11_000).await;
    while told(&centre) < 1_500 {
        head.changed().await.expect("the writer works on");
    }
    assert_eq!(centre.engine.picture().await.unwrap().alerts.len(), 1_500);
}

#[tokio::test]
async fn the_core_itself_signs_what_it_tells() {
    let centre = Centre::open().await;
    centre.raises().await;
    centre.at_ms(11_000).await;
    let last = centre.records().pop().unwrap();
    assert!(matches!(last.event, Event::DeadlinePassed { .. }));
    assert_eq!(last.actor, campus_dispatch::domain::Actor::system());
    assert_eq!(last.command, None);
}
