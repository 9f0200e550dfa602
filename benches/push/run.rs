//! The rounds: who is asked what, in which order.

use std::{
    net::SocketAddr,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::{
    crowd::Crowd,
    frames::Reading,
    nats::{self, Messages},
    product::WATCHERS,
};
use crate::process::{Server, percentile};

/// The servers, in the order of their turns.
pub const SERVERS: [&str; 3] = ["lone", "bare", "product"];
/// Those of others; all but NATS by the names of their scripts in `benches/peers`.
const PEERS: [&str; 4] = ["uws", "ws", "socketio", "nats"];
const SOCKETIO_PATH: &str = "/socket.io/?EIO=4&transport=websocket";
/// The frame with which a client of socket.io enters its main namespace, masked with zeros.
const ENTER_NAMESPACE: &[u8] = b"\x81\x82\0\0\0\x0040";
/// Frames that the first sockets are sent before anything is measured: as many as the product keeps
/// ready for those who come back, and some more.
const WARM_UP: usize = 5_000;
/// Frames of change are about this long where nobody has been asked yet.
const FRAME: u64 = 1_500;

/// How much is asked.
pub struct Plan {
    pub servers: Vec<&'static str>,
    pub sockets: Vec<usize>,
    pub rounds: usize,
    /// Of each way of asking.
    span: Duration,
}

impl Plan {
    pub fn full() -> Self {
        Self {
            servers: SERVERS.to_vec(),
            sockets: vec![1_000, 5_000, 10_000],
            rounds: 5,
            span: Duration::from_millis(2_500),
        }
    }

    pub fn quick() -> Self {
        let span = Duration::from_millis(1_500);
        Self { servers: SERVERS.to_vec(), sockets: vec![1_000], rounds: 3, span }
    }

    /// The same with those peers in between that are installed.
    pub fn beside_peers(mut self) -> Self {
        let (here, missing): (Vec<_>, Vec<_>) = PEERS.into_iter().partition(is_installed);
        missing.iter().for_each(|peer| eprintln!("{peer} is not installed: its rows are missing"));
        self.servers.splice(0..0, here);
        self
    }
}

/// What was found of one server at one number of sockets in one round.
#[derive(Clone, Debug)]
pub struct Finding {
    pub server: &'static str,
    pub sockets: usize,
    /// Bytes each idle socket takes.
    pub idle: f64,
    pub paced: Figure,
    pub burst_4: Figure,
    pub burst_64: Figure,
    /// Frames that were lost or doubled.
    pub wrong: u64,
    /// The mean length of a frame.
    pub frame: u64,
}

/// One way of asking.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Microseconds on a core per frame, all sockets together.
    pub cpu_per_frame: f64,
    /// Milliseconds until the last socket has it.
    pub p50: f64,
    pub p99: f64,
}

/// Asks everybody, round after round.
pub fn all(plan: &Plan) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut frame = FRAME;
    for round in 1..=plan.rounds {
        // What the product takes without its sockets.
        let alone = one("product", 1, plan, frame);
        frame = alone.frame;
        findings.push(alone);
        for sockets in &plan.sockets {
            for server in plan.servers.iter().copied() {
                eprintln!("round {round} of {}: {server}, {sockets} sockets", plan.rounds);
                findings.push(one(server, *sockets, plan, frame));
            }
        }
    }
    findings
}

/// Whether a peer can be asked.
fn is_installed(peer: &&'static str) -> bool {
    let loads = |program: &str, arguments: [&str; 2]| {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(format!("{}/benches/peers", env!("CARGO_MANIFEST_DIR")));
        let ended = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        ended.is_ok_and(|status| status.success())
    };
    match *peer {
        "nats" => nats::is_installed(),
        "uws" => loads("python3", ["-c", "import socketify"]),
        "ws" => loads("node", ["-e", "require.resolve('ws')"]),
        _ => loads("node", ["-e", "require.resolve('socket.io')"]),
    }
}

fn start(server: &'static str, frame: u64) -> Server {
    let script = |program: &str, ending: &str| {
        let mut command = Command::new(program);
        let path = format!("{}/benches/peers/{server}.{ending}", env!("CARGO_MANIFEST_DIR"));
        command.args([path, frame.to_string()]);
        Server::of(server, command)
    };
    match server {
        "nats" => nats::start(frame),
        "uws" => script("python3", "py"),
        "ws" | "socketio" => script("node", "mjs"),
        _ => Server::start(server, &[frame.to_string()]),
    }
}

