//! How much memory do 10,000,000 handled alerts take as columns, and how soon is a question about
//! them answered? How does DuckDB do on the same rows, and what do commands and boards notice?
//!
//! The alerts are invented: three years, 2,000 schools, 100 stations, one unit sent to most and two
//! to some. Set up `duckdb` for `python3` (`pip install duckdb`) to have the comparison; every
//! answer must then be equal. `BENCH_ALERTS` sets how many there are.

mod handled;
mod rival;
mod support;
mod traffic;

use std::time::{Duration, Instant};

use campus_dispatch::{
    domain::{Timestamp, Within},
    statistics::{Columns, Filter, Grouping, Measure, ProfileRow, Query, aside},
};

/// Answers are given so often; the median counts.
const ROUNDS: usize = 9;
const DAY: i64 = 24 * 3_600;

fn main() {
    let alerts = std::env::var("BENCH_ALERTS").ok().and_then(|text| text.parse().ok());
    let began = Instant::now();
    let mut rival = rival::Rival::found();
    let columns = handled::columns(alerts.unwrap_or(10_000_000), |row| {
        if let Some(rival) = &mut rival {
            rival.take(row);
        }
    });
    println!("{} alerts generated and packed in {:.1?}", columns.alerts(), began.elapsed());
    let (bytes, rows) = columns.packed_bytes();
    println!(
        "{:.2} bytes an alert ({bytes} bytes, {rows} alerts packed)",
        bytes as f64 / rows as f64
    );
    let ours: Vec<_> = questions().iter().map(|question| question.answer(&columns)).collect();
    match rival {
        Some(rival) => compare(&ours, &rival.answers()),
        None => println!("python3 has no duckdb: nothing to compare with"),
    }
    traffic::measure(&columns, &questions());
}

/// One thing that is asked.
pub struct Question {
    name: &'static str,
    query: Query,
    asked: Asked,
    at_most: Duration,
}

#[derive(Clone, Copy)]
enum Asked {
    /// The on-time rate.
    Rate,
    /// And p50, p90, p95, p99.
    AllPercentiles,
    /// And p90.
    P90,
}

/// A question's median time, the processor time of all threads for one answer, and its rows: group,
/// alerts, n, met, and of spans measured, percentiles, longest.
pub struct Answered {
    name: &'static str,
    took: Duration,
    worked: Duration,
    rows: Vec<String>,
}

/// The questions of the issue that asks for this, with what they may take.
pub fn questions() -> Vec<Question> {
    let from = |days: i64| handled::START + Within::from_seconds(days * DAY);
    let ask = |name, days: (i64, i64), grouping, asked, at_most| Question {
        name,
        query: Query { from: from(days.0), to: from(days.1), filter: Filter::default(), grouping },
        asked,
        at_most: Duration::from_millis(at_most),
    };
    let (years, year) = ((0, handled::DAYS), (handled::DAYS - 365, handled::DAYS));
    vec![
        ask("month by tier, p50 to p99", (1_000, 1_031), Grouping::Tier, Asked::AllPercentiles, 3),
        ask("a year's heat map, p90", year, Grouping::WeekdayHour, Asked::P90, 20),
        ask("three years by day", years, Grouping::Day, Asked::Rate, 20),
        ask("three years by school, p90", years, Grouping::School, Asked::P90, 80),
    ]
}

impl Question {
    /// Answers it once.
    pub fn ask(&self, columns: &Columns) -> Vec<String> {
        let now = Timestamp::from_millis(i64::MAX / 2);
        let measure = Measure::Response;
        let (query, no_percents) = (&self.query, []);
        // As a running server asks; see `Facts::read`.
        aside(|| match self.asked {
            Asked::Rate => lines(&columns.profile(query, None, no_percents, now)),
            Asked::AllPercentiles => lines(&columns.profile(query, measure, [50, 90, 95, 99], now)),
            Asked::P90 => lines(&columns.profile(query, measure, [90], now)),
        })
    }

    fn answer(&self, columns: &Columns) -> Answered {
        let mut rows = self.ask(columns);
        let mut times = Vec::new();
        let worked_before = worked();
        for _ in 0..ROUNDS {
            let began = Instant::now();
            rows = self.ask(columns);
            times.push(began.elapsed());
        }
        times.sort_unstable();
        let took = times[ROUNDS / 2];
        let worked = (worked() - worked_before) / ROUNDS as u32;
        let verdict = if took <= self.at_most { "within" } else { "BEYOND" };
        println!(
            "{}: {took:.2?}, {verdict} {:?}; {worked:.2?} of processor time ({} groups)",
            self.name,
            self.at_most,
            rows.len()
        );
        Answered { name: self.name, took, worked, rows }
    }
}

/// Processor time of this process so far, of all its threads.
fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

fn lines<const N: usize>(rows: &[ProfileRow<N>]) -> Vec<String> {
    let line = |row: &ProfileRow<N>| {
        let ProfileRow { group, alerts, n, met, measured, .. } = row;
        let mut line = format!("{group},{alerts},{n},{met}");
        if N > 0 {
            let percentiles = row.percentiles_ms.map(|ms| ms.unwrap_or_default().to_string());
            let max = row.max_ms.unwrap_or_default();
            line += &format!(",{measured},{},{max}", percentiles.join(","));
        }
        line
    };
    rows.iter().map(line).collect()
}

fn compare(ours: &[Answered], theirs: &[rival::Answered]) {
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert_eq!(ours.rows, theirs.rows, "{}: the answers differ", ours.name);
        println!(
            "{}: DuckDB {:.2?}, {:.1} times ours; {:.2?} of processor time, {:.1} times; {} groups \
             equal",
            ours.name,
            theirs.took,
            theirs.took.as_secs_f64() / ours.took.as_secs_f64(),
            theirs.worked,
            theirs.worked.as_secs_f64() / ours.worked.as_secs_f64(),
            ours.rows.len()
        );
    }
}
