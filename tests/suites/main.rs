//! One binary of suites, by floor.

mod decide;
mod domain;
mod engine;
mod floors;
mod history;
mod journal;
mod statistics;
