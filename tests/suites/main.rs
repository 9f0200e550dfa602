//! One binary of suites, by floor.

mod floors;
mod journal;
mod statistics;
