//! What does it cost to bring a record to every screen, and how soon has the last one it?
//!
//! A command centre's screens must show the same moment. The cost decides how many of them one
//! machine holds; the last screen decides how long the slowest dispatcher looks at the past. Asked
//! at 1,000, 5,000 and 10,000 sockets, paced (frames come one by one, as alerts do) and in bursts
//! with 4 and 64 frames under way (as when a district wakes up after a cut line).
//!
//! Beside the product run two bare servers that send frames of the same length by epoll and know
//! no protocol: one write per frame and socket (`lone`), and one write with all that waits (`bare`),
//! which is the limit. They take turns, A B C A B C; the figures are medians of the rounds. CPU is
//! the server process's own time on a core by the scheduler's accounting, so it does not depend on
//! who else uses the machine; latencies do. `--quick` asks at 1,000 sockets, in fewer rounds;
//! `--once` in a single one; `--peers` asks others as well that `benches/peers/run.sh` installs:
//! uWebSockets (by Python's socketify), Node's ws and socket.io, and NATS (by its own protocol).
//!
//! `product` is the whole server: with its engine, which decides each command and journals it in
//! memory. What that takes alone, with one socket, is told in a line of its own and taken off in
//! the column `push alone`.

#[path = "../invented.rs"]
#[allow(dead_code, reason = "each bench uses its part of it")]
mod invented;
#[path = "../life.rs"]
mod life;
#[path = "../process.rs"]
#[allow(dead_code, reason = "each bench uses its part of it")]
mod process;
#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "each bench uses its part of it")]
mod support;

mod bare;
#[allow(dead_code, reason = "another bench only looks on")]
mod crowd;
mod frames;
mod nats;
mod product;
mod run;
mod table;

use process::{is_asked_for, raise_descriptors, told_to_serve};

fn main() {
    raise_descriptors();
    if let Some((kind, arguments)) = told_to_serve() {
        let frame = || arguments.first().and_then(|told| told.parse().ok()).expect("a length");
        match &*kind {
            "product" => product::serve(),
            "bare" => bare::serve(false, frame()),
            "lone" => bare::serve(true, frame()),
            _ => panic!("{kind} is no server"),
        }
    }
    let mut plan = if is_asked_for("--quick") { run::Plan::quick() } else { run::Plan::full() };
    if is_asked_for("--once") {
        plan.rounds = 1;
    }
    if is_asked_for("--peers") {
        plan = plan.beside_peers();
    }
    table::print(&run::all(&plan), &plan.servers);
}
