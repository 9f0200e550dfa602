//! `bench`: what this machine and this disk do with so many screens and so many alerts a second,
//! asked of a whole server in a temporary data directory.

mod figures;
mod screen;
mod site;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use tokio::{task::JoinSet, time::sleep_until};

use self::{figures::Figures, screen::Sightings, site::Site};
use super::{config::Settings, descriptors, failure::Failure, output};

const EXAMPLES: &str = "\
Examples:
  campus-dispatch bench                                      20 screens, 5 alerts a second
  campus-dispatch bench --screens 500 --alerts-per-second 50 --duration 1m
  campus-dispatch bench --disk /srv                          on the disk of /srv

What is measured, from the moment an alert is sent off:
  answered      it is on disk, synced, and the sender has the answer
  first screen  the first screen has it
  last screen   every screen has it: nobody in the centre looks at the past any more

Server, screens and senders share this machine, so a real centre, whose screens are machines of
their own, does better. Nothing is kept, and no server of yours is touched. Half a second to the
last screen is a sign that the machine or its disk is too slow for so many.";

/// Measures this machine.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct BenchArgs {
    /// Screens that follow the board
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=20_000))]
    screens: u32,
    /// Alerts raised a second
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=5_000))]
    alerts_per_second: u32,
    /// How long, as 20s or 5m
    #[arg(long, default_value = "20s", value_name = "SPAN", value_parser = humantime::parse_duration)]
    duration: Duration,
    /// A directory on the disk to be measured; by default the data directory's disk
    #[arg(long, value_name = "DIR")]
    disk: Option<PathBuf>,
}

/// How long the last alerts may take to reach the last screen before they count as missing.
const PATIENCE: Duration = Duration::from_secs(10);

/// Runs `bench`.
///
/// # Errors
/// When the disk refuses, or the machine does not allow so many screens.
pub async fn run(args: BenchArgs, settings: Settings) -> Result<ExitCode, Failure> {
    let needed = args.screens as usize * 2 + 512;
    if descriptors::fit(needed) < needed {
        return Err(Failure::usage(format!(
            "{} screens need {needed} open files, and the system allows fewer; raise the limit \
             (ulimit -n) or ask for fewer screens",
            args.screens
        )));
    }
    let disk = args.disk.clone().unwrap_or_else(|| existing(&settings.data).to_owned());
    let site = Arc::new(Site::open(&disk).await?);
    let sightings = Arc::new(Sightings::default());
    let mut screens = JoinSet::new();
    let opening = bar("Opening screens", u64::from(args.screens));
    for _ in 0..args.screens {
        let socket = screen::open(site.address).await?;
        screens.spawn(screen::look(socket, sightings.clone()));
        opening.inc(1);
    }
    opening.finish_and_clear();
    let sent = raise(&args, &site).await?;
    let figures = wait(&sent, &sightings, args.screens as usize).await;
    output::print(&figures.table(&args, &disk))?;
    screens.abort_all();
    site.close().await;
    Ok(if figures.missing == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// An alert that was sent off: when, what record it became, and when the answer was there.
#[derive(Clone, Copy)]
struct Sent {
    at: Instant,
    seq: u64,
    answered: Instant,
}

/// Sends alerts off at their pace, whether or not the ones before are answered.
async fn raise(args: &BenchArgs, site: &Arc<Site>) -> Result<Vec<Sent>, Failure> {
    let begun = Instant::now();
    let pause = Duration::from_secs(1) / args.alerts_per_second;
    let seconds = bar("Raising alerts", args.duration.as_secs());
    let mut raising = JoinSet::new();
    let mut next = begun;
    while next < begun + args.duration {
        sleep_until(next.into()).await;
        let site = site.clone();
        raising.spawn(async move {
            let at = Instant::now();
            let seq = site.raise().await?;
            Ok::<_, Failure>(Sent { at, seq, answered: Instant::now() })
        });
        next += pause;
        seconds.set_position(begun.elapsed().as_secs());
    }
    let raised = raising.join_all().await.into_iter().collect();
    seconds.finish_and_clear();
    raised
}

/// Waits until every screen has every alert, or has had time enough.
async fn wait(sent: &[Sent], sightings: &Sightings, screens: usize) -> Figures {
    let end = Instant::now() + PATIENCE;
    while !sightings.are_whole(sent, screens) && Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Figures::of(sent, sightings, screens)
}

fn bar(what: &'static str, length: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len}");
    let bar = ProgressBar::new(length).with_message(what);
    bar.with_style(style.expect("a template that parses"))
}

/// The nearest directory that is there.
fn existing(path: &Path) -> &Path {
    path.ancestors().find(|one| one.is_dir()).unwrap_or(Path::new("."))
}
