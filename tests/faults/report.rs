//! What came of it: a row's report, and the table.

use std::time::Duration;

use crate::{plan::Plan, rows::figures::span};

/// Violations shown of one row.
const SHOWN: usize = 12;
/// A span this many times its target is a violation, where spans are judged: machines are shared.
const GENEROUS: u32 = 5;

/// What a row tried and found.
#[derive(Debug, Default)]
pub struct Report {
    /// How often the fault was done, with its word, as in `200 kills`.
    pub tried: String,
    pub violations: Vec<String>,
    pub figures: Vec<String>,
}

impl Report {
    /// Of something tried so often.
    pub fn of(count: impl std::fmt::Display, word: &str) -> Self {
        Self { tried: format!("{count} {word}"), ..Self::default() }
    }

    /// Notes a violation where something does not hold.
    pub fn check(&mut self, holds: bool, violation: impl FnOnce() -> String) {
        if !holds {
            self.violations.push(violation());
        }
    }

    /// Notes a violation where a span is far beyond its target, and the plan judges spans.
    pub fn check_span(&mut self, plan: &Plan, what: &str, took: Duration, target: Duration) {
        let is_too_long = plan.judges_spans() && took > target * GENEROUS;
        self.check(!is_too_long, || {
            format!("{what} took {}: more than {GENEROUS} × {}", span(took), span(target))
        });
    }

    /// Notes a figure.
    pub fn figure(&mut self, figure: impl Into<String>) {
        self.figures.push(figure.into());
    }
}

/// How a row ended.
#[derive(Debug)]
pub enum Outcome {
    Tried(Report),
    /// Not possible on this machine, and excused.
    NotTried(String),
}

impl Outcome {
    /// The driver could not go on: as bad as a violation.
    pub fn broken(why: String) -> Self {
        let violations = vec![why];
        Self::Tried(Report { tried: "-".to_owned(), violations, figures: Vec::new() })
    }

    /// One line of it.
    pub fn in_words(&self) -> String {
        match self {
            Self::Tried(report) if report.violations.is_empty() => {
                format!("ok: {}, 0 violations", report.tried)
            }
            Self::Tried(report) => {
                let mut text = format!("{}, {} violations", report.tried, report.violations.len());
                for violation in report.violations.iter().take(SHOWN) {
                    text += &format!("\n     ! {violation}");
                }
                text
            }
            Self::NotTried(why) => format!("not tried: {why}"),
        }
    }
}

/// All rows, in order.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<(&'static str, Outcome)>,
}

impl Table {
    /// Takes a row's outcome in.
    pub fn add(&mut self, name: &'static str, outcome: Outcome) {
        self.rows.push((name, outcome));
    }

    /// How many rows found a violation.
    pub fn failed(&self) -> usize {
        let is_bad =
            |outcome: &Outcome| matches!(outcome, Outcome::Tried(it) if !it.violations.is_empty());
        self.rows.iter().filter(|(_, outcome)| is_bad(outcome)).count()
    }

    /// Prints it; the last line is `N passed, N failed`.
    pub fn print(&self) {
        println!("\n| fault | tried | violations | figure |\n| --- | --- | --- | --- |");
        let mut not_tried = 0;
        for (name, outcome) in &self.rows {
            match outcome {
                Outcome::Tried(report) => {
                    let (count, figures) = (report.violations.len(), report.figures.join("; "));
                    println!("| {name} | {} | {count} | {figures} |", report.tried);
                }
                Outcome::NotTried(why) => {
                    not_tried += 1;
                    println!("| {name} | not tried | - | {why} |");
                }
            }
        }
        println!();
        if not_tried > 0 {
            println!("{not_tried} not tried");
        }
        let failed = self.failed();
        println!("{} passed, {failed} failed", self.rows.len() - failed - not_tried);
    }
}
