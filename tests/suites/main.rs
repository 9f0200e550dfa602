//! One binary of suites, by floor.

mod decide;
mod domain;
mod floors;
mod engine;
mod journal;
mod statistics;
