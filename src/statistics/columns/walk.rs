//! The way through the rows a question is about, a block at a time.

use std::{ops::Range, sync::Arc};

use super::{
    BLOCK, By, Columns, Lane, by::Calendar, class::Wanted, names::Names, packed::Packed,
    segment::Segment,
};
use crate::{
    domain::{Timestamp, Within, district::School, id::StationId},
    statistics::{Filter, Query},
};

/// Blocks that one thread takes at a time.
const BLOCKS_AT_ONCE: usize = 64;

/// A filter over a period, with every name turned into numbers.
pub struct Pass<'a> {
    pub columns: &'a Columns,
    pub by: By,
    period: Range<Timestamp>,
    wanted: Wanted,
    /// Which schools' numbers are meant, where not all.
    schools: Option<Vec<bool>>,
    peak: Option<(bool, Vec<Option<Arc<School>>>)>,
    unit: Option<u32>,
    /// The rows of open alerts.
    open: Vec<Segment>,
}

/// A stretch of blocks of one segment.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    segment: &'a Segment,
    blocks: Range<usize>,
}

/// The rows of one block that are meant, each with the number of a group it counts in.
pub struct Block<'a> {
    pub segment: &'a Segment,
    pub index: usize,
    pub class: Lane,
    /// Rows and groups, in step. By unit a row may be there more than once.
    pub rows: Vec<u8>,
    pub groups: Vec<u32>,
    /// Every row of the block is there, in order.
    pub all_rows: bool,
    /// All count in the same group.
    pub one_group: bool,
    /// Units sent to the rows: places in the segment's columns, and groups.
    pub sent: Vec<(u32, u32)>,
    received: Lane,
    school: Lane,
    counts: Lane,
    units: SentLane,
    picked: Vec<u8>,
}

/// Part of a column of units sent, unpacked.
#[derive(Debug, Default)]
pub struct SentLane {
    from: usize,
    values: Vec<u32>,
}

impl SentLane {
    /// Unpacks the places of a range.
    pub fn load(&mut self, column: &Packed, places: Range<usize>) {
        let mut lane = [0; BLOCK];
        self.from = places.start / BLOCK * BLOCK;
        self.values.clear();
        if !places.is_empty() {
            for block in places.start / BLOCK..places.end.div_ceil(BLOCK) {
                column.load(block, &mut lane);
                self.values.extend(lane);
            }
        }
    }

    pub fn get(&self, place: u32) -> u32 {
        self.values[place as usize - self.from]
    }
}

impl<'a> Pass<'a> {
    /// The rows that `query` asks for as of `now`, in the groups that `by` makes of them.
    pub fn of(columns: &'a Columns, query: &Query, by: By, now: Timestamp) -> Self {
        let filter = &query.filter;
        let schools = columns.meant_schools(filter);
        let of_number = |id| columns.schools.get(id).cloned();
        let known = || [None].into_iter().chain(columns.index.schools.iter().map(of_number));
        Self {
            columns,
            by,
            period: query.from..query.to,
            wanted: Wanted::by(filter),
            schools,
            peak: filter.peak.map(|peak| (peak, known().collect())),
            // A unit that was never sent has a number that no row has.
            unit: filter.unit.as_ref().map(|unit| match columns.index.units.number(unit) {
                0 => u32::MAX,
                number => number,
            }),
            open: columns.open_in(query.from..query.to, now),
        }
    }

    /// At most so many rows are looked at.
    pub fn rows(&self) -> usize {
        self.parts().iter().map(|part| part.blocks.len() * BLOCK).sum()
    }

