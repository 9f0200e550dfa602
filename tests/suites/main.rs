//! One binary of suites, by floor.

mod cli;
mod journal;