fn open(server: &str, address: SocketAddr, sockets: usize) -> Crowd {
    match server {
        "nats" => {
            let reading = || Box::new(Messages::default()) as Box<dyn Reading>;
            Crowd::speaking(address, sockets, |_| nats::GREETING.to_owned(), reading)
        }
        "socketio" => Crowd::open(address, sockets, |index| upgrade(index, SOCKETIO_PATH)),
        _ => Crowd::open(address, sockets, |index| upgrade(index, "/api/v1/live")),
    }
}

fn one(server: &'static str, sockets: usize, plan: &Plan, frame: u64) -> Finding {
    let mut process = start(server, frame);
    let address = process.address;
    // One socket of each kind and what they are told, and the same once more with all that there is
    // to be shown then, so that what is begun or filled once is not counted.
    let mut first = open(server, address, WATCHERS.len());
    enter(server, &mut first);
    warm_up(&mut process, &mut first);
    first = open(server, address, WATCHERS.len());
    enter(server, &mut first);
    let before = process.resident();
    let mut crowd = open(server, address, sockets);
    crowd.idle(Duration::from_millis(500 + sockets as u64 / 10));
    let idle = process.resident().saturating_sub(before) as f64 / sockets as f64;
    drop(first);
    enter(server, &mut crowd);
    let per_second = if sockets > 5_000 { 10 } else { 50 };
    let paced = paced(&mut process, &mut crowd, plan.span, per_second);
    let burst_4 = burst(&mut process, &mut crowd, plan.span, 4);
    let burst_64 = burst(&mut process, &mut crowd, plan.span, 64);
    let frame = crowd.bytes / crowd.frames.max(1);
    Finding { server, sockets, idle, paced, burst_4, burst_64, wrong: crowd.wrong, frame }
}

/// Waits until everybody is taken in and follows.
fn enter(server: &str, crowd: &mut Crowd) {
    crowd.wait_until_open();
    if server == "socketio" {
        crowd.say(ENTER_NAMESPACE);
        crowd.idle(Duration::from_millis(500));
    }
    crowd.settle();
}

fn warm_up(server: &mut Server, crowd: &mut Crowd) {
    for _ in 0..WARM_UP.div_ceil(64) {
        fill(server, crowd, 64);
        crowd.wait_for(0);
    }
}

fn upgrade(index: usize, path: &str) -> String {
    let token = WATCHERS[index % WATCHERS.len()];
    format!(
        "GET {path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n\
         connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
}

/// Frames one by one, so many a second.
fn paced(server: &mut Server, crowd: &mut Crowd, span: Duration, per_second: u32) -> Figure {
    let pause = Duration::from_secs(1) / per_second;
    measure(server, crowd, |server, crowd| {
        let begun = Instant::now();
        let mut next = begun;
        while begun.elapsed() < span {
            server.order(b"p");
            crowd.ordered();
            next += pause;
            while let Some(left) = next.checked_duration_since(Instant::now()) {
                crowd.take(left);
            }
        }
    })
}

/// As many frames as go, with so many under way.
fn burst(server: &mut Server, crowd: &mut Crowd, span: Duration, most: usize) -> Figure {
    measure(server, crowd, |server, crowd| {
        let begun = Instant::now();
        while begun.elapsed() < span {
            fill(server, crowd, most);
            crowd.wait_for(most - 1);
        }
    })
}

/// Orders frames until so many are under way.
fn fill(server: &mut Server, crowd: &mut Crowd, most: usize) {
    let room = most - crowd.under_way();
    (0..room).for_each(|_| crowd.ordered());
    server.order(&vec![b'p'; room]);
}

fn measure(
    server: &mut Server,
    crowd: &mut Crowd,
    ask: impl FnOnce(&mut Server, &mut Crowd),
) -> Figure {
    crowd.latencies.clear();
    let (cpu, frames) = (server.cpu(), crowd.frames);
    ask(server, crowd);
    crowd.wait_for(0);
    let frames = (crowd.frames - frames) as f64 / crowd.len() as f64;
    let cpu_per_frame = (server.cpu() - cpu) as f64 / 1e3 / frames;
    let latencies = &mut crowd.latencies;
    Figure { cpu_per_frame, p50: percentile(latencies, 50), p99: percentile(latencies, 99) }
}
