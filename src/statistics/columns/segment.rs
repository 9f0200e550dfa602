//! A stretch of time as packed columns, never changed once it is made.

use std::{collections::HashMap, ops::Range};

use super::{
    packed::{BLOCK, Packed},
    row::{ALERT_SPANS, Row, SENT_SPANS, SentRow, read},
    span::{self, BEYOND},
};
use crate::domain::{Timestamp, id::AlertId};

/// Rows in order of receipt, a column per value.
#[derive(Debug)]
pub struct Segment {
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    pub rows: usize,
    /// Milliseconds after `first_at`.
    pub received: Packed,
    pub alert: Packed,
    pub class: Packed,
    pub policy: Packed,
    pub school: Packed,
    pub spans: [Packed; ALERT_SPANS],
    /// How many units were sent.
    pub sent: Packed,
    /// How many were sent before each block of rows.
    pub sent_before: Box<[u32]>,
    pub unit: Packed,
    pub sent_spans: [Packed; SENT_SPANS],
    /// Milliseconds of spans of more than 49 days, by column (those of units sent after those of
    /// alerts) and place in it.
    beyond: HashMap<(usize, usize), i64>,
}

impl Segment {
    /// Segments of rows in order of receipt, none larger than `rows_max`, none longer than an
    /// offset can say.
    pub fn of_all(rows: &[Row], rows_max: usize) -> impl Iterator<Item = Self> {
        let most = rows.len().div_ceil(rows.len().div_ceil(rows_max).max(1)).max(1);
        rows.chunks(most).flat_map(|chunk| {
            let mut rest = chunk;
            std::iter::from_fn(move || {
                let first_at = rest.first()?.received_at;
                let reaches =
                    |row: &Row| (row.received_at - first_at).millis() <= i64::from(u32::MAX);
                let (these, others) = rest.split_at(rest.partition_point(reaches));
                rest = others;
                Some(Self::of(these))
            })
        })
    }

    fn of(rows: &[Row]) -> Self {
        let (first_at, last_at) = match rows {
            [] => Default::default(),
            [first, .., last] => (first.received_at, last.received_at),
            [one] => (one.received_at, one.received_at),
        };
        let column =
            |value: &dyn Fn(&Row) -> u32| Packed::of(&rows.iter().map(value).collect::<Vec<_>>());
        let sent: Vec<&SentRow> = rows.iter().flat_map(|row| &row.sent).collect();
        let mut beyond = HashMap::new();
        let mut spans = |column: usize, spans: &mut dyn Iterator<Item = _>| {
            let code = |(place, span)| {
                let code = span::code(span);
                if let (BEYOND, Some(span)) = (code, span) {
                    beyond.insert((column, place), span.millis());
                }
                code
            };
            Packed::of(&spans.enumerate().map(code).collect::<Vec<_>>())
        };
        let mut before = 0;
        let sent_before = rows.chunks(BLOCK).map(|block| {
            let start = before;
            before += block.iter().map(|row| row.sent.len() as u32).sum::<u32>();
            start
        });
        Self {
            first_at,
            last_at,
            rows: rows.len(),
            received: column(&|row| (row.received_at - first_at).millis() as u32),
            alert: column(&|row| row.alert.0),
            class: column(&|row| row.class),
            policy: column(&|row| row.policy),
            school: column(&|row| row.school),
            sent: column(&|row| row.sent.len() as u32),
            sent_before: sent_before.collect(),
            unit: Packed::of(&sent.iter().map(|sent| sent.unit).collect::<Vec<_>>()),
            spans: std::array::from_fn(|at| spans(at, &mut rows.iter().map(|row| row.spans[at]))),
            sent_spans: std::array::from_fn(|at| {
                spans(ALERT_SPANS + at, &mut sent.iter().map(|sent| sent.spans[at]))
            }),
            beyond,
        }
    }

    pub fn blocks(&self) -> usize {
        self.rows.div_ceil(BLOCK)
    }

    /// The blocks in which rows received in a period may be.
    pub fn blocks_in(&self, period: &Range<Timestamp>) -> Range<usize> {
        let before = |at: Timestamp| self.received.blocks_before((at - self.first_at).millis());
        // The block that begins before the period may end in it.
        before(period.start).saturating_sub(1)..before(period.end)
    }

    /// No row of a block was received before the one or after the other; no column is unpacked.
    pub fn bounds(&self, block: usize) -> (Timestamp, Timestamp) {
        let begins = |block| self.received.least(block).map(|offset| self.received_at(offset));
        (begins(block).unwrap_or(self.first_at), begins(block + 1).unwrap_or(self.last_at))
    }

    /// Milliseconds of a span too long for its code.
    pub fn beyond(&self, column: usize, place: usize) -> i64 {
        self.beyond.get(&(column, place)).copied().unwrap_or(i64::from(BEYOND))
    }

    /// Every row, unpacked.
    pub fn unpacked(&self) -> Vec<Row> {
        let rows = |column: &Packed| column.unpacked(self.rows);
        let (received, alert, class) = (rows(&self.received), rows(&self.alert), rows(&self.class));
        let (policy, school, sent) = (rows(&self.policy), rows(&self.school), rows(&self.sent));
        let spans = self.spans.each_ref().map(rows);
        let all_sent = sent.iter().map(|count| *count as usize).sum();
        let unit = self.unit.unpacked(all_sent);
        let sent_spans = self.sent_spans.each_ref().map(|column| column.unpacked(all_sent));
        let mut next = 0;
        let row = |at: usize| {
            let from = next;
            next += sent[at] as usize;
            Row {
                alert: AlertId(alert[at]),
                received_at: self.received_at(received[at]),
                class: class[at],
                policy: policy[at],
                school: school[at],
                spans: std::array::from_fn(|column| {
                    read(spans[column][at], || self.beyond(column, at))
                }),
                sent: (from..next)
                    .map(|place| SentRow {
                        unit: unit[place],
                        spans: std::array::from_fn(|column| {
                            let code = sent_spans[column][place];
                            read(code, || self.beyond(ALERT_SPANS + column, place))
                        }),
                    })
                    .collect(),
            }
        };
        (0..self.rows).map(row).collect()
    }

    /// The instant of an offset.
    pub fn received_at(&self, offset: u32) -> Timestamp {
        Timestamp::from_millis(self.first_at.millis() + i64::from(offset))
    }

    /// Whether an alert received at an instant has a row here.
    pub fn has(&self, alert: AlertId, received_at: Timestamp) -> bool {
        if !(self.first_at..=self.last_at).contains(&received_at) {
            return false;
        }
        let (mut received, mut alerts) = ([0; BLOCK], [0; BLOCK]);
        let offset = (received_at - self.first_at).millis() as u32;
        (0..self.blocks()).any(|block| {
            self.received.load(block, &mut received);
            let rows = (self.rows - block * BLOCK).min(BLOCK);
            if !(received[0]..=received[rows - 1]).contains(&offset) {
                return false;
            }
            self.alert.load(block, &mut alerts);
            let mut pairs = received[..rows].iter().zip(&alerts[..rows]);
            pairs.any(|pair| pair == (&offset, &alert.0))
        })
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        let columns = [
            &self.received,
            &self.alert,
            &self.class,
            &self.policy,
            &self.school,
            &self.sent,
            &self.unit,
        ];
        let columns = columns.into_iter().chain(&self.spans).chain(&self.sent_spans);
        let beyond = self.beyond.capacity() * size_of::<((usize, usize), i64)>();
        columns.map(Packed::bytes).sum::<usize>()
            + size_of_val(&*self.sent_before)
            + beyond
            + size_of::<Self>()
    }
}
