//! `demo`: an invented district's day, played live.
//!
//! [`district`], [`script`], [`pace`], [`choice`] and `past` are pure and follow from a seed;
//! `stage`, `desk` and `crew` play them through [`Engine::submit`](crate::engine::Engine::submit)
//! with the accounts of `cast`, in real time. Clocks always run in real server time; the speed
//! multiplies how often something happens and how quickly it is dealt with.

mod cast;
pub mod choice;
mod crew;
mod desk;
pub mod district;
mod lines;
pub mod pace;
pub mod past;
pub mod script;
mod stage;

use std::{
    io::ErrorKind,
    net::{SocketAddr, TcpListener},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use clap::Args;
use tokio::time::{Instant, sleep_until};

use self::{
    district::{District, VISITORS_UNIT},
    script::{Act, Cue},
    stage::Stage,
};
use super::{
    args::Common,
    config::{Settings, check_exposure},
    failure::Failure,
    output, serve, telemetry,
    tls::Tls,
};
use crate::domain::{
    Command,
    decide::check_in::CheckIn,
    district::{Duty, UnitKind},
};

pub use cast::{VISITORS, accounts};
pub use stage::furnish;

const EXAMPLES: &str = "\
Examples:
  campus-dispatch demo
  campus-dispatch demo --speed 4 --port 9000
  campus-dispatch demo --duration 10m

Everything is invented and says so (示例). Nothing is kept: the data directory is removed at the end.";

/// Plays an invented district.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct DemoArgs {
    /// How many times as much happens; clocks keep real time
    #[arg(long, value_name = "N", default_value_t = 1.0, value_parser = speed)]
    speed: f64,
    /// The port to listen on, on this machine only
    #[arg(long, conflicts_with = "listen")]
    port: Option<u16>,
    /// Stop by itself after this long, such as 10m
    #[arg(long, value_name = "SPAN", value_parser = humantime::parse_duration)]
    duration: Option<Duration>,
    /// The seed of the district and its days
    #[arg(long, default_value_t = 135)]
    seed: u64,
    /// Listen beyond this machine although nothing is encrypted and nobody asks for a password
    #[arg(long)]
    insecure_http: bool,
}

fn speed(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(speed) if (0.1..=20.0).contains(&speed) => Ok(speed),
        _ => Err("a number from 0.1 to 20".to_owned()),
    }
}

/// Runs `demo`.
///
/// # Errors
/// When the start fails, or the storage while serving.
pub async fn run(
    args: DemoArgs,
    common: Common,
    mut settings: Settings,
) -> Result<ExitCode, Failure> {
    if common.data.is_some() {
        return Err(Failure::usage(
            "the demo plays in a temporary directory; leave --data to `serve`",
        ));
    }
    if let Some(port) = args.port {
        settings.listen.set_port(port);
    }
    if settings.log == Settings::default_for(Default::default()).log {
        // The addresses on the terminal are what a visitor looks for.
        settings.log = "warn".to_owned();
    }
    settings.insecure_http |= args.insecure_http;
    check_exposure(&settings)?;
    telemetry::log_to_stderr(&settings.log);
    let directory = tempfile::Builder::new()
        .prefix("campus-dispatch-demo-")
        .tempdir()
        .map_err(|error| Failure::new(format!("cannot make a temporary directory: {error}")))?;
    settings.data = directory.path().to_owned();

    let is_chosen = args.port.is_some() || common.listen.is_some();
    let stop = serve::stop_signal()?;
    let tls = Tls::of(&settings)?;
    let listener = bind(settings.listen, is_chosen)?;
    let bound = listener.local_addr().unwrap_or(settings.listen);
    let address = serve::base_address(bound, tls.as_ref());
    let district = District::invent(args.seed);
    stage::furnish(&settings.data, &district, args.seed)?;
    let engine = serve::open(&settings)?;
    let stage = Arc::new(Stage::new(engine.clone(), district, args.seed, args.speed));
    stage.report_for_duty().await;
    output::print(&programme(&address))?;

    let play = tokio::spawn(play(stage));
    let web = serve::web_settings(&settings, cast::door(), None);
    let stop = async move {
        match args.duration {
            Some(duration) => drop(tokio::time::timeout(duration, stop).await),
            None => stop.await,
        }
    };
    let ended = serve::serve(listener, tls.as_ref(), engine, web, stop).await;
    play.abort();
    ended
}

/// The usual port may be somebody's: then any free one will do, unless one was asked for.
fn bind(address: SocketAddr, is_chosen: bool) -> Result<TcpListener, Failure> {
    let is_taken = || {
        let tried = TcpListener::bind(address);
        tried.is_err_and(|error| error.kind() == ErrorKind::AddrInUse)
    };
    if !is_chosen && is_taken() {
        eprintln!("campus-dispatch: {address} is in use; taking a free port instead");
        return serve::bind(SocketAddr::new(address.ip(), 0));
    }
    serve::bind(address)
}

fn programme(address: &str) -> String {
    let mut text = format!(
        "\nAn invented district (示例): {} schools, {} stations, {} units.\n\
         Open, and you are logged in as:\n\n",
        district::SCHOOLS,
        district::STATIONS,
        district::UNITS
    );
    for (role, _) in VISITORS {
        let role = serde_json::to_value(role).unwrap_or_default();
        let role = role.as_str().unwrap_or_default();
        text += &format!("  {role:<11} {address}/demo/{role}\n");
    }
    text += &format!(
        "\nAs operator, dispatch the unit 示例-巡逻-01 ({VISITORS_UNIT}) and answer as unit in \
         another browser or a private window: it is yours, nobody plays it. Stop with Ctrl-C.\n\n"
    );
    text
}

/// Plays day after day.
async fn play(stage: Arc<Stage>) {
    let crews = tokio::spawn(crew::follow(stage.clone()));
    let positions = stage.clone();
    let positions = tokio::spawn(async move { positions.keep_positions().await });
    let began = Instant::now();
    for number in 0.. {
        let dawn = script::day_length() * number;
        for Cue { at, act } in script::day(stage.seed, u64::from(number)) {
            sleep_until(began + stage.scaled(dawn + at)).await;
            if !stage.engine.is_ready() {
                crews.abort();
                positions.abort();
                return;
            }
            perform(&stage, act);
        }
    }
}

fn perform(stage: &Arc<Stage>, act: Act) {
    let stage = stage.clone();
    match act {
        Act::PeakBegins => drop(tokio::spawn(async move { stage.man_posts(true).await })),
        Act::PeakEnds => drop(tokio::spawn(async move { stage.man_posts(false).await })),
        Act::Report(scene) => drop(tokio::spawn(desk::play(stage, *scene))),
        Act::Visit { school } => drop(tokio::spawn(async move { visit(&stage, school).await })),
    }
}

/// A free patrol looks in at a school.
async fn visit(stage: &Stage, school: usize) {
    let school = &stage.district.schools[school];
    let free = stage.engine.board().units().into_iter().find(|unit| {
        unit.profile.kind == UnitKind::Patrol
            && unit.profile.station == school.station
            && unit.duty == Duty::Available
            && !unit.is_committed()
            && unit.profile.id.as_str() != VISITORS_UNIT
    });
    if let Some(unit) = free {
        let unit = unit.profile.id.clone();
        let actor = cast::unit(&unit);
        let check_in = CheckIn { unit, school: school.id.clone() };
        stage.submit(actor, Command::CheckIn(check_in)).await;
    }
}
