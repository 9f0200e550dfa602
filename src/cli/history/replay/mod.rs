//! `replay`: another system's records played through the live path, as gateway, operator and units
//! would have used it.
//!
//! [`schedule`] says what was done when; [`drive`] does it at that time, over HTTP.

mod cast;
mod drive;
mod http;
mod order;
mod schedule;

use std::{
    future::Future,
    io::Write,
    path::PathBuf,
    sync::Arc,
    time::{Duration, SystemTime},
};

use anyhow::{Context, bail};
use clap::Args;
use futures_util::{StreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};

pub use self::{
    cast::Cast,
    drive::{Answer, Counter, Played, Refused, drive},
    http::{Server, Tokens},
    order::{Order, Part},
    schedule::{Act, Deed, Schedule, pace, schedule},
};
use super::{
    form::{self, Format},
    import::open,
    mapping::Mapping,
    report::HistoricCall,
};
use crate::{
    cli::limits::Limits,
    domain::{Timestamp, Within},
};

const EXAMPLES: &str = "\
Example:
  campus-dispatch replay calls.csv --map calls.toml --server http://127.0.0.1:8080 \\
      --operator-token ... --admin-token ... --speed 60

The server's clocks run on its own time: at speed 60 a call reached after 384 s is reached after
6.4 s, so verdicts of a replay are those of the history only at speed 1. To judge the history
itself, import it.";

/// Plays another system's records through a running server, at their times.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ReplayArgs {
    /// The CSV file, of at most 5,000,000 rows unless `limits.history_rows_max` says otherwise
    pub file: PathBuf,
    /// What its columns and codes mean here
    #[arg(long = "map", value_name = "MAPPING.toml")]
    pub mapping: PathBuf,
    /// How many times faster than it was
    #[arg(long, default_value_t = 60.0, value_parser = speed)]
    pub speed: f64,
    /// The server
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    pub server: String,
    /// An operator's bearer token: dispatches, takes the units' steps, resolves and closes
    #[arg(
        long,
        value_name = "TOKEN",
        env = "CAMPUS_REPLAY_OPERATOR_TOKEN",
        hide_env_values = true
    )]
    pub operator_token: String,
    /// An admin's bearer token: defines the units
    #[arg(long, value_name = "TOKEN", env = "CAMPUS_REPLAY_ADMIN_TOKEN", hide_env_values = true)]
    pub admin_token: String,
    /// A gateway's bearer token: raises the alerts, else the operator does
    #[arg(long, value_name = "TOKEN", env = "CAMPUS_REPLAY_GATEWAY_TOKEN", hide_env_values = true)]
    pub gateway_token: Option<String>,
    /// Only calls received from then on: 2017-01-02T08:00:00 in the mapping's zone, or RFC 3339
    #[arg(long, value_name = "INSTANT")]
    pub from: Option<String>,
    /// Only calls received before then
    #[arg(long, value_name = "INSTANT")]
    pub to: Option<String>,
    /// Only the first N calls
    #[arg(long, value_name = "N")]
    pub calls: Option<usize>,
    /// Shorten silences of the record to this (15m); intervals that run over them shrink too
    #[arg(long, value_name = "DURATION", value_parser = humantime::parse_duration)]
    pub longest_gap: Option<Duration>,
    /// Play on although rows are bad, without their calls
    #[arg(long)]
    pub skip_bad: bool,
}

fn speed(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(speed) if speed.is_finite() && (0.01..=100_000.0).contains(&speed) => Ok(speed),
        _ => Err("a number from 0.01 to 100000".to_owned()),
    }
}

/// Reads the file, brings its units on duty and plays it, until `stop` resolves or it is over.
///
/// # Errors
/// When the file or the mapping cannot be used, nothing is left to play, or a unit cannot be
/// defined. An act that is refused is told at the end and no error.
pub async fn replay(
    args: &ReplayArgs,
    limits: Limits,
    stop: impl Future<Output = ()>,
    out: &mut dyn Write,
) -> anyhow::Result<Played> {
    let mapping = Mapping::load(&args.mapping)?;
    let calls = chosen(args, &mapping, limits)?;
    let tokens = Tokens {
        operator: &args.operator_token,
        gateway: args.gateway_token.as_deref(),
        admin: Some(&args.admin_token),
    };
    let server = Arc::new(Server::new(&args.server, &tokens)?);
    let schedule = Arc::new(schedule(calls));
    let longest_gap = args.longest_gap.map(span);
    let offsets = pace(&schedule.acts, args.speed, longest_gap);
    tell_plan(&schedule, &offsets, args.speed, out)?;
    let run = format!("replay-{}", uuid::Uuid::new_v4().simple());
    enlist(&schedule, &*server, &run).await?;
    let bar = ProgressBar::new(schedule.acts.len() as u64);
    bar.set_style(
        ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} acts")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let told = |act: &Act| {
        bar.set_message(act.at.to_string());
        bar.inc(1);
    };
    let played = drive(schedule, &offsets, server, &run, stop, told).await;
    bar.finish_and_clear();
    tell(&played, out)?;
    Ok(played)
}

