//! Rows gathered into groups, on two threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::{
    aside::{Courtesy, THREADS, aside},
    bucket,
    columns::{
        ALERT_SPANS, BEYOND, BLOCK, Block, COUNTED, COUNTED_AS, DECLINED, ENDING, Ending,
        NEEDS_ARRIVAL, Pass, REOPENED, SentLane, is_measured, is_within,
    },
    fact::LeftOut,
    measure::{Measure, Place},
    spans::Spans,
};
use crate::domain::Verdict;

/// A part is some thousands of rows; fewer parts are not worth another thread.
const PARTS_WORTH_A_THREAD: usize = 4;
/// Room is made beforehand where a group is expected to have more spans than this.
const ROOM_MIN: usize = 64;
/// How many alerts counted as what, in the order of [`COUNTED`].
pub type Counts = [u32; COUNTED_AS.values()];

/// What is gathered besides what alerts counted as.
#[derive(Clone, Copy, Debug)]
pub struct What<'a> {
    pub measures: &'a [Measure],
    /// Arrivals and endings too.
    pub details: bool,
}

/// What a group is made of.
#[derive(Debug, Default)]
pub struct Gathered {
    pub counts: Counts,
    pub details: Details,
    /// Of each measure asked for.
    pub spans: Vec<Spans>,
}

/// What a table prints besides verdicts and percentiles.
#[derive(Clone, Copy, Debug, Default)]
pub struct Details {
    pub needed: u32,
    /// Of those needed, arrived within each of [`bucket::ARRIVAL`].
    pub arrived: [u32; bucket::ARRIVAL.len()],
    /// By [`Ending`].
    pub endings: [u32; Ending::Duplicate as usize + 1],
    pub declined: u32,
    pub reopened: u32,
}

impl Gathered {
    /// The group of no alert.
    pub fn nothing(what: What<'_>) -> Self {
        let spans = what.measures.iter().map(|_| Spans::default()).collect();
        Self { spans, ..Self::default() }
    }

    /// How many alerts counted as that.
    pub fn counted(&self, as_what: Result<Verdict, LeftOut>) -> usize {
        let at = COUNTED.iter().position(|each| *each == as_what);
        at.map_or(0, |at| self.counts[at] as usize)
    }

    /// How many alerts count in the on-time rate.
    pub fn n(&self) -> usize {
        let counted = COUNTED.iter().zip(self.counts).filter(|(each, _)| each.is_ok());
        counted.map(|(_, count)| count as usize).sum()
    }

    /// Alerts that count in the group.
    pub fn alerts(&self) -> usize {
        self.counts[..COUNTED.len()].iter().map(|count| *count as usize).sum()
    }
}

/// Gathers what a pass finds, and makes something of each group that has an alert, by its number.
pub fn gather<Made: Send>(
    pass: &Pass<'_>,
    what: What<'_>,
    make: impl Fn(u32, Gathered) -> Made + Sync,
) -> Vec<Made> {
    let parts = pass.parts();
    let next = AtomicUsize::new(0);
    let tally = || {
        let mut tally = Tally::of(pass, what);
        let mut courtesy = Courtesy::default();
        while let Some(part) = parts.get(next.fetch_add(1, Ordering::Relaxed)) {
            pass.walk(part, what.has_sent(), |block| tally.add(block, what));
            courtesy.give_way();
        }
        tally
    };
    let make = |courtesy: &mut Courtesy, (number, gathered)| {
        let made = make(number, gathered);
        courtesy.give_way();
        made
    };
    if parts.len() < PARTS_WORTH_A_THREAD {
        let mut courtesy = Courtesy::default();
        let groups = join([tally()], what).into_iter();
        return groups.map(|group| make(&mut courtesy, group)).collect();
    }
    aside(|| {
        let groups = join(<[Tally; THREADS]>::from(rayon::join(tally, tally)), what);
        groups.into_par_iter().map_init(Courtesy::default, make).collect()
    })
}

impl What<'_> {
    fn has_sent(self) -> bool {
        self.measures.iter().any(|measure| matches!(measure.place(), Place::Sent(_)))
    }
}

/// What one thread gathers: a list per group, and per measure and group.
struct Tally {
    counts: Vec<Counts>,
    details: Vec<Details>,
    spans: Vec<Vec<Spans>>,
    lane: [u32; BLOCK],
    sent: SentLane,
}

impl Tally {
    fn of(pass: &Pass<'_>, what: What<'_>) -> Self {
        let groups = pass.by.groups(pass.columns);
        let each = pass.rows() / groups / THREADS;
        let room = if each > ROOM_MIN { each + each / 4 } else { 0 };
        let spans = || (0..groups).map(|_| Spans::with_room(room)).collect();
        Self {
            counts: vec![Counts::default(); groups],
            details: vec![Details::default(); if what.details { groups } else { 0 }],
            spans: what.measures.iter().map(|_| spans()).collect(),
            lane: [0; BLOCK],
            sent: SentLane::default(),
        }
    }

