//! Row 4: the N-th sync or write of the journal fails, and every one after it.
//!
//! The kernel's answers are put in by strace. From the first error on nothing may be acknowledged;
//! the process ends by itself with its own exit code; a clean start holds all that was.

use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tokio::time::sleep;

use super::figures::{Spans, span};
use crate::{
    history::Entry,
    house::{House, Server, binary, privilege::need_program},
    judge::{Counts, Judge},
    load::{Load, Mix},
    plan::{Chance, Plan},
    report::Report,
};

/// Exit code of a storage that failed while serving.
const STORAGE_FAILED: i32 = 5;
/// Longer than an end takes that comes at all.
const HANGS_AFTER: Duration = Duration::from_secs(30);

/// What fails.
#[derive(Clone, Copy, Debug)]
struct Failure {
    call: &'static str,
    error: &'static str,
    from: u64,
}

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    need_program("strace", "strace")?;
    let mut chance = plan.chance(4);
    let step = plan.count(17, 1);
    let syncs = (1..=200).step_by(step).map(|from| ("fsync,fdatasync", "EIO", from));
    let writes = (1..=200).step_by(step * 2).map(|from| ("pwrite64", "EIO", from));
    let full = (1..=200).step_by(step * 4).map(|from| ("pwrite64", "ENOSPC", from));
    let failures: Vec<Failure> = syncs
        .chain(writes)
        .chain(full)
        .map(|(call, error, from)| Failure { call, error, from })
        .collect();
    let mut report = Report::of(failures.len(), "failing calls");
    let (mut ends, mut counts) = (Spans::default(), Counts::default());
    let mut at_start = 0;
    for failure in failures {
        match one(failure, &mut chance, &mut report, &mut counts).await? {
            Some(end) => ends.add(end),
            None => at_start += 1,
        }
    }
    report.figure(format!("ended after the error {} (target ≤ 1 s)", ends.told()));
    report.figure(format!("{at_start} refused to start, all started clean afterwards"));
    report.figure(counts.told());
    Ok(report)
}

/// One life under a failing disk, and the next one under a good one. How long it went on after the
/// error; `None` when it did not even start.
async fn one(
    failure: Failure,
    chance: &mut Chance,
    report: &mut Report,
    counts: &mut Counts,
) -> anyhow::Result<Option<Duration>> {
    let Failure { call, error, from } = failure;
    let house = House::small().await?;
    let mut judge = Judge::begin(&house.data)?;
    let log = house.data.with_file_name("strace.log");
    let trace = format!("trace={call}");
    let inject = format!("inject={call}:error={error}:when={from}+");
    let log_name = log.to_string_lossy();
    let strace =
        ["strace", "-D", "-f", "-qqq", "-ttt", "-o", &log_name, "-e", &trace, "-e", &inject];
    let command = house.serving_by(binary::under(&strace, &house.data));
    let mut server = Server::start(command, &house.address())?;
    let started = server.until_ready().await.is_ok();
    let mix = Mix { operators: 8, phones: 10, boards: 2, think: Duration::from_millis(10) };
    let mut load = None;
    if started {
        load = Some(Load::start(&house, mix, chance));
    }
    let status = server.ended(HANGS_AFTER).await;
    let ended_at = wall();
    match &status {
        Ok(status) if started => {
            report.check(status.code() == Some(STORAGE_FAILED), || {
                format!("I8 {failure:?}: it ended with {status} instead of {STORAGE_FAILED}")
            });
        }
        Ok(status) => report.check(!status.success(), || {
            format!("{failure:?}: it could not start, and ended well")
        }),
        Err(error) => report.violations.push(format!("I8 {failure:?}: {error}")),
    }
    report.check(!server.told().trim().is_empty(), || format!("{failure:?}: it told nothing"));
    if status.is_err() {
        server.kill().await?;
    }
    let failed_at = first_error(&log);
    let next_life = wall();
    let clean = house.serve().await;
    let clean = match clean {
        Ok(clean) => clean,
        Err(error) => {
            report.violations.push(format!("I10 {failure:?}: no clean restart: {error:#}"));
            return Ok(None);
        }
    };
    if let Some(load) = &mut load {
        // Whoever was left without an answer gets it from the next life.
        sleep(Duration::from_millis(200)).await;
        load.rest().await?;
        if let (Some(failed_at), true) = (failed_at, status.is_ok()) {
            // What is answered later may have been sent late, and answered by the next life.
            let late = |entry: &&Entry| {
                let sent = wall_of(entry);
                let is_of_this_life = sent < ended_at && sent + entry.took < next_life;
                entry.answer.done().is_some() && sent > failed_at && is_of_this_life
            };
            let told = load.history.peek(|entries| entries.iter().filter(late).count());
            report.check(told == 0, || {
                format!("I8 {failure:?}: {told} acknowledged although sent after the error")
            });
        }
        judge.look(load)?;
        report.violations.extend(load.compare_boards(&house).await?);
        load.close().await;
    }
    clean.stop().await?;
    if let Some(load) = &load {
        judge.close(load)?;
    }
    report.violations.append(&mut judge.violations);
    counts.add(&judge.counts);
    let end = failed_at.filter(|_| started).map(|at| ended_at.saturating_sub(at));
    if let Some(end) = end.filter(|end| *end > HANGS_AFTER / 2) {
        report.violations.push(format!("I8 {failure:?}: it went on for {}", span(end)));
    }
    Ok(end)
}

/// When the first call failed, by strace's own log.
fn first_error(log: &Path) -> Option<Duration> {
    let text = fs::read_to_string(log).ok()?;
    let line = text.lines().find(|line| line.contains("(INJECTED)"))?;
    let at = line.split_whitespace().find(|word| word.contains('.'))?;
    at.parse().ok().map(Duration::from_secs_f64)
}

fn wall() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// When an entry was sent, by the wall clock strace uses.
fn wall_of(entry: &Entry) -> Duration {
    wall().saturating_sub(entry.sent.elapsed())
}
