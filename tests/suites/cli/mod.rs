//! The command line: what is read, what is refused, and the binary as a script meets it.

mod config;
mod demo;
mod district;
mod export;
mod peak;
