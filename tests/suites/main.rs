//! One binary of suites, by floor.

mod catalogue;
mod cli;
mod decide;
mod dependencies;
mod domain;
mod engine;
mod evidence;
#[cfg(feature = "planted-faults")]
mod failpoint;
mod floors;
mod fuzz;
mod history;
mod journal;
mod limits;
mod push;
mod simulation;
mod statistics;
mod storage;
mod web;