/// The calls that are to be played, in order of receipt.
fn chosen(
    args: &ReplayArgs,
    mapping: &Mapping,
    limits: Limits,
) -> anyhow::Result<Vec<HistoricCall>> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let report = open(&args.file, mapping, limits, Timestamp::from_millis(0) + span(now))?;
    if !report.bad_rows.is_empty() && !args.skip_bad {
        bail!(
            "{}: {} bad rows, the first: {}; play without their calls with --skip-bad",
            args.file.display(),
            report.bad_rows.len(),
            report.bad_rows[0]
        );
    }
    let from = instant(args.from.as_deref(), mapping).context("--from")?;
    let to = instant(args.to.as_deref(), mapping).context("--to")?;
    let within = |call: &HistoricCall| {
        let received = call.alert.received_at;
        from.is_none_or(|from| received >= from) && to.is_none_or(|to| received < to)
    };
    let calls = report.calls.into_iter().filter(within);
    let calls: Vec<_> = calls.take(args.calls.unwrap_or(usize::MAX)).collect();
    if calls.is_empty() {
        bail!("{}: no call to play", args.file.display());
    }
    Ok(calls)
}

fn instant(text: Option<&str>, mapping: &Mapping) -> anyhow::Result<Option<Timestamp>> {
    let Some(text) = text else { return Ok(None) };
    if let Some(at) = Timestamp::parse(text) {
        return Ok(Some(at));
    }
    let forms = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    let forms: Vec<Format> =
        forms.into_iter().filter_map(|form| Format::try_from(form.to_owned()).ok()).collect();
    let whole = if text.len() == 10 { format!("{text}T00:00:00") } else { text.to_owned() };
    match form::read_time(&whole, &forms, mapping.time_zone) {
        Ok(reading) => Ok(Some(reading.earlier)),
        Err(_) => bail!("{text:?} is no instant; write 2017-01-02T08:00:00 or RFC 3339"),
    }
}

/// Brings every unit of the cast on duty.
async fn enlist(schedule: &Schedule, server: &impl Counter, run: &str) -> anyhow::Result<()> {
    let mut enlisting = stream::iter(&schedule.cast.units)
        .map(|unit| async move {
            for order in order::enlist(unit, run) {
                server.hand_in(order).await.with_context(|| format!("unit {}", unit.id))?;
            }
            anyhow::Ok(())
        })
        .buffer_unordered(16);
    while let Some(enlisted) = enlisting.next().await {
        enlisted?;
    }
    Ok(())
}

fn tell_plan(
    schedule: &Schedule,
    offsets: &[Duration],
    speed: f64,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let (first, last) = (schedule.acts.first(), schedule.acts.last());
    let at = |act: Option<&Act>| act.map(|act| act.at).unwrap_or_default();
    let takes = Duration::from_secs(offsets.last().map_or(0, Duration::as_secs));
    writeln!(
        out,
        "{} calls, {} acts of {} units, {} to {}: {} at speed {speed}",
        schedule.calls.len(),
        schedule.acts.len(),
        schedule.cast.units.len(),
        at(first),
        at(last),
        humantime::format_duration(takes),
    )?;
    let bent = [
        (schedule.moved, "points moved to keep the order of things"),
        (schedule.left_out, "points left out: out of order, or a unit without any"),
        (schedule.supposed_dispatches, "units sent at their first known point"),
    ];
    for (count, what) in bent.into_iter().filter(|(count, _)| *count > 0) {
        writeln!(out, "{count:>6} {what}")?;
    }
    Ok(())
}

fn tell(played: &Played, out: &mut dyn Write) -> std::io::Result<()> {
    let late = played.lateness();
    let ms = |value: Option<i64>| value.map_or("-".to_owned(), |ms| format!("{ms} ms"));
    writeln!(
        out,
        "done {} acts; done after their time: p50 {}, p99 {}, longest {}",
        played.done,
        ms(late.p50_ms),
        ms(late.p99_ms),
        ms(late.max_ms)
    )?;
    for ((verb, reason), count) in &played.refused {
        writeln!(out, "{count:>6} refused: {verb}: {reason}")?;
    }
    Ok(())
}

fn span(duration: Duration) -> Within {
    Within::from_millis(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX))
}
