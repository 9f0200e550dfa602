//! `import history`: takes a file over as handled alerts, all or nothing.

use std::{
    fs::File,
    io::{BufReader, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail};
use clap::Args;
use futures_util::{StreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};

use super::{
    mapping::Mapping,
    read::read,
    rehearse::{Centre, Rehearsed, rehearse},
    report::Report,
};
use crate::{
    cli::limits::Limits,
    domain::{Actor, Channel, Command, Timestamp, command::Outcome},
    engine::{Engine, Submission, SubmitError},
};

/// Takes over another system's dispatch records as handled alerts, with their real time points.
#[derive(Clone, Debug, Args)]
pub struct ImportHistoryArgs {
    /// The CSV file, of at most 5,000,000 rows unless `limits.history_rows_max` says otherwise.
    pub file: PathBuf,
    /// What its columns and codes mean here.
    #[arg(long = "map", value_name = "MAPPING.toml")]
    pub mapping: PathBuf,
    /// Leave out calls with a bad row instead of refusing the file.
    #[arg(long)]
    pub skip_bad: bool,
    /// Print the report and write nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// How many calls are on their way to the writer at once: enough to fill its batches.
const IN_FLIGHT: usize = 256;

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub new: usize,
    /// Calls that had been taken over before; nothing was changed.
    pub known: usize,
}

/// Why an import stopped half-way. Run again, it goes on where it stopped.
#[derive(Debug, thiserror::Error)]
#[error("stopped after {done} calls: {error}; run it again to go on: known calls are skipped")]
pub struct Stopped {
    pub done: usize,
    pub error: SubmitError,
}

/// Reads the file, tells what it holds and, unless it is a dry run, takes it over.
///
/// # Errors
/// When the file or the mapping cannot be used, a row is bad and `skip_bad` is not given, or the
/// engine stops. Except in the last case nothing was written.
pub async fn import(
    args: &ImportHistoryArgs,
    engine: &Engine,
    limits: Limits,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let (board, now) = (engine.board(), engine.now());
    let centre = Centre { schools: board.schools(), policy: board.policy_at(now) };
    let rehearsed = rehearsal(args, centre, limits, now, out)?;
    if args.dry_run {
        return Ok(());
    }
    let bar = calls_bar(rehearsed.calls.len() as u64);
    let submit = |command| {
        let actor = Actor::console(Channel::Import);
        engine.submit(Submission { actor, id: None, command })
    };
    let imported = submit_all(rehearsed, submit, || bar.inc(1)).await;
    bar.finish_and_clear();
    let Imported { new, known } = imported?;
    writeln!(out, "taken over: {new} calls; already known: {known}")?;
    Ok(())
}

/// Reads the file and tells what it holds, writing nothing: the whole of a dry run.
///
/// # Errors
/// When the file or the mapping cannot be used, or a row is bad and `skip_bad` is not given.
pub fn rehearsal(
    args: &ImportHistoryArgs,
    centre: Centre,
    limits: Limits,
    now: Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<Rehearsed> {
    let mapping = Mapping::load(&args.mapping)?;
    let (report, rehearsed) = prepare(&args.file, &mapping, centre, limits, now)?;
    write!(out, "{report}{}", rehearsed.figures)?;
    check(&report, args.skip_bad)?;
    if args.dry_run {
        writeln!(out, "dry run: nothing was written")?;
    }
    Ok(rehearsed)
}

/// Reads the file and rehearses its import; nothing is written.
///
/// # Errors
/// When the file as a whole cannot be understood; one line, with the file's name.
pub fn prepare(
    path: &Path,
    mapping: &Mapping,
    centre: Centre,
    limits: Limits,
    now: Timestamp,
) -> anyhow::Result<(Report, Rehearsed)> {
    let mut report = open(path, mapping, limits, now)?;
    let rehearsed = rehearse(&mut report, mapping, centre, now);
    Ok((report, rehearsed))
}

/// Reads a file, showing how far it is.
///
/// # Errors
/// When the file as a whole cannot be understood; one line, with the file's name.
pub fn open(
    path: &Path,
    mapping: &Mapping,
    limits: Limits,
    now: Timestamp,
) -> anyhow::Result<Report> {
    let name = path.display().to_string();
    let file = File::open(path).with_context(|| format!("cannot open {name}"))?;
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let bar = ProgressBar::new(length).with_style(style("reading {bar:40} {bytes}/{total_bytes}"));
    let read = read(bar.wrap_read(BufReader::new(file)), mapping, limits, now);
    bar.finish_and_clear();
    read.map_err(|fault| anyhow::anyhow!("{name}: {fault}"))
}

/// Refuses a report with bad rows, unless they are to be skipped.
fn check(report: &Report, skip_bad: bool) -> anyhow::Result<()> {
    match report.bad_rows.len() {
        0 => Ok(()),
        _ if skip_bad => Ok(()),
        bad => bail!(
            "{bad} bad rows: nothing was written. Correct them, or leave their calls out with \
             --skip-bad"
        ),
    }
}

/// Submits every command in order, many on their way at once.
///
/// # Errors
/// At the first that fails; those before it are written.
pub async fn submit_all<F, Fut>(
    rehearsed: Rehearsed,
    submit: F,
    told: impl Fn(),
) -> Result<Imported, Stopped>
where
    F: Fn(Command) -> Fut,
    Fut: Future<Output = Result<Outcome, SubmitError>>,
{
    let mut imported = Imported::default();
    let stopped =
        |imported: &Imported, error| Stopped { done: imported.new + imported.known, error };
    if let Some(policy) = rehearsed.policy {
        patiently(&submit, policy).await.map_err(|error| stopped(&imported, error))?;
    }
    let submit = &submit;
    let mut outcomes =
        stream::iter(rehearsed.calls).map(|command| patiently(submit, command)).buffered(IN_FLIGHT);
    while let Some(outcome) = outcomes.next().await {
        let outcome = outcome.map_err(|error| stopped(&imported, error))?;
        match outcome.seq {
            0 => imported.known += 1,
            _ => imported.new += 1,
        }
        told();
    }
    Ok(imported)
}

/// Waits where the mailbox is full: an import has time, and live commands go first.
async fn patiently<F, Fut>(submit: &F, command: Command) -> Result<Outcome, SubmitError>
where
    F: Fn(Command) -> Fut,
    Fut: Future<Output = Result<Outcome, SubmitError>>,
{
    loop {
        match submit(command.clone()).await {
            Err(SubmitError::Overloaded) => tokio::time::sleep(Duration::from_millis(50)).await,
            settled => return settled,
        }
    }
}

fn calls_bar(calls: u64) -> ProgressBar {
    ProgressBar::new(calls).with_style(style("writing {bar:40} {pos}/{len} calls, {eta} left"))
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
