//! What reading a file came to, and how it is told.

use std::{collections::BTreeSet, fmt};

use super::tally::Tally;
use crate::domain::{classification::Source, history::HistoricAlert};

/// A row that cannot be taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// The line it begins in, counted from 1.
    pub line: u64,
    pub reason: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// One call, with the line it begins in.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoricCall {
    pub line: u64,
    pub alert: HistoricAlert,
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Report {
    /// Rows below the header.
    pub rows: u64,
    /// In order of receipt.
    pub calls: Vec<HistoricCall>,
    pub bad_rows: Vec<BadRow>,
    /// Good rows that are left out because another row of their call is bad.
    pub left_out: Vec<BadRow>,
    pub tally: Tally,
}

/// The counts of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    pub calls: usize,
    pub calls_without_arrival: usize,
    pub assignments: usize,
    pub assignments_without_arrival: usize,
    /// Different units by their ids; units without an id do not count.
    pub units: usize,
    pub without_position: usize,
    pub not_closed: usize,
    pub found_by_units: usize,
}

impl Report {
    /// Counts what was read.
    pub fn counts(&self) -> Counts {
        let alerts = || self.calls.iter().map(|call| &call.alert);
        let assignments = || alerts().flat_map(|alert| &alert.assignments);
        let units: BTreeSet<&str> = assignments()
            .map(|each| each.unit.as_str())
            .filter(|unit| *unit != super::row::UNNAMED)
            .collect();
        let arrived =
            |alert: &HistoricAlert| alert.assignments.iter().any(|each| each.arrived_at.is_some());
        let position = |alert: &HistoricAlert| alert.place.as_ref().and_then(|it| it.position);
        Counts {
            calls: self.calls.len(),
            calls_without_arrival: alerts().filter(|alert| !arrived(alert)).count(),
            assignments: assignments().count(),
            assignments_without_arrival: assignments()
                .filter(|each| each.arrived_at.is_none())
                .count(),
            units: units.len(),
            without_position: alerts().filter(|alert| position(alert).is_none()).count(),
            not_closed: alerts().filter(|alert| alert.closed_at.is_none()).count(),
            found_by_units: alerts().filter(|alert| alert.source == Source::UnitFinding).count(),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.counts();
        writeln!(f, "rows                {:>9}", self.rows)?;
        writeln!(
            f,
            "calls               {:>9}  {} without arrival, {} not closed, {} without position, {} found by units",
            counts.calls,
            counts.calls_without_arrival,
            counts.not_closed,
            counts.without_position,
            counts.found_by_units,
        )?;
        writeln!(
            f,
            "units sent          {:>9}  {} without arrival, {} different units",
            counts.assignments, counts.assignments_without_arrival, counts.units,
        )?;
        writeln!(f, "bad rows            {:>9}", self.bad_rows.len())?;
        for row in self.bad_rows.iter().chain(&self.left_out) {
            writeln!(f, "  {row}")?;
        }
        let mut dirt = self.tally.dirt().peekable();
        if dirt.peek().is_some() {
            writeln!(f, "kept as it was read")?;
        }
        for (what, count) in dirt {
            writeln!(f, "  {:>6} x {what}, first in line {}", count.times, count.first_line)?;
        }
        let mut unlisted = self.tally.unlisted_values().peekable();
        if unlisted.peek().is_some() {
            writeln!(f, "values the mapping does not list (its default was taken)")?;
        }
        for (column, value, count) in unlisted {
            let line = count.first_line;
            writeln!(f, "  {:>6} x {column} {value:?}, first in line {line}", count.times)?;
        }
        Ok(())
    }
}
