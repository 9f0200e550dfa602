//! The rounds: who is asked what, in which order.

use std::time::{Duration, Instant};

use super::{
    callers::{Callers, figure},
    crowd::Crowd,
    peers,
    product::WALL,
};
use crate::process::{Server, percentile};

/// The servers, in the order of their turns.
pub const SERVERS: [&str; 2] = ["bare", "product"];
/// Connections at a time.
pub const CONNECTIONS: [usize; 3] = [1, 64, 512];

/// Commands after which both logs have been folded once.
const SETTLED_AFTER: usize = 12_000;

const BOARDS: usize = 1_000;
const PACED_PER_SECOND: u32 = 100;

/// How much is asked.
pub struct Plan {
    rounds: usize,
    span: Duration,
}

impl Plan {
    pub fn full() -> Self {
        Self { rounds: 5, span: Duration::from_secs(3) }
    }

    pub fn quick() -> Self {
        Self { rounds: 3, span: Duration::from_secs(1) }
    }
}

/// What was found of one server in one round.
pub struct Finding {
    pub server: &'static str,
    pub connections: usize,
    pub per_second: f64,
    /// Microseconds of the server on a core per command.
    pub cpu: f64,
    pub commits: f64,
    pub p50: f64,
    pub p99: f64,
}

/// Flat out, by so many connections.
pub fn throughput(plan: &Plan, peers: &[&'static str]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for round in 1..=plan.rounds {
        for connections in CONNECTIONS {
            for peer in peers {
                eprintln!("round {round} of {}: {peer}, {connections} at a time", plan.rounds);
                findings.push(peers::ask(peer, connections, plan.span));
            }
            for server in SERVERS {
                eprintln!("round {round} of {}: {server}, {connections} at a time", plan.rounds);
                let process = Server::start(server, &[]);
                settle(&process);
                let mut callers = Callers::connect(process.address, 0, connections);
                callers.flat_out(plan.span / 4);
                callers.latencies.clear();
                let finding = measure(&process, server, &mut callers, |callers| {
                    callers.flat_out(plan.span);
                });
                findings.push(Finding { connections, ..finding });
            }
        }
    }
    findings
}

/// Asks until the server stands as it does all day: its log has come to its full length and is
/// written over. While a file grows, every sync of it writes where its new blocks lie as well, so
/// whoever has the longer log would pay for that longer.
fn settle(process: &Server) {
    let mut callers = Callers::connect(process.address, 1_000, 64);
    while callers.latencies.len() < SETTLED_AFTER {
        callers.flat_out(Duration::from_millis(250));
    }
}

/// What waits for its answer at a usual pace: without boards, and with a thousand.
pub fn beside_boards(plan: &Plan) -> Vec<(usize, Finding)> {
    let mut findings = Vec::new();
    for round in 1..=plan.rounds {
        for boards in [0, BOARDS] {
            eprintln!("round {round} of {}: beside {boards} boards", plan.rounds);
            let process = Server::start("product", &[]);
            let mut crowd = Crowd::open(process.address, boards, |_| upgrade());
            crowd.idle(Duration::from_millis(500));
            let stop = std::sync::atomic::AtomicBool::new(false);
            let finding = std::thread::scope(|scope| {
                scope.spawn(|| {
                    while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                        crowd.look_on(Duration::from_millis(100));
                    }
                });
                let mut callers = Callers::connect(process.address, 0, 16);
                let finding = measure(&process, "product", &mut callers, |callers| {
                    callers.paced(plan.span * 2, PACED_PER_SECOND);
                });
                stop.store(true, std::sync::atomic::Ordering::Relaxed);
                finding
            });
            assert_eq!(crowd.wrong, 0, "frames were lost or told twice");
            findings.push((boards, finding));
        }
    }
    findings
}

fn measure(
    process: &Server,
    server: &'static str,
    callers: &mut Callers,
    ask: impl FnOnce(&mut Callers),
) -> Finding {
    let commits = || figure(process.address, "campus_dispatch_commit_seconds_count");
    let (cpu, before, begun) = (process.cpu(), commits(), Instant::now());
    ask(callers);
    let (cpu, span) = (process.cpu() - cpu, begun.elapsed().as_secs_f64());
    let commits = commits() - before;
    let count = callers.latencies.len() as f64;
    Finding {
        server,
        connections: 0,
        per_second: count / span,
        cpu: cpu as f64 / 1e3 / count,
        commits: commits / count,
        p50: percentile(&mut callers.latencies, 50),
        p99: percentile(&mut callers.latencies, 99),
    }
}

fn upgrade() -> String {
    format!(
        "GET /api/v1/live HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {WALL}\r\n\
         connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
}
