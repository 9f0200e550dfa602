//! How much memory does a centre take?
//!
//! A machine that runs out of it stops answering, so a site must know what to buy. Asked are what
//! the engine keeps of one open and one closed alert, and how much a district's whole day takes:
//! 2,000 alerts lived from report to closing while 200 boards and 400 phones look on. What the
//! recent records take that are kept for those who were away is bounded and counted with the day
//! only. The resident figure is the server process's own; its clients are in another.

#[path = "../push/crowd.rs"]
#[allow(dead_code, reason = "boards and phones only look on")]
mod crowd;
#[path = "../push/frames.rs"]
mod frames;
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

mod counting;
mod day;
mod one;

use process::{raise_descriptors, told_to_serve};

fn main() {
    raise_descriptors();
    match told_to_serve().as_ref().map(|(kind, _)| &**kind) {
        Some("day") => day::serve(),
        Some(kind) => panic!("{kind} is no server"),
        None => {}
    }
    one::ask();
    day::ask();
}
