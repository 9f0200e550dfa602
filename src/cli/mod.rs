//! The command line: what was said ([`args`]), what it means ([`config`]), and a room for each
//! subcommand. The only floor that writes to the terminal, reads files a person names, and ends the
//! process.
//!
//! Absent here: rules. What is taken over from a file or played in a demo is decided by the domain
//! like everything else.

pub mod account;
pub mod args;
mod backup;
mod bench;
mod cohort;
pub mod config;
pub mod data_directory;
pub mod demo;
mod descriptors;
mod disclosure;
pub mod district;
pub mod export;
pub mod failure;
pub mod history;
mod journal;
pub mod limits;
mod openapi;
mod output;
mod print;
mod private;
mod progress;
mod report;
pub mod serve;
mod statistics;
mod telemetry;
pub mod tls;
mod toml_line;
pub mod watch;

use std::{future::Future, io, process::ExitCode, time::Duration};

use clap::Parser;
use tokio::runtime::Runtime;

use self::{
    args::{Arguments, Command, ImportCommand},
    config::Settings,
    district::Noun,
    failure::Failure,
};
use crate::domain::State;

/// How long a stopped runtime waits for what hangs: a failed disk must not keep the process.
const RUNTIME_STOP_WITHIN: Duration = Duration::from_millis(500);

/// Runs the process.
pub fn run() -> ExitCode {
    match dispatch(Arguments::parse()) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}

fn dispatch(arguments: Arguments) -> Result<ExitCode, Failure> {
    let Arguments { common, command } = arguments;
    let (settings, strangers) = Settings::load(&common, &config::environment())?;
    for name in strangers {
        eprintln!("campus-dispatch: the variable {name} means nothing here and was passed over");
    }
    let data = &settings.data;
    match command.unwrap_or_default() {
        Command::Serve(args) => in_runtime(serve::run(&args, settings)),
        Command::Demo(args) => in_runtime(demo::run(args, common, settings)),
        Command::Import(ImportCommand::Schools(args)) => {
            district::run(Noun::School, &args, &settings)
        }
        Command::Import(ImportCommand::Stations(args)) => {
            district::run(Noun::Station, &args, &settings)
        }
        Command::Import(ImportCommand::Units(args)) => district::run(Noun::Unit, &args, &settings),
        Command::Import(ImportCommand::History(args)) => {
            in_runtime(import_history(&args, &settings))
        }
        Command::Replay(args) => in_runtime(replay(&args, &settings)),
        Command::Export(args) => export::run(&args, data),
        Command::Statistics(args) => statistics::run(*args, data),
        Command::Report(args) => report::run(*args, data),
        Command::Backup(args) => backup::back_up(&args, data),
        Command::Restore(args) => backup::bring_back(&args, data),
        Command::Journal(args) => journal::run(&args, data),
        Command::Account(args) => account::run(&args, &settings),
        Command::Watch(args) => in_runtime(watch::run(args)),
        Command::Cert(args) => tls::cert::run(args, data),
        Command::Bench(args) => in_runtime(bench::run(args, settings)),
        Command::Print(args) => print::run(&args, &settings, common.config.as_deref()),
        Command::Openapi => in_runtime(openapi::run(&settings)),
        Command::Config(args) => config::run(&args, &settings),
    }
}

/// Takes history over through an engine of its own: it may be long, and goes on where it stopped.
async fn import_history(
    args: &history::ImportHistoryArgs,
    settings: &Settings,
) -> Result<ExitCode, Failure> {
    let told = |error: anyhow::Error| Failure::new(format!("{error:#}"));
    let limits = settings.limits.cli();
    if args.dry_run {
        let known = data_directory::has_journal(&settings.data);
        let mut reading = progress::reading();
        let state = match known {
            true => data_directory::read_state(&settings.data, &mut reading)?,
            false => State::default(),
        };
        let now = data_directory::wall_clock().max(state.last_at);
        let centre = history::Centre::of(&state, now);
        history::rehearsal(args, centre, limits, now, &mut io::stdout()).map_err(told)?;
        return Ok(ExitCode::SUCCESS);
    }
    let engine = serve::open(settings)?;
    let imported = history::import(args, &engine, limits, &mut io::stdout()).await;
    engine.stop().await;
    imported.map_err(told)?;
    Ok(ExitCode::SUCCESS)
}

async fn replay(args: &history::ReplayArgs, settings: &Settings) -> Result<ExitCode, Failure> {
    let stop = serve::stop_signal()?;
    let played = history::replay(args, settings.limits.cli(), stop, &mut io::stdout()).await;
    played.map_err(|error| Failure::new(format!("{error:#}")))?;
    Ok(ExitCode::SUCCESS)
}

fn in_runtime(work: impl Future<Output = Result<ExitCode, Failure>>) -> Result<ExitCode, Failure> {
    let runtime = Runtime::new()
        .map_err(|error| Failure::new(format!("cannot start worker threads: {error}")))?;
    let ended = runtime.block_on(work);
    runtime.shutdown_timeout(RUNTIME_STOP_WITHIN);
    ended
}
