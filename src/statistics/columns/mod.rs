//! Every alert's figures in memory, as packed columns in order of receipt.
//!
//! What is closed, cancelled or merged can change no more by time alone: its row is *settled* and
//! goes into a [`Segment`], a stretch of time whose columns are packed to as few bits as they need
//! (35 bytes an alert or fewer). What is open is kept as the alert itself and judged when somebody
//! asks. A settled alert that changes after all (reopened, corrected, excused) leaves its segment
//! and comes back as it is now.

mod by;
mod class;
mod fresh;
mod names;
mod packed;
mod row;
mod segment;
mod span;
mod walk;

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

pub(super) use by::By;
pub(super) use class::{
    CATEGORY, COUNTED, COUNTED_AS, DECLINED, ENDING, Ending, NEEDS_ARRIVAL, REOPENED, SEVERITY,
    SOURCE, TIER, ZONE,
};
pub(super) use packed::{BLOCK, Lane};
pub(super) use row::ALERT_SPANS;
pub(super) use segment::Segment;
pub(super) use span::{BEYOND, is_measured, is_within, millis};
pub(super) use walk::{Block, Pass, SentLane};

use fresh::Fresh;
use names::Names;
use row::Row;

use crate::{
    domain::{
        Alert, Change, Stage, State, Timestamp,
        district::School,
        event::TimePoint,
        id::{AlertId, SchoolId, UnitId},
        policy::PolicyRef,
    },
    engine::Board,
};

/// So many settled rows wait before they are packed.
const SEAL_AT: usize = 8_192;

/// A segment of more rows is split.
const ROWS_MAX: usize = 65_536;

/// Every alert's figures, and the schools as they are now.
///
/// Ask with [`Columns::response`] (everything, by group), [`Columns::profile`] (one measure, fast),
/// [`Columns::alerts_of`] (the alerts behind a figure) and [`Columns::alert_ids`] (the alerts of a
/// period and filter). On a running server take it from [`super::Facts::read`].
#[derive(Debug)]
pub struct Columns {
    /// In order of time; none begins before the one before it ends.
    segments: Vec<Segment>,
    /// Settled rows that wait to be packed.
    fresh: Fresh,
    /// Alerts whose row still changes by time.
    open: BTreeMap<AlertId, Arc<Alert>>,
    /// The highest id that ever came; one above it cannot have a row.
    last: Option<AlertId>,
    index: Index,
    schools: BTreeMap<SchoolId, Arc<School>>,
    seal_at: usize,
    rows_max: usize,
}

impl Default for Columns {
    fn default() -> Self {
        Self::of_sizes(SEAL_AT, ROWS_MAX)
    }
}

/// The names of which columns hold the numbers.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub schools: Names<SchoolId>,
    pub units: Names<UnitId>,
    pub policies: Names<PolicyRef>,
}

impl Index {
    fn enter(&mut self, alert: &Alert) {
        self.policies.enter(&alert.selection.policy);
        if let Some(school) = &alert.school {
            self.schools.enter(school);
        }
        for sent in &alert.assignments {
            self.units.enter(&sent.unit);
        }
    }
}

impl Columns {
    /// No alert yet. So many settled rows wait before they are packed, and so many are packed
    /// together at most; nothing that can be asked depends on it.
    pub fn of_sizes(seal_at: usize, rows_max: usize) -> Self {
        Self {
            segments: Vec::new(),
            fresh: Fresh::default(),
            open: BTreeMap::new(),
            last: None,
            index: Index::default(),
            schools: BTreeMap::new(),
            seal_at,
            rows_max,
        }
    }

    /// The figures of a state read from a data directory.
    pub fn of_state(state: &State) -> Self {
        let mut columns = Self::default();
        state.schools.values().for_each(|school| columns.define_school(school));
        state.alerts.values().for_each(|alert| columns.put(alert));
        columns
    }

    /// The figures of a board. What the feed brings after the position the board had before goes
    /// on top.
    pub fn of_board(board: &Board) -> Self {
        let mut columns = Self::default();
        board.schools().iter().for_each(|school| columns.define_school(school));
        let mut alerts: Vec<_> = board.alerts_before(None).map(|alert| alert.id).collect();
        alerts.reverse();
        alerts.into_iter().filter_map(|id| board.alert(id)).for_each(|alert| columns.put(&alert));
        columns
    }

    /// The same schools, and no alert.
    pub(super) fn without_alerts(&self) -> Self {
        Self { schools: self.schools.clone(), ..Self::default() }
    }