    /// The work, in parts.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let segments = self.columns.settled().chain(&self.open);
        segments
            .filter(|segment| self.period.start <= segment.last_at)
            .flat_map(|segment| {
                let Range { start, end } = segment.blocks_in(&self.period);
                (start..end).step_by(BLOCKS_AT_ONCE).map(move |first| Part {
                    segment,
                    blocks: first..(first + BLOCKS_AT_ONCE).min(end),
                })
            })
            .collect()
    }

    /// Walks a part. Units sent are looked at where `with_sent`.
    pub fn walk(&self, part: &Part<'_>, with_sent: bool, mut visit: impl FnMut(&Block<'_>)) {
        let mut calendar = match &self.by {
            By::Time(calendar) => Some(calendar.clone()),
            _ => None,
        };
        let by_unit = matches!(self.by, By::Unit);
        let by_school = matches!(self.by, By::School | By::Station(..));
        let needs_school = by_school || self.schools.is_some() || self.peak.is_some();
        let needs_sent = with_sent || by_unit || self.unit.is_some();
        let mut block = Block::of(part.segment);
        for index in part.blocks.clone() {
            block.index = index;
            block.segment.class.load(index, &mut block.class);
            let (first, last) = block.segment.bounds(index);
            let whole = self.period.start <= first && last < self.period.end;
            // Rows come in order: where the bounds are in one stretch, all rows are.
            let stretch = calendar.as_mut().and_then(|calendar| {
                let number = calendar.number(first);
                calendar.covers(last).then_some(number)
            });
            if !whole || self.peak.is_some() || (calendar.is_some() && stretch.is_none()) {
                block.segment.received.load(index, &mut block.received);
            }
            if needs_school {
                block.segment.school.load(index, &mut block.school);
            }
            if needs_sent {
                block.load_sent(by_unit || self.unit.is_some());
            }
            self.pick(&mut block, whole);
            if block.picked.is_empty() {
                continue;
            }
            if by_unit {
                block.group_by_unit(self.unit);
            } else {
                match (stretch, &mut calendar) {
                    (Some(number), _) => block.group_as_one(number),
                    (None, Some(calendar)) => block.group_by_time(calendar),
                    (None, None) => self.group(&mut block),
                }
                if needs_sent {
                    block.group_sent(self.unit);
                }
            }
            visit(&block);
        }
    }

    /// Picks the rows that are meant.
    fn pick(&self, block: &mut Block<'_>, whole: bool) {
        let rows = block.rows_in();
        block.picked.clear();
        let class = &block.class[..rows];
        if self.wanted.takes_all(class) {
            block.picked.extend(0..rows as u8);
        } else {
            let meant = |row: &u8| self.wanted.takes(class[*row as usize]);
            block.picked.extend((0..rows as u8).filter(meant));
        }
        if !whole {
            let offset = |at: Timestamp| (at - block.segment.first_at).millis();
            let meant = offset(self.period.start)..offset(self.period.end);
            let received = &block.received;
            block.picked.retain(|row| meant.contains(&i64::from(received[*row as usize])));
        }
        if let Some(schools) = &self.schools {
            block.picked.retain(|row| schools[block.school[*row as usize] as usize]);
        }
        if let Some((peak, schools)) = &self.peak {
            let (segment, received, school) = (block.segment, &block.received, &block.school);
            block.picked.retain(|row| {
                let row = *row as usize;
                let school = schools[school[row] as usize].as_ref();
                let received_at = segment.received_at(received[row]);
                *peak == school.is_some_and(|school| school.is_peak(received_at))
            });
        }
        if let Some(unit) = self.unit {
            let mut picked = std::mem::take(&mut block.picked);
            picked.retain(|row| block.sent_to(*row).any(|place| block.units.get(place) == unit));
            block.picked = picked;
        }
    }

    /// One group for each row.
    fn group(&self, block: &mut Block<'_>) {
        let mut policy = [0; BLOCK];
        match &self.by {
            By::Class(_, bits) => block.group_by(|block, row| bits.get(block.class[row])),
            By::School => block.group_by(|block, row| block.school[row]),
            By::Station(of_school, _) => {
                block.group_by(|block, row| of_school[block.school[row] as usize]);
            }
            By::Policy => {
                block.segment.policy.load(block.index, &mut policy);
                block.group_by(|_, row| policy[row]);
            }
            By::Whole | By::Unit | By::Time(_) => block.group_as_one(0),
        }
    }
}

impl<'a> Block<'a> {
    fn of(segment: &'a Segment) -> Self {
        Self {
            segment,
            index: 0,
            class: [0; BLOCK],
            rows: Vec::with_capacity(BLOCK),
            groups: Vec::with_capacity(BLOCK),
            all_rows: false,
            one_group: false,
            sent: Vec::new(),
            received: [0; BLOCK],
            school: [0; BLOCK],
            counts: [0; BLOCK],
            units: SentLane::default(),
            picked: Vec::with_capacity(BLOCK),
        }
    }

    /// The rows picked count in groups of their own.
    fn group_by(&mut self, group: impl Fn(&Self, usize) -> u32) {
        let mut groups = std::mem::take(&mut self.groups);
        groups.clear();
        groups.extend(self.picked.iter().map(|row| group(self, *row as usize)));
        self.groups = groups;
        self.one_group = false;
        self.keep_picked();
    }

    /// The rows picked count in one group.
    fn group_as_one(&mut self, group: u32) {
        self.groups.clear();
        self.groups.resize(self.picked.len(), group);
        self.one_group = true;
        self.keep_picked();
    }

    fn group_by_time(&mut self, calendar: &mut Calendar) {
        self.groups.clear();
        let at = |row: &u8| self.segment.received_at(self.received[*row as usize]);
        self.groups.extend(self.picked.iter().map(|row| calendar.number(at(row))));
        self.one_group = false;
        self.keep_picked();
    }

