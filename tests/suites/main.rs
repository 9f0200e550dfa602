//! One binary of suites, by floor.

mod floors;
mod engine;
mod journal;
mod statistics;
