//! Row 17: the wall clock is wrong from the start, passes midnight or the end of February, or is set
//! in the middle of work. Server time goes on as before, and every deadline comes once.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::Context;
use campus_dispatch::domain::{Event, Record, assignment::Step};
use futures_util::future::try_join_all;
use tokio::time::sleep;

use super::figures::Spans;
use crate::{
    command::Command,
    history::{Caller, History},
    house::{House, Server, binary, clocks},
    judge::{Judge, fired},
    plan::Plan,
    report::Report,
};

/// The clock's limit here.
const LIMIT: Duration = Duration::from_secs(4);
/// How late a deadline may be told.
const LATE_MAX: Duration = Duration::from_secs(2);
/// How far off a jump may be noted.
const JUMP_MARGIN_MS: i64 = 5_000;
const HOUR_MS: i64 = 3_600_000;

/// What is wrong with the wall clock.
#[derive(Clone, Copy, Debug)]
enum Wrong {
    /// It starts there, in the form of `faketime`.
    From(&'static str),
    /// It is set in the middle of work, by so many hours.
    Set { hours: i64 },
}

const CASES: [Wrong; 10] = [
    Wrong::From("+2h"),
    Wrong::From("-2h"),
    Wrong::From("+10y"),
    Wrong::From("-10y"),
    Wrong::From("@2028-02-28 23:59:58"),
    Wrong::From("@2026-12-31 23:59:58"),
    Wrong::Set { hours: 2 },
    Wrong::Set { hours: -2 },
    Wrong::Set { hours: 10 * 365 * 24 },
    Wrong::Set { hours: -10 * 365 * 24 },
];

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    let rounds = plan.count(1, 10);
    let mut report = Report::of(rounds * CASES.len(), "clocks, each over a restart");
    let library = library()?;
    let mut late = Spans::default();
    for _ in 0..rounds {
        for (violations, spans) in try_join_all(CASES.map(|case| one(case, &library))).await? {
            report.violations.extend(violations);
            spans.into_iter().for_each(|span| late.add(span));
        }
    }
    report.figure(format!("deadlines told late by {} (target ≤ 2 s)", late.told()));
    Ok(report)
}

/// One life under a wrong clock, and another under a right one; violations, and how late each
/// deadline was told.
async fn one(case: Wrong, library: &Path) -> anyhow::Result<(Vec<String>, Vec<Duration>)> {
    let house = House::small().await?;
    let mut judge = Judge::begin(&house.data)?;
    let setting = house.data.with_file_name("wall-clock");
    let from = match case {
        Wrong::From(from) => from,
        Wrong::Set { .. } => "+0",
    };
    fs::write(&setting, from)?;
    let mut command = house.serving_by(binary::under(&[], &house.data));
    command.env("LD_PRELOAD", library).env("DONT_FAKE_MONOTONIC", "1");
    match case {
        // A start at a fixed time runs on from there only when it is told directly.
        Wrong::From(from) => command.env("FAKETIME", from),
        Wrong::Set { .. } => {
            command.env("FAKETIME_TIMESTAMP_FILE", &setting).env("FAKETIME_NO_CACHE", "1")
        }
    };
    let server = Server::of(command, &house.address()).await?;
    clocks::shorten(&house.caller(&house.roster.admin), LIMIT).await?;
    let history = History::default();
    let desk = house.caller(&house.roster.operators[0]);
    let mut violations = Vec::new();
    let unanswered = history.raise(&desk).await?;
    let answered = history.raise(&desk).await?;
    if let Wrong::Set { hours } = case {
        sleep(Duration::from_millis(500)).await;
        fs::write(&setting, format!("{hours:+}h"))?;
        // The clock is looked at once a second.
        sleep(Duration::from_millis(1_200)).await;
    }
    arrive(&house, &history, &desk, answered).await?;
    sleep(LIMIT + LATE_MAX).await;
    let told = verdict(&desk, answered).await?;
    if told != "met" {
        violations.push(format!("{case:?}: an arrival in time was judged {told}"));
    }
    judge.look_at(&history, &[])?;
    server.stop().await?;
    let server = house.serve().await?;
    let after = history.raise(&desk).await?;
    sleep(LIMIT + LATE_MAX).await;
    let told = verdict(&desk, answered).await?;
    if told != "met" {
        violations.push(format!("{case:?}: after a restart it was judged {told}"));
    }
    judge.look_at(&history, &[])?;
    server.stop().await?;
    judge.settle()?;
    violations.append(&mut judge.violations);
    let records = fired::read(&house.data)?;
    violations.extend(trace(case, &records));
    let mut late = Vec::new();
    for alert in [unanswered, after] {
        match fired::fired(&records, alert) {
            (Some(raised), told) if told.len() == 1 => {
                let span = told[0].saturating_sub(raised + LIMIT);
                if told[0] < raised + LIMIT || span > LATE_MAX {
                    violations.push(format!("{case:?}: a deadline was told {:?} after", told[0]));
                }
                late.push(span);
            }
            (_, told) => {
                violations.push(format!("{case:?}: a deadline was told {} times", told.len()));
            }
        }
    }
    Ok((violations, late))
}

