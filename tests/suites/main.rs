//! One binary of suites, by floor.

mod engine;
mod journal;
