//! One binary of suites, by floor.

mod decide;
mod domain;
mod floors;
mod engine;
mod history;
mod journal;
mod statistics;
