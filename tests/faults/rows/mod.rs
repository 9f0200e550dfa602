//! One file per row of the table of faults.

mod figures;
mod kill;

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
}
