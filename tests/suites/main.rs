//! One binary of suites, by floor.

mod decide;
mod domain;
mod floors;
mod journal;
mod statistics;
