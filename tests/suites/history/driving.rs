//! Playing a schedule: at its times, each call in its order, on virtual time.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use campus_dispatch::cli::history::replay::{
    Answer, Counter, Order, Part, Played, Refused, Schedule, drive, pace, schedule,
};
use tokio::time::{Instant, sleep};

use super::support::{mapping, read_text, shared};

/// Answers after a while, and remembers who asked what when.
struct Desk {
    begun: Instant,
    takes: Duration,
    refuses: Option<&'static str>,
    seen: Mutex<Vec<(Duration, Order)>>,
    inside: AtomicUsize,
    most_inside: AtomicUsize,
    next: AtomicUsize,
}

impl Desk {
    fn new(takes: Duration) -> Self {
        Self {
            begun: Instant::now(),
            takes,
            refuses: None,
            seen: Mutex::default(),
            inside: AtomicUsize::new(0),
            most_inside: AtomicUsize::new(0),
            next: AtomicUsize::new(1),
        }
    }

    fn orders(&self) -> Vec<(Duration, Order)> {
        self.seen.lock().expect("no panic").clone()
    }
}

impl Counter for Desk {
    async fn hand_in(&self, order: Order) -> Result<Answer, Refused> {
        let inside = self.inside.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_inside.fetch_max(inside, Ordering::SeqCst);
        self.seen.lock().expect("no panic").push((self.begun.elapsed(), order.clone()));
        sleep(self.takes).await;
        self.inside.fetch_sub(1, Ordering::SeqCst);
        if self.refuses.is_some_and(|what| order.path.ends_with(what)) {
            return Err(Refused("refused_here".to_owned()));
        }
        let units = order.body["units"].as_array().map_or(0, Vec::len);
        let first = self.next.fetch_add(units.max(1), Ordering::SeqCst) as u32;
        let assignments = (first..).take(units).collect();
        Ok(Answer { alert: (order.path == "/alerts").then_some(first), assignments })
    }
}

fn two_calls() -> Arc<Schedule> {
    let header = "type,call,unit,sequence,received,dispatched,arrived,cleared,priority,place,point";
    let rows = "Fight,1,A1,1,2026-03-02 10:00:00,2026-03-02 10:01:00,2026-03-02 10:05:00,2026-03-02 10:09:00,1,,\n\
                Fight,2,B1,1,2026-03-02 10:00:30,2026-03-02 10:01:00,2026-03-02 10:05:00,2026-03-02 10:09:00,1,,\n";
    let report = read_text(format!("{header}\n{rows}"), &mapping("example-per-unit.toml"));
    Arc::new(schedule(report.expect("a report").calls))
}

async fn play(schedule: &Arc<Schedule>, desk: &Arc<Desk>, speed: f64) -> Played {
    let offsets = pace(&schedule.acts, speed, None);
    let never = std::future::pending();
    drive(schedule.clone(), &offsets, desk.clone(), "run", never, |_| {}).await
}

#[tokio::test(start_paused = true)]
async fn acts_are_done_at_their_times_in_the_names_of_those_who_did_them() {
    let (schedule, desk) = (two_calls(), Arc::new(Desk::new(Duration::from_millis(1))));
    let played = play(&schedule, &desk, 60.0).await;
    let orders = desk.orders();
    let paths: Vec<(u64, &str)> = orders
        .iter()
        .filter(|(_, order)| order.part == Part::Gateway || order.path.ends_with("dispatch"))
        .map(|(at, order)| (at.as_millis() as u64, order.path.as_str()))
        .collect();
    let expected = [
        (0, "/alerts"),
        (500, "/alerts"),
        (1_000, "/alerts/1/dispatch"),
        (1_000, "/alerts/2/dispatch"),
    ];
    assert_eq!(paths, expected);
    assert_eq!((played.done, played.refused.len()), (12, 0));
    assert_eq!(orders.iter().filter(|(_, order)| order.part == Part::Gateway).count(), 2);
}

#[tokio::test(start_paused = true)]
async fn each_call_keeps_its_order_although_the_server_is_slow() {
    let (schedule, desk) = (two_calls(), Arc::new(Desk::new(Duration::from_secs(30))));
    let played = play(&schedule, &desk, 60.0).await;
    assert_eq!((played.done, played.refused.len()), (12, 0));
    let orders = desk.orders();
    // Each unit's part is told by the ids its own alert's dispatch was answered with.
    for call in ["run-0", "run-1"] {
        let raised = orders.iter().position(|(_, order)| {
            order.body["source_alarm_id"].as_str().is_some_and(|id| id.starts_with(call))
        });
        assert!(raised.is_some());
    }
    let verbs = |alert: &str| -> Vec<&str> {
        let on_alert = orders.iter().filter(|(_, order)| order.path.contains(alert));
        on_alert.map(|(_, order)| order.path.rsplit('/').next().unwrap_or("")).collect()
    };
    assert_eq!(verbs("/alerts/1/"), ["dispatch", "resolve", "close"]);
    assert!(played.lateness().max_ms.is_some_and(|ms| ms >= 30_000));
}

#[tokio::test(start_paused = true)]
async fn every_request_has_a_key_of_its_own() {
    let (schedule, desk) = (two_calls(), Arc::new(Desk::new(Duration::ZERO)));
    play(&schedule, &desk, 60.0).await;
    let mut keys: Vec<String> = desk.orders().into_iter().map(|(_, order)| order.key).collect();
    let all = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), all);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_told_with_its_reason_and_what_rests_on_it_is_not_asked_for() {
    let schedule = two_calls();
    let desk = Desk { refuses: Some("dispatch"), ..Desk::new(Duration::ZERO) };
    let desk = Arc::new(desk);
    let played = play(&schedule, &desk, 60.0).await;
    let refused: Vec<_> = played.refused.iter().collect();
    let unasked = "what it rests on was not done".to_owned();
    assert_eq!(
        refused,
        [
            (&("arrive", unasked.clone()), &2),
            (&("clear", unasked), &2),
            (&("dispatch", "refused_here".to_owned()), &2),
        ]
    );
    assert_eq!(played.done, 6);
}

#[tokio::test(start_paused = true)]
async fn no_more_requests_are_under_way_at_once_than_the_bound() {
    let text = std::fs::read(shared("sf-fire-calls-2017-01-02_04.csv")).expect("the file");
    let report = read_text(text, &mapping("sf-fire-calls.toml")).expect("a report");
    let schedule = Arc::new(schedule(report.calls));
    let desk = Arc::new(Desk::new(Duration::from_millis(20)));
    let played = play(&schedule, &desk, 100_000.0).await;
    assert_eq!((played.done, played.refused.len()), (schedule.acts.len(), 0));
    assert_eq!(desk.most_inside.load(Ordering::SeqCst), 64);
}

#[tokio::test(start_paused = true)]
async fn a_stopped_replay_tells_what_was_done_until_then() {
    let (schedule, desk) = (two_calls(), Arc::new(Desk::new(Duration::ZERO)));
    let offsets = pace(&schedule.acts, 60.0, None);
    let stop = sleep(Duration::from_millis(700));
    let played = drive(schedule.clone(), &offsets, desk, "run", stop, |_| {}).await;
    assert_eq!((played.done, played.refused.len()), (2, 0));
}
