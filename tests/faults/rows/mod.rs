//! One file per row of the table of faults.

mod backup;
mod clock;
mod deadline;
mod directory;
mod disk_full;
pub mod figures;
mod kill;
mod lost_reply;
mod overload;
mod power_cut;
mod resume;
mod same_key;
mod same_unit;
mod stalled;
mod stop;
mod storm;
mod sync_error;

use std::{pin::Pin, time::Duration};

use crate::{plan::Plan, report::Report};

type Running = Pin<Box<dyn Future<Output = anyhow::Result<Report>> + Send>>;

/// A row of the table.
pub struct Row {
    /// What it is asked for by.
    pub name: &'static str,
    pub about: &'static str,
    pub run: fn(Plan) -> Running,
    /// Minutes after which it hangs: reduced, and full.
    minutes: (u64, u64),
}

impl Row {
    /// How long it may take before it is given up.
    pub fn at_most(&self, plan: &Plan) -> Duration {
        let (reduced, full) = self.minutes;
        Duration::from_secs(60 * plan.count(reduced, full))
    }
}

macro_rules! rows {
    ($($name:literal, $about:literal, $run:path, $minutes:expr;)+) => {
        /// Every row, in the order of the table.
        pub const ROWS: &[Row] = &[$(Row {
            name: $name,
            about: $about,
            run: |plan| Box::pin($run(plan)),
            minutes: $minutes,
        }),+];
    };
}

rows! {
    "1-kill", "kill -9 at random under mixed load", kill::run, (8, 90);
    "2-power-cut", "the power is cut under mixed load", power_cut::run, (8, 60);
    "4-sync-error", "the N-th sync or write fails", sync_error::run, (8, 60);
    "5-disk-full", "the disk fills up, and is freed", disk_full::run, (8, 60);
    "6-directory", "a directory taken, read-only, another's, removed", directory::run, (5, 30);
    "10-same-key", "the same command on 50 connections at once", same_key::run, (5, 30);
    "11-same-unit", "two operators send the same unit", same_unit::run, (5, 30);
    "12-lost-reply", "the answer is lost and the command asked again", lost_reply::run, (5, 30);
    "13-storm", "2,000 screens cut off and back at once", storm::run, (8, 60);
    "14-stalled", "screens that do not read, or are dead", stalled::run, (8, 60);
    "16-resume", "resume from too old, the future, another history", resume::run, (5, 30);
    "17-clock", "the wall clock is wrong, or is set while it serves", clock::run, (5, 30);
    "18-deadline", "a deadline across a crash", deadline::run, (5, 30);
    "20-overload", "far too much load, hardly any descriptors", overload::run, (5, 30);
    "22-stop", "stopped in order and started again under load", stop::run, (5, 30);
    "23-backup", "backed up under load, and restored", backup::run, (8, 60);
}
