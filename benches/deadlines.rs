//! 100,000 open alerts: how much memory does each take, and how late are their deadlines told?
//!
//! A deadline that is told late is an alert nobody looks after, so the queue must not become slower
//! with what it holds: first it is asked alone, with 1,000,000 armed, what arming, moving and
//! cancelling one takes, and how much memory.
//!
//! The journal is SQLite on disk. Once the deadlines come as the alerts came, as fast as they can be
//! raised, on the machine's clock; once all at the same instant, with an operator who raises alerts
//! in the middle of it. `BENCH_ALERTS` sets how many alerts there are, `BENCH_BUDGET_SECONDS` how
//! long after the report the deadline comes; it must be longer than raising them all takes.

mod invented;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use campus_dispatch::{
    domain::{
        Actor, Channel, Command, Timestamp, Within, decide::adopt_policy::AdoptPolicy,
        event::Notice, id::AlertId, policy::preset::preset,
    },
    engine::{
        Engine, Limits, Submission,
        clock::{Clock, ManualClock, SystemClock},
        core::Core,
        deadlines::Deadlines,
        past::Past,
    },
    journal::sqlite::SqliteJournal,
};
use invented::{START, raise, told};
use rustix::time::{ClockId, clock_gettime};
use tokio::task::JoinSet;

/// Counts what is allocated and not freed.
struct Counting;