    fn add(&mut self, block: &Block<'_>, what: What<'_>) {
        self.count(block);
        if what.details {
            self.add_details(block);
        }
        for (measure, spans) in what.measures.iter().zip(&mut self.spans) {
            match measure.place() {
                Place::Alert(column) => {
                    block.segment.spans[column].load(block.index, &mut self.lane);
                    if block.one_group && block.all_rows {
                        let codes = &self.lane[..block.rows.len()];
                        if codes.iter().fold(true, |all, code| all & (*code != BEYOND)) {
                            spans[block.groups[0] as usize].extend(codes);
                            continue;
                        }
                    }
                    for (row, group) in block.rows.iter().zip(&block.groups) {
                        let place = block.index * BLOCK + *row as usize;
                        let code = self.lane[*row as usize];
                        add(&mut spans[*group as usize], code, block, column, place);
                    }
                }
                Place::Sent(column) => {
                    self.sent.load(&block.segment.sent_spans[column], block.sent_places());
                    for (place, group) in &block.sent {
                        let code = self.sent.get(*place);
                        let column = ALERT_SPANS + column;
                        add(&mut spans[*group as usize], code, block, column, *place as usize);
                    }
                }
            }
        }
    }

    /// Counts what each row counted as.
    fn count(&mut self, block: &Block<'_>) {
        let rows = || block.rows.iter().map(|row| block.class[*row as usize]);
        if !block.one_group {
            for (class, group) in rows().zip(&block.groups) {
                self.counts[*group as usize][COUNTED_AS.get(class) as usize] += 1;
            }
            return;
        }
        let counts = if block.all_rows {
            count(block.class[..block.rows.len()].iter().copied())
        } else {
            count(rows())
        };
        let sums = &mut self.counts[block.groups[0] as usize];
        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }

    fn add_details(&mut self, block: &Block<'_>) {
        let Place::Alert(response) = Measure::Response.place() else { return };
        block.segment.spans[response].load(block.index, &mut self.lane);
        for (row, group) in block.rows.iter().zip(&block.groups) {
            let class = block.class[*row as usize];
            let details = &mut self.details[*group as usize];
            details.endings[ENDING.get(class) as usize] += 1;
            details.declined += DECLINED.get(class);
            details.reopened += REOPENED.get(class);
            if NEEDS_ARRIVAL.get(class) == 1 {
                details.needed += 1;
                let code = self.lane[*row as usize];
                for (count, seconds) in details.arrived.iter_mut().zip(bucket::ARRIVAL) {
                    *count += u32::from(is_within(code, seconds as u32 * 1_000));
                }
            }
        }
    }
}

/// Counts what rows of one group counted as, on several counters: none waits for the one before it.
fn count(classes: impl Iterator<Item = u32>) -> Counts {
    let mut lanes = [Counts::default(); 4];
    for (at, class) in classes.enumerate() {
        lanes[at % lanes.len()][COUNTED_AS.get(class) as usize] += 1;
    }
    std::array::from_fn(|which| lanes.iter().map(|lane| lane[which]).sum())
}

fn add(spans: &mut Spans, code: u32, block: &Block<'_>, column: usize, place: usize) {
    if is_measured(code) {
        spans.codes.push(code);
        if code == BEYOND {
            spans.beyond.push(block.segment.beyond(column, place));
        }
    }
}

/// The threads' groups, each once, where there is anything in it.
fn join<const N: usize>(tallies: [Tally; N], what: What<'_>) -> Vec<(u32, Gathered)> {
    let groups = tallies.first().map_or(0, |tally| tally.counts.len());
    let mut joined: Vec<Option<Gathered>> = (0..groups).map(|_| None).collect();
    let mut courtesy = Courtesy::default();
    for mut tally in tallies {
        for (number, slot) in joined.iter_mut().enumerate() {
            if tally.counts[number] == Counts::default() {
                continue;
            }
            let gathered = slot.get_or_insert_with(|| Gathered::nothing(what));
            let counts = gathered.counts.iter_mut().zip(tally.counts[number]);
            counts.for_each(|(sum, count)| *sum += count);
            if let Some(details) = tally.details.get(number) {
                gathered.details.add(details);
            }
            for (sum, spans) in gathered.spans.iter_mut().zip(&mut tally.spans) {
                sum.append(std::mem::take(&mut spans[number]));
            }
            courtesy.give_way();
        }
    }
    let numbered = (0..).zip(joined);
    numbered.filter_map(|(number, gathered)| Some((number, gathered?))).collect()
}

impl Details {
    fn add(&mut self, other: &Self) {
        self.needed += other.needed;
        self.declined += other.declined;
        self.reopened += other.reopened;
        let arrived = self.arrived.iter_mut().zip(other.arrived);
        let endings = self.endings.iter_mut().zip(other.endings);
        arrived.chain(endings).for_each(|(sum, count)| *sum += count);
    }
}