/// A unit is sent to an alert and arrives.
async fn arrive(house: &House, history: &History, desk: &Caller, alert: u64) -> anyhow::Result<()> {
    let (account, unit) = &house.roster.phones[0];
    let phone = house.caller(account);
    history.give(&phone, Command::OnDuty { unit: unit.clone() }).await;
    let sent = history.give(desk, Command::Dispatch { alert, units: vec![unit.clone()] }).await;
    let assignment = sent.done().and_then(|outcome| outcome["assignments"][0].as_u64());
    let assignment = assignment.with_context(|| format!("no unit is sent: {sent}"))?;
    let there = history.give(&phone, Command::Step { assignment, step: Step::Arrive }).await;
    there.done().with_context(|| format!("it does not arrive: {there}"))?;
    Ok(())
}

/// The verdict of an alert's governing clock; a negative time is none.
async fn verdict(desk: &Caller, alert: u64) -> anyhow::Result<String> {
    let answer = desk.read(&format!("/api/v1/alerts/{alert}")).await;
    let clocks = answer.done().map(|detail| detail["alert"]["clocks"].clone());
    let clocks = clocks.with_context(|| format!("the alert is shown: {answer}"))?;
    let mut clocks = clocks.as_array().into_iter().flatten();
    let clock = clocks.find(|clock| clock["governing"] == true);
    let clock = clock.context("a governing clock")?;
    let elapsed = clock["elapsed_ms"].as_i64();
    anyhow::ensure!(elapsed.is_none_or(|elapsed| elapsed >= 0), "it took {elapsed:?} ms");
    Ok(clock["verdict"].as_str().unwrap_or_default().to_owned())
}

/// What is missing of the trace that a wrong clock leaves: a jump that is a record, or, where it was
/// ahead from the start, records of a time to come.
fn trace(case: Wrong, records: &[Record]) -> Option<String> {
    let jumps: Vec<i64> = records
        .iter()
        .filter_map(|record| match record.event {
            Event::WallClockJumped { by_ms } => Some(by_ms.millis()),
            _ => None,
        })
        .collect();
    let is_told = match case {
        Wrong::Set { hours } => {
            jumps.iter().any(|by| (by - hours * HOUR_MS).abs() < JUMP_MARGIN_MS)
        }
        Wrong::From(_) => {
            let soon = SystemTime::now() + Duration::from_secs(3_600);
            let soon = soon.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64);
            let is_ahead = records.last().is_some_and(|record| record.at.millis() > soon);
            is_ahead || jumps.iter().any(|by| *by < -HOUR_MS)
        }
    };
    (!is_told).then(|| format!("{case:?}: nothing of it is in the journal; jumps: {jumps:?}"))
}

/// Where the library is that moves a process's clock.
fn library() -> anyhow::Result<PathBuf> {
    let places = ["x86_64-linux-gnu/faketime", "aarch64-linux-gnu/faketime", "faketime"];
    let found = places
        .iter()
        .map(|place| Path::new("/usr/lib").join(place).join("libfaketimeMT.so.1"))
        .find(|path| path.exists());
    found.context("libfaketime is missing: install Debian's package faketime")
}