static LIVE_BYTES: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE_BYTES.fetch_add(layout.size(), Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE_BYTES.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn live_bytes() -> usize {
    LIVE_BYTES.load(Ordering::Relaxed)
}

#[tokio::main]
async fn main() {
    queue_alone(told("BENCH_ARMED", 1_000_000) as u32);
    let alerts = told("BENCH_ALERTS", 100_000) as usize;
    head_alone(alerts);
    let clock = SystemClock::new();
    let dispatch = Within::from_seconds(told("BENCH_BUDGET_SECONDS", 30) as i64);
    as_they_came(alerts, Arc::new(clock), dispatch).await;
    all_at_once(alerts).await;
}

/// The queue and nothing else: deadlines spread over ten minutes, as they come in no order.
fn queue_alone(armed: u32) {
    let at = |alert: u32, turn: u32| {
        let spread = alert.wrapping_mul(2_654_435_761).wrapping_add(turn) % 600_000;
        Some(START + Within::from_millis(spread.into()))
    };
    let mut queue = Deadlines::default();
    // By the thread's own time on a core, so that it does not depend on who else uses the machine.
    let on_core = || {
        let spent = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(spent.tv_sec as u64, spent.tv_nsec as u32)
    };
    let took = |what: &str, work: &mut dyn FnMut(u32)| {
        let begun = on_core();
        (1..=armed).for_each(work);
        let each = (on_core() - begun).as_nanos() / u128::from(armed);
        println!("queue of {armed}: {what} takes {each} ns");
    };
    let before = live_bytes();
    took("arming", &mut |alert| queue.set(AlertId(alert), at(alert, 0)));
    let bytes = (live_bytes() - before) / armed as usize;
    took("moving", &mut |alert| queue.set(AlertId(alert), at(alert, 300_000)));
    took("cancelling", &mut |alert| queue.set(AlertId(alert), None));
    println!("queue of {armed}: {bytes} bytes each");
}

/// The head with its deadline queue and its memory of commands, without board and feed.
fn head_alone(alerts: usize) {
    let mut core = Core::new(Past::default());
    for submission in invented::setting_up() {
        core.step(&submission, START).expect("set up");
    }
    let before = live_bytes();
    for _ in 0..alerts {
        core.step(&raise(), START).expect("raised");
    }
    println!("head: {} bytes per open alert", (live_bytes() - before) / alerts);
    let before = Instant::now();
    let clone = core.past().clone();
    println!("cloned for a snapshot in {:.1} ms", before.elapsed().as_secs_f64() * 1e3);
    drop(clone);
}

async fn as_they_came(alerts: usize, clock: Arc<dyn Clock>, dispatch: Within) {
    let (engine, _directory) = open(clock, dispatch).await;
    let before = live_bytes();
    raise_all(&engine, alerts).await;
    println!("engine: {} bytes per open alert", (live_bytes() - before) / alerts);
    let late = lateness(&engine, alerts, dispatch).await;
    print_lateness("deadlines as they come", late);
    engine.stop().await;
}

async fn all_at_once(alerts: usize) {
    let clock = Arc::new(ManualClock::at(START));
    let dispatch = Within::from_seconds(30);
    let (engine, _directory) = open(clock.clone(), dispatch).await;
    raise_all(&engine, alerts).await;
    let before = Instant::now();
    clock.set(START + Within::from_seconds(31));
    // An operator in the middle of it.
    let mut slowest = 0.0_f64;
    let mut raised = 0;
    let mut left = engine.feed().head();
    let all = engine.position().seq + alerts as u64;
    while *left.borrow_and_update() < all + raised {
        let pressed = Instant::now();
        engine.submit(raise()).await.expect("raised");
        raised += 1;
        slowest = slowest.max(pressed.elapsed().as_secs_f64() * 1e3);
    }
    println!(
        "{alerts} deadlines at one instant: told within {:.2} s; {raised} alerts raised meanwhile, \
         the slowest in {slowest:.1} ms",
        before.elapsed().as_secs_f64()
    );
    engine.stop().await;
}

async fn open(clock: Arc<dyn Clock>, dispatch: Within) -> (Engine, tempfile::TempDir) {
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory");
    let journal = Box::new(SqliteJournal::open(directory.path()).expect("a new journal"));
    let limits = Limits { ring_max: 1_024, ..Limits::default() };
    let engine =
        Engine::start(journal, None, clock, limits, &mut |_, _| {}).expect("nothing to replay");
    for submission in invented::setting_up() {
        engine.submit(submission).await.expect("set up");
    }
    // Only the dispatch budget comes within the bench.
    let mut policy = preset("severity-only").expect("shipped");
    policy.budgets.t1.dispatch = dispatch;
    for rule in &mut policy.rules {
        (rule.warn_at, rule.limit) = (Within::from_seconds(7_200), Within::from_seconds(10_000));
    }
    let actor = Actor::console(Channel::Console);
    let command = Command::AdoptPolicy(AdoptPolicy { policy });
    engine.submit(Submission { actor, id: None, command }).await.expect("adopted");
    (engine, directory)
}

async fn raise_all(engine: &Engine, alerts: usize) {
    let began = Instant::now();
    let mut operators = JoinSet::new();
    for operator in 0..256 {
        let engine = engine.clone();
        let share = alerts / 256 + usize::from(operator < alerts % 256);
        operators.spawn(async move {
            for _ in 0..share {
                engine.submit(raise()).await.expect("raised");
            }
        });
    }
    operators.join_all().await;
    println!("{alerts} alerts raised in {:.1} s", began.elapsed().as_secs_f64());
}

/// Milliseconds from each dispatch budget's end to the record that tells it.
async fn lateness(engine: &Engine, alerts: usize, dispatch: Within) -> Vec<i64> {
    let mut late = Vec::with_capacity(alerts);
    let mut head = engine.feed().head();
    let told = |engine: &Engine| -> Vec<(Timestamp, Timestamp)> {
        let board = engine.board();
        let alerts = board.alerts_before(None);
        alerts
            .filter_map(|alert| {
                let told = alert.noticed.first()?;
                assert_eq!(told.notice, Notice::DispatchMissed);
                Some((alert.received_at + dispatch, told.at))
            })
            .collect()
    };
    loop {
        let due = told(engine);
        if due.len() == alerts {
            late.extend(due.into_iter().map(|(due, told)| (told - due).millis()));
            return late;
        }
        let waiting = alerts - due.len();
        for _ in 0..waiting.div_ceil(2_048) {
            head.changed().await.expect("the engine runs");
        }
    }
}

fn print_lateness(label: &str, mut late: Vec<i64>) {
    late.sort_unstable();
    let at = |percent: usize| late[(late.len() * percent).div_ceil(100) - 1];
    println!("{label}: late by p50 {} ms, p99 {} ms, max {} ms", at(50), at(99), at(100));
}
