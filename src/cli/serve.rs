//! `serve`: the journal, the engine and the web, put together.

use std::{
    future::Future,
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
    process::ExitCode,
    sync::Arc,
};

use clap::Args;
use socket2::{Domain, Socket, Type};
use tokio::signal::unix::{SignalKind, signal};

use super::{
    config::{InForce, SecondFactor, Settings, check_exposure},
    data_directory::check_file_system,
    descriptors, disclosure,
    failure::Failure,
    journal::verify_beside,
    output, progress, telemetry,
    tls::{Tls, reload},
};
use crate::{
    domain::{Role, id::AccountName},
    engine::{Engine, clock::SystemClock},
    journal::{snapshot::SnapshotStore, sqlite::SqliteJournal},
    web::{self, Entrance, SetupToken},
};

const EXAMPLES: &str = "\
Examples:
  campus-dispatch serve --data /srv/dispatch
  campus-dispatch serve --config /etc/campus-dispatch.toml --listen 127.0.0.1:9000
  CAMPUS_DISPATCH_LOG=campus_dispatch=debug campus-dispatch serve

The first start prints a link that sets up the administrator, once.";

/// Serves.
#[derive(Args, Debug, Default)]
#[command(after_help = EXAMPLES)]
pub struct ServeArgs {
    /// Listen beyond this machine although nothing is encrypted
    #[arg(long)]
    insecure_http: bool,
}

/// Runs `serve`.
///
/// # Errors
/// When the start fails, or the storage while serving.
pub async fn run(args: &ServeArgs, mut settings: Settings) -> Result<ExitCode, Failure> {
    settings.insecure_http |= args.insecure_http;
    check_exposure(&settings)?;
    telemetry::log_to_stderr(&settings.log);
    let stop = stop_signal()?;
    let hang_up = reload::hang_up()?;
    let tls = Tls::of(&settings)?;
    let listener = bind(settings.listen)?;
    let engine = open(&settings)?;
    let address = base_address(listener.local_addr().unwrap_or(settings.listen), tls.as_ref());
    output::print(&format!("campus-dispatch {} serves {address}\n", env!("CARGO_PKG_VERSION")))?;
    let mut setup = None;
    if engine.board().accounts().is_empty() {
        let (token, text) = SetupToken::generate();
        setup = Some(token);
        output::print(&format!(
            "No account yet. Set up the administrator, once: {address}/setup#{text}\n"
        ))?;
    }
    verify_beside(settings.data.clone());
    engine.prepare_hindsight();
    let web = web_settings(&settings, Vec::new(), setup);
    let notes = disclosure::keep(settings.data.clone(), engine.clone());
    let in_force = InForce::of(&settings, engine.clone());
    let configuration = async {
        in_force.tell(tls.as_ref().map(|tls| tls.fingerprint.as_str())).await;
        reload::keep(tls.as_ref(), hang_up, &in_force).await
    };
    tokio::select! {
        // In this order: whoever serves sees every record from the start's on, so that boards
        // resume across it.
        biased;
        served = serve(listener, tls.as_ref(), engine, web, stop) => served,
        never = notes => match never {},
        never = configuration => match never {},
    }
}

/// Takes the address.
///
/// # Errors
/// When it is in use or not this machine's.
pub fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    listen(address).map_err(|error| {
        Failure::new(format!("cannot listen on {address}: {error}; name another with --listen"))
    })
}

/// Connections that may wait to be taken: after a cut line everybody comes back at once. The system
/// may allow fewer.
const BACKLOG: i32 = 4_096;

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    // A restart need not wait for what is left of the connections before it.
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    socket.set_nonblocking(true)?;
    Ok(socket.into())
}

/// Opens the data directory and starts the engine on it.
///
/// # Errors
/// When the directory is in use or damaged, or the storage refuses.
pub fn open(settings: &Settings) -> Result<Engine, Failure> {
    check_file_system(&settings.data)?;
    let reserve = settings.disk_reserve;
    let journal = SqliteJournal::open(&settings.data)?.keep_free(reserve);
    let snapshots = SnapshotStore::new(&settings.data, crate::engine::SNAPSHOT_FORMAT);
    let snapshots = snapshots.keep_free(reserve);
    let mut reading = progress::reading();
    let engine = Engine::start(
        Box::new(journal),
        Some(snapshots),
        Arc::new(SystemClock::new()),
        settings.limits.engine(),
        &mut |done, all| reading.tell(done, all),
    )?;
    reading.done();
    Ok(engine)
}

/// What the configuration says to the web.
pub fn web_settings(
    settings: &Settings,
    demo: Vec<(Role, AccountName)>,
    setup: Option<SetupToken>,
) -> web::Settings {
    web::Settings {
        allowed_origins: settings.allowed_origins.clone(),
        // Checked when the configuration was read.
        trusted_proxies: settings.proxies().unwrap_or_default(),
        demo,
        setup,
        secure_cookies: settings.secure_cookies || settings.tls.are_named(),
        access: web::AccessRules {
            passwords: settings.passwords.rules(),
            second_factor: settings.second_factor == SecondFactor::Required,
            checks: web::secret::Work::default(),
        },
        tiles: settings.map.for_web(),
        limits: settings.limits.web(),
    }
}

/// Serves until asked to stop, or until the engine stops by itself.
///
/// # Errors
/// When the socket fails, or the storage does.
pub async fn serve(
    listener: TcpListener,
    tls: Option<&Tls>,
    engine: Engine,
    settings: web::Settings,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<ExitCode, Failure> {
    let listener = tokio::net::TcpListener::from_std(listener).map_err(Failure::new)?;
    let entrance = Entrance { listener, encryption: tls.map(|tls| tls.encryption.clone()) };
    let connections_max = descriptors::fit(settings.limits.connections_max);
    let limits = web::Limits { connections_max, ..settings.limits.clone() };
    let site = web::Site::of(engine.clone(), settings);
    tokio::select! {
        served = web::serve(entrance, site, limits, stop) => {
            served.map_err(|error| Failure::new(format!("serving failed: {error}")))?;
        }
        Err(error) = engine.stopped() => return Err(Failure::while_serving(&error)),
    }
    tracing::info!("stopping");
    engine.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// Resolves at SIGTERM or SIGINT.
///
/// # Errors
/// When the signals cannot be listened to.
pub fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, Failure> {
    let listen = |kind| {
        signal(kind).map_err(|error| Failure::new(format!("cannot listen to signals: {error}")))
    };
    let (mut terminate, mut interrupt) =
        (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Where a browser on this machine finds the server.
pub fn base_address(bound: SocketAddr, tls: Option<&Tls>) -> String {
    if let Some(tls) = tls {
        return tls.base_address(bound);
    }
    let host = match bound.ip() {
        ip if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(host, bound.port()))
}
