//! One binary of suites, by floor.

mod journal;
