//! What was measured, in a table.

use std::{fmt::Write, path::Path, time::Duration};

use super::{BenchArgs, Sent, screen::Sightings};

/// How long things took, each list in order.
pub struct Figures {
    answered: Vec<Duration>,
    first: Vec<Duration>,
    last: Vec<Duration>,
    /// Alerts that not every screen has.
    pub missing: usize,
}

impl Figures {
    pub fn of(sent: &[Sent], sightings: &Sightings, screens: usize) -> Self {
        let seen = || sent.iter().filter_map(|sent| Some((sent, sightings.of(sent.seq, screens)?)));
        Self {
            answered: in_order(sent.iter().map(|sent| sent.answered - sent.at)),
            first: in_order(seen().map(|(sent, seen)| seen.first - sent.at)),
            last: in_order(seen().map(|(sent, seen)| seen.last - sent.at)),
            missing: sent.len() - seen().count(),
        }
    }

    /// The table, and a sentence where something is missing.
    pub fn table(&self, args: &BenchArgs, disk: &Path) -> String {
        let mut text = format!(
            "{} screens, {} alerts a second for {}, on the disk of {}\n\n{:<14}{:>8}{:>12}{:>12}{:>12}\n",
            args.screens,
            args.alerts_per_second,
            humantime::format_duration(args.duration),
            disk.display(),
            "",
            "alerts",
            "p50 ms",
            "p99 ms",
            "max ms"
        );
        for (name, taken) in [
            ("answered", &self.answered),
            ("first screen", &self.first),
            ("last screen", &self.last),
        ] {
            let _ = writeln!(
                text,
                "{name:<14}{:>8}{:>12}{:>12}{:>12}",
                taken.len(),
                at(taken, 50),
                at(taken, 99),
                at(taken, 100)
            );
        }
        if self.missing > 0 {
            let _ = writeln!(
                text,
                "\n{} alerts were not on every screen in time: this is more than the machine can do.",
                self.missing
            );
        }
        text
    }
}

fn in_order(spans: impl Iterator<Item = Duration>) -> Vec<Duration> {
    let mut spans: Vec<Duration> = spans.collect();
    spans.sort_unstable();
    spans
}

/// The value that so many percent do not exceed, by nearest rank, in milliseconds.
fn at(in_order: &[Duration], percent: usize) -> String {
    let rank = (in_order.len() * percent).div_ceil(100);
    let value = rank.checked_sub(1).and_then(|index| in_order.get(index));
    value.map_or("–".to_owned(), |span| format!("{:.1}", span.as_secs_f64() * 1e3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_by_nearest_rank() {
        let spans: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!([at(&spans, 50), at(&spans, 99), at(&spans, 100)], ["100.0", "198.0", "200.0"]);
        assert_eq!(at(&[], 50), "–");
    }
}
