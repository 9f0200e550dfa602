//! Row 5: the disk fills up under load, and some of it is freed again.

use std::{
    fs,
    time::{Duration, Instant},
};

use anyhow::bail;
use tokio::time::sleep;

use super::figures::Spans;
use crate::{
    command::Command,
    history::{Answer, Caller, History},
    house::{
        House,
        mount::{self, Mount},
    },
    judge::Judge,
    load::{Load, Mix, socket},
    plan::Plan,
    report::Report,
};

const DISK_MEBIBYTES: u32 = 32;
/// Kept free by the server.
const RESERVE: u64 = 8 << 20;
/// A file of somebody else's, which is deleted later.
const BALLAST: usize = 20 << 20;
/// A long text, so that it does not take all day.
const TEXT: usize = 3_900;
/// Nothing here takes this long.
const HANGS_AFTER: Duration = Duration::from_secs(120);

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    let rounds = plan.count(2, 10);
    let mut report = Report::of(rounds, "full disks");
    let mut chance = plan.chance(5);
    let (mut writes_again, mut refusals) = (Spans::default(), Spans::default());
    for _ in 0..rounds {
        let place = mount::place()?;
        let disk = Mount::memory(DISK_MEBIBYTES, &place.path().join("disk"))?;
        let ballast = disk.at.join("ballast");
        fs::write(&ballast, vec![1; BALLAST])?;
        let mut house = House::small_at(&disk.at.join("data")).await?;
        house.set("CAMPUS_DISPATCH_DISK_RESERVE", RESERVE);
        let mut judge = Judge::begin(&house.data)?;
        let server = house.serve().await?;
        let mut load = Load::start(&house, Mix::default(), &mut chance);
        let history = load.history.clone();
        let desk = house.caller(&house.roster.operators[0]);
        let full = fill(&history, &desk).await?;
        report.check(full.status() == 507 && !full.code().is_empty(), || {
            format!("a full disk is told as {full}")
        });
        // Reading goes on: lists, fresh boards, health of the process.
        for path in ["/api/v1/alerts", "/health/live"] {
            let read = desk.read(path).await;
            report.check(read.done().is_some(), || format!("{path} on a full disk: {read}"));
        }
        let wall = house.caller(&house.roster.boards[0]);
        socket::glance(&wall, 0).await?;
        for _ in 0..20 {
            let began = Instant::now();
            let answer = note(&history, &desk).await;
            refusals.add(began.elapsed());
            report.check(answer.status() == 507, || format!("on a full disk: {answer}"));
        }
        fs::remove_file(&ballast)?;
        let freed = Instant::now();
        while note(&history, &desk).await.done().is_none() {
            if freed.elapsed() > HANGS_AFTER {
                bail!("it never writes again");
            }
            sleep(Duration::from_millis(20)).await;
        }
        writes_again.add(freed.elapsed());
        load.rest().await?;
        judge.look(&load)?;
        report.violations.extend(load.compare_boards(&house).await?);
        load.close().await;
        server.stop().await?;
        // The space kept free is enough to start on.
        house.serve().await?.stop().await?;
        judge.close(&load)?;
        report.violations.append(&mut judge.violations);
        drop(judge);
        disk.end()?;
    }
    report.figure(format!("507 after {}", refusals.told()));
    report.figure(format!("writes again after {} (target ≤ 5 s)", writes_again.told()));
    Ok(report)
}

/// Writes until nothing is taken any more; the refusal.
async fn fill(history: &History, desk: &Caller) -> anyhow::Result<Answer> {
    let began = Instant::now();
    loop {
        let answers = futures_util::future::join_all((0..32).map(|_| note(history, desk))).await;
        if let Some(refused) = answers.into_iter().find(|answer| answer.done().is_none()) {
            return Ok(refused);
        }
        if began.elapsed() > HANGS_AFTER {
            bail!("the disk never fills up");
        }
    }
}

/// An alert with a long summary: nothing before it is needed.
async fn note(history: &History, desk: &Caller) -> Answer {
    let summary = "长".repeat(TEXT);
    history.give(desk, Command::Raise { school: "S02".to_owned(), summary }).await
}
