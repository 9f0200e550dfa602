//! What is noticed while reading and kept as it is: dirt, and values no table lists.

use std::collections::BTreeMap;

/// Beyond this many different values a column is not one of codes.
const DISTINCT_MAX: usize = 200;

/// How often, and where first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub times: u64,
    pub first_line: u64,
}

/// Counts by what was noticed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    dirt: BTreeMap<String, Count>,
    unlisted: BTreeMap<(String, String), Count>,
}

impl Tally {
    /// Something unusual that was taken as it is.
    pub fn note(&mut self, what: &str, line: u64) {
        count(self.dirt.entry(what.to_owned()), line);
    }

    /// A code that stands in no table, so that the default was taken.
    pub fn unlisted(&mut self, column: &str, value: &str, line: u64) {
        let mut key = (column.to_owned(), value.chars().take(60).collect::<String>());
        if self.unlisted.len() >= DISTINCT_MAX && !self.unlisted.contains_key(&key) {
            key.1 = "(further values)".to_owned();
        }
        count(self.unlisted.entry(key), line);
    }

    /// What was noticed, by name.
    pub fn dirt(&self) -> impl Iterator<Item = (&str, Count)> {
        self.dirt.iter().map(|(what, count)| (what.as_str(), *count))
    }

    /// How often something was noticed.
    pub fn times(&self, what: &str) -> u64 {
        self.dirt.get(what).map_or(0, |count| count.times)
    }

    /// Codes that stand in no table: column, value, count.
    pub fn unlisted_values(&self) -> impl Iterator<Item = (&str, &str, Count)> {
        let entries = self.unlisted.iter();
        entries.map(|((column, value), count)| (column.as_str(), value.as_str(), *count))
    }
}

fn count<K: Ord>(entry: std::collections::btree_map::Entry<'_, K, Count>, line: u64) {
    entry
        .and_modify(|count| {
            count.times += 1;
            count.first_line = count.first_line.min(line);
        })
        .or_insert(Count { times: 1, first_line: line });
}
