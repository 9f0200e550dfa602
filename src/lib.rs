//! campus-dispatch: an incident response dispatch tracker for a police command centre that
//! protects schools.
//!
//! # The map of the house
//!
//! Floors import only downward; `tests/floors` reads `src/` and holds this map to it.
//!
//! | floor | holds | may use |
//! | --- | --- | --- |
//! | [`domain`] | alerts, units, policy, clocks, verdicts; commands, events, rejections; `decide` and `apply` | values only |
//! | [`journal`] | the [`journal::Journal`] contract, its adapters, the hash chain, `verify` | domain |
//! | [`engine`] | the one writer, the deadline queue, the read board, the feed | domain, journal |
//! | [`statistics`] | response-time figures over handled alerts | domain, engine |
//! | [`intake`] | files of schools, stations and units, read as commands | domain |
//! | [`web`] | routes, accounts at the door, problem documents, push, the embedded screens | domain, engine, statistics, intake |
//! | [`cli`] | arguments, configuration and every subcommand | all of the above |
//!
//! One command's way, and the place to start reading: a request is decoded in [`web`], becomes a
//! [`domain::Command`], is submitted to [`engine::Engine`], decided by [`domain::decide`] on the
//! writer's head, appended to the [`journal::Journal`], and only then released: to the read board,
//! to the feed and to the caller.

pub mod cli;
pub mod domain;
pub mod engine;
pub mod intake;
pub mod journal;
mod planted;
pub mod statistics;
pub mod web;
