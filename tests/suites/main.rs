//! One binary of suites, by floor.

mod engine;
mod floors;
mod journal;
mod push;
mod statistics;
mod web;