    /// Takes in what one record changed.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Alert(alert) => self.put(alert),
            Change::School(school) => self.define_school(school),
            Change::SchoolRemoved(id) => {
                self.schools.remove(id);
            }
            _ => {}
        }
    }

    /// A school as it is now: its station and peak windows are those of today for all its alerts.
    pub fn define_school(&mut self, school: &Arc<School>) {
        self.schools.insert(school.id.clone(), school.clone());
    }

    /// Takes in an alert as it is now, in the place of how it was before.
    pub fn put(&mut self, alert: &Arc<Alert>) {
        if self.last >= Some(alert.id) {
            self.take_out(alert);
        }
        self.last = self.last.max(Some(alert.id));
        self.index.enter(alert);
        if alert.stage() < Stage::Closed {
            self.open.insert(alert.id, alert.clone());
            return;
        }
        // Its verdict rests on time points alone: any instant judges it alike.
        let row = Row::of(alert, alert.received_at, &self.index);
        self.fresh.insert(row);
        if self.fresh.len() >= self.seal_at {
            self.seal();
        }
    }

    fn take_out(&mut self, alert: &Alert) {
        if self.open.remove(&alert.id).is_some() || self.fresh.remove(alert.id) {
            return;
        }
        let corrected = alert.corrections.iter().map(|corrected| &corrected.correction);
        let received = corrected.filter(|correction| correction.point == TimePoint::Received);
        let was = received.flat_map(|correction| [correction.old, correction.new]).flatten();
        let was: BTreeSet<_> = was.chain([alert.received_at]).collect();
        let has = |segment: &Segment| was.iter().any(|at| segment.has(alert.id, *at));
        if let Some(place) = self.segments.iter().position(has) {
            let mut rows = self.segments[place].unpacked();
            rows.retain(|row| row.alert != alert.id);
            self.segments.splice(place..=place, Segment::of_all(&rows, self.rows_max));
        }
    }

    /// Packs the rows that wait.
    fn seal(&mut self) {
        let mut rows = self.fresh.take().into_iter().peekable();
        let old = std::mem::take(&mut self.segments);
        let ends: Vec<_> =
            old.iter().skip(1).map(|next| Some(next.first_at)).chain([None]).collect();
        for (segment, end) in old.into_iter().zip(ends) {
            let mut its = Vec::new();
            while let Some(row) = rows.next_if(|row| end.is_none_or(|end| row.received_at < end)) {
                its.push(row);
            }
            let follows = its.first().is_some_and(|first| segment.last_at <= first.received_at);
            if its.is_empty() || (follows && segment.rows + its.len() > self.rows_max) {
                self.segments.push(segment);
            } else {
                its.extend(segment.unpacked());
                its.sort_by_key(Row::key);
            }
            self.segments.extend(Segment::of_all(&its, self.rows_max));
        }
        self.segments.extend(Segment::of_all(&rows.collect::<Vec<_>>(), self.rows_max));
    }

    /// Settled rows, packed.
    fn settled(&self) -> impl Iterator<Item = &Segment> {
        self.segments.iter().chain(self.fresh.packed(self.rows_max))
    }

    /// The rows of open alerts received in a period, packed, judged as of `now`.
    fn open_in(&self, period: Range<Timestamp>, now: Timestamp) -> Vec<Segment> {
        let open = self.open.values().filter(|alert| period.contains(&alert.received_at));
        let mut rows: Vec<Row> = open.map(|alert| Row::of(alert, now, &self.index)).collect();
        rows.sort_by_key(Row::key);
        Segment::of_all(&rows, self.rows_max).collect()
    }

    /// A school as it is now.
    pub(super) fn school(&self, id: &SchoolId) -> Option<&School> {
        self.schools.get(id).map(|school| &**school)
    }

    /// The unit of a number.
    pub(super) fn unit(&self, number: u32) -> Option<UnitId> {
        self.index.units.name(number).cloned()
    }

    /// The policy of a number.
    pub(super) fn policy(&self, number: u32) -> Option<PolicyRef> {
        self.index.policies.name(number).cloned()
    }

    /// How many alerts there are.
    pub fn alerts(&self) -> usize {
        self.segments.iter().map(|segment| segment.rows).sum::<usize>()
            + self.fresh.len()
            + self.open.len()
    }

    /// Bytes of the packed columns, and how many alerts they hold.
    pub fn packed_bytes(&self) -> (usize, usize) {
        let bytes = self.segments.iter().map(Segment::bytes).sum();
        (bytes, self.segments.iter().map(|segment| segment.rows).sum())
    }
}
