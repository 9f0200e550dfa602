//! The command line: what is read, what is refused, and the binary as a script meets it.

mod bench;
mod binary;
mod canary;
mod config;
mod demo;
mod disclosure;
mod district;
mod export;
mod kill;
mod peak;
#[path = "../../faults/house/port.rs"]
mod port;
mod proof;
mod running;
pub mod server;
mod statistics;
mod tls;
mod watch;
pub mod workbook;
