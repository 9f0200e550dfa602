//! How many commands a second does one centre take so that power may be cut after the answer, and
//! how long does each wait?
//!
//! Every command is decoded, authorized, decided, journaled with an fsync, applied and published
//! before its answer. A district at its worst minute gives a few dozen a second; what matters is
//! that a press is answered at once when it comes alone, and still when everybody presses at the
//! same time. Each connection lives alerts from report to closing, one command after the other.
//!
//! Beside it runs the limit: a bare handler over HTTP (axum) that puts each body into SQLite (WAL,
//! FULL), all that wait in one transaction. They take turns, A B A B; the figures are medians of
//! the rounds. The last line asks for 100 commands a second with 1,000 boards attached, and
//! without. Clients and server share this machine, so absolute figures are low estimates.
//! `--quick` asks in fewer rounds; `--peers` asks PostgreSQL and Redis in between, where they are
//! installed, with their own load generators over their own sockets.

#[path = "../push/crowd.rs"]
#[allow(dead_code, reason = "boards only look on")]
mod crowd;
#[path = "../push/frames.rs"]
mod frames;
#[path = "../invented.rs"]
#[allow(dead_code, reason = "only the district is needed")]
mod invented;
#[path = "../process.rs"]
#[allow(dead_code, reason = "each bench uses its part of it")]
mod process;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "each bench uses its part of it")]
mod support;

mod bare;
mod callers;
mod peers;
mod product;
mod requests;
mod run;
mod table;

use process::{is_asked_for, raise_descriptors, told_to_serve};

fn main() {
    raise_descriptors();
    match told_to_serve().as_ref().map(|(kind, _)| &**kind) {
        Some("product") => product::serve(),
        Some("bare") => bare::serve(),
        Some(kind) => panic!("{kind} is no server"),
        None => {}
    }
    let plan = if is_asked_for("--quick") { run::Plan::quick() } else { run::Plan::full() };
    let peers = if is_asked_for("--peers") { peers::installed() } else { Vec::new() };
    let findings = run::throughput(&plan, &peers);
    table::print(&findings, &peers);
    table::print_boards(&run::beside_boards(&plan));
}
