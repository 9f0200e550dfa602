//! One binary of suites, by floor.

mod history;
mod journal;
