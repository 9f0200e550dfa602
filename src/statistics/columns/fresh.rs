//! Settled rows that wait to be packed for good.

use std::{collections::BTreeMap, sync::OnceLock};

use super::{row::Row, segment::Segment};
use crate::domain::id::AlertId;

/// The rows, and how they are packed for questions until one of them changes: packing some
/// thousands takes longer than many a question does.
#[derive(Debug, Default)]
pub struct Fresh {
    rows: BTreeMap<AlertId, Row>,
    packed: OnceLock<Vec<Segment>>,
}

impl Fresh {
    pub fn insert(&mut self, row: Row) {
        self.packed.take();
        self.rows.insert(row.alert, row);
    }

    /// Whether it was there.
    pub fn remove(&mut self, alert: AlertId) -> bool {
        let was_there = self.rows.remove(&alert).is_some();
        if was_there {
            self.packed.take();
        }
        was_there
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows packed, in segments of at most so many.
    pub fn packed(&self, rows_max: usize) -> &[Segment] {
        self.packed.get_or_init(|| {
            let mut rows: Vec<Row> = self.rows.values().cloned().collect();
            rows.sort_by_key(Row::key);
            Segment::of_all(&rows, rows_max).collect()
        })
    }

    /// All rows in order of receipt; none is left.
    pub fn take(&mut self) -> Vec<Row> {
        let Self { rows, .. } = std::mem::take(self);
        let mut rows: Vec<Row> = rows.into_values().collect();
        rows.sort_by_key(Row::key);
        rows
    }
}