    fn keep_picked(&mut self) {
        self.all_rows = self.picked.len() == self.rows_in();
        std::mem::swap(&mut self.rows, &mut self.picked);
    }

    /// How many rows the block has.
    fn rows_in(&self) -> usize {
        (self.segment.rows - self.index * BLOCK).min(BLOCK)
    }

    /// The places of all units sent to the block's rows.
    pub fn sent_places(&self) -> Range<usize> {
        let from = self.segment.sent_before[self.index] as usize;
        from..self.counts[self.rows_in() - 1] as usize
    }

    /// Turns the lane of counts into where each row's units sent end.
    fn load_sent(&mut self, with_units: bool) {
        self.segment.sent.load(self.index, &mut self.counts);
        let mut end = self.segment.sent_before[self.index];
        for count in &mut self.counts {
            end = end.wrapping_add(*count);
            *count = end;
        }
        if with_units {
            let places = self.sent_places();
            self.units.load(&self.segment.unit, places);
        }
    }

    /// The places of the units sent to a row.
    fn sent_to(&self, row: u8) -> Range<u32> {
        let row = row as usize;
        let from = match row.checked_sub(1) {
            Some(before) => self.counts[before],
            None => self.segment.sent_before[self.index],
        };
        from..self.counts[row]
    }

    /// The row of the block that a unit at a place was sent to.
    pub fn row_of(&self, place: u32) -> usize {
        self.counts.iter().position(|end| place < *end).unwrap_or(0)
    }

    /// Units sent count in the group of their row.
    fn group_sent(&mut self, unit: Option<u32>) {
        let mut sent = std::mem::take(&mut self.sent);
        sent.clear();
        for (row, group) in self.rows.iter().zip(&self.groups) {
            let meant = |place: &u32| unit.is_none_or(|unit| self.units.get(*place) == unit);
            sent.extend(self.sent_to(*row).filter(meant).map(|place| (place, *group)));
        }
        self.sent = sent;
    }

    /// A row counts in the group of each unit sent, and in that of none where none was.
    fn group_by_unit(&mut self, unit: Option<u32>) {
        let mut sent = std::mem::take(&mut self.sent);
        let (mut rows, mut groups) =
            (std::mem::take(&mut self.rows), std::mem::take(&mut self.groups));
        sent.clear();
        rows.clear();
        groups.clear();
        for row in &self.picked {
            let first = groups.len();
            for place in self.sent_to(*row) {
                let its = self.units.get(place);
                if unit.is_some_and(|unit| unit != its) {
                    continue;
                }
                sent.push((place, its));
                if !groups[first..].contains(&its) {
                    rows.push(*row);
                    groups.push(its);
                }
            }
            if groups.len() == first {
                rows.push(*row);
                groups.push(0);
            }
        }
        (self.sent, self.rows, self.groups) = (sent, rows, groups);
        (self.all_rows, self.one_group) = (false, false);
    }
}

impl Columns {
    /// Which schools' numbers a filter by school or station means; none where it has none such.
    fn meant_schools(&self, filter: &Filter) -> Option<Vec<bool>> {
        if filter.school.is_none() && filter.station.is_none() {
            return None;
        }
        let station_of = |id| self.schools.get(id).and_then(|school| school.station.as_ref());
        let is_meant = |id| {
            filter.school.as_ref().is_none_or(|wanted| wanted == id)
                && (filter.station.is_none() || filter.station.as_ref() == station_of(id))
        };
        Some([false].into_iter().chain(self.index.schools.iter().map(is_meant)).collect())
    }

    /// The station's number of each school's number, from 1 on, and the stations.
    pub(super) fn stations(&self) -> (Vec<u32>, Vec<StationId>) {
        let mut stations = Names::default();
        let mut number = |id| {
            let station = self.schools.get(id).and_then(|school| school.station.as_ref());
            station.map_or(0, |station| {
                stations.enter(station);
                stations.number(station)
            })
        };
        let of_school = [0].into_iter().chain(self.index.schools.iter().map(&mut number)).collect();
        (of_school, stations.iter().cloned().collect())
    }

    /// The first and the last instant at which a packed or open alert was received in a period.
    pub(in crate::statistics) fn reach(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> (Timestamp, Timestamp) {
        let open = self.open.values().map(|alert| alert.received_at);
        let ends = self.settled().flat_map(|segment| [segment.first_at, segment.last_at]);
        let all: Vec<_> = open.chain(ends).collect();
        let first = all.iter().copied().min().unwrap_or(from).max(from);
        let last_in = to + Within::from_millis(-1);
        (first, all.into_iter().max().unwrap_or(first).min(last_in).max(first))
    }
}
