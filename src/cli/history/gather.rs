//! Rows become calls. Rows of one call need not stand together or in order.

use std::collections::{BTreeMap, HashMap, hash_map::Entry};

use super::{
    mapping::{Mapping, RowModel},
    report::{BadRow, HistoricCall},
    row::{Call, Row, RowReader},
    table::Table,
    tally::Tally,
};
use crate::domain::{
    Timestamp, Within, assignment::Assignment, history::HistoricAlert, limit::UNITS_PER_IMPORT_MAX,
};

/// The calls read so far.
pub struct Gathering<'a> {
    mapping: &'a Mapping,
    calls: HashMap<String, Gathered>,
    /// Calls with a bad row: left out whole, since half of one would tell a wrong response time.
    spoiled: BTreeMap<String, u64>,
}

/// One call, with what its rows told so far.
struct Gathered {
    call: Call,
    /// The order of the row the call's own fields were taken from.
    order: (i64, u64),
    units: Vec<Sent>,
    lines: Vec<u64>,
    differing: Vec<&'static str>,
}

/// One unit's part.
struct Sent {
    order: (i64, u64),
    assignment: Assignment,
}

/// What came of the rows.
pub struct Outcome {
    pub calls: Vec<HistoricCall>,
    /// Good rows of calls that have a bad one.
    pub left_out: Vec<BadRow>,
}

impl<'a> Gathering<'a> {
    pub fn new(mapping: &'a Mapping) -> Self {
        Self { mapping, calls: HashMap::new(), spoiled: BTreeMap::new() }
    }

    /// Takes in one good row.
    ///
    /// # Errors
    /// When it contradicts the rows before it.
    pub fn take(&mut self, row: Row, line: u64, tally: &mut Tally) -> Result<(), String> {
        let order = (row.sequence.unwrap_or(i64::MAX), line);
        let sent = row.assignment.map(|assignment| Sent { order, assignment });
        match self.calls.entry(row.id) {
            Entry::Vacant(entry) => {
                entry.insert(Gathered {
                    call: row.call,
                    order,
                    units: sent.into_iter().collect(),
                    lines: vec![line],
                    differing: Vec::new(),
                });
            }
            Entry::Occupied(mut entry) => {
                let repeated = entry.get_mut().join(row.call, sent, order, self.mapping.rows);
                if repeated.map_err(|what| format!("call {}: {what}", entry.key()))? {
                    tally.note("a row repeated word for word (counted once)", line);
                }
            }
        }
        Ok(())
    }

    /// Marks the call of a bad row.
    pub fn spoil(&mut self, id: String, line: u64) {
        self.spoiled.entry(id).or_insert(line);
    }

    /// The calls, in order of receipt. `last` is the last instant in the file.
    pub fn finish(mut self, last: Timestamp, tally: &mut Tally) -> Outcome {
        let mut left_out = Vec::new();
        for (id, bad) in &self.spoiled {
            for line in self.calls.remove(id).into_iter().flat_map(|call| call.lines) {
                let reason = format!("left out with its call {id}, of which line {bad} is bad");
                left_out.push(BadRow { line, reason });
            }
        }
        left_out.sort_by_key(|row| row.line);
        let mapping = self.mapping;
        let calls = self.calls.into_iter();
        let mut calls: Vec<HistoricCall> =
            calls.map(|(id, gathered)| gathered.finish(mapping, id, last, tally)).collect();
        let order = |call: &HistoricCall| (call.alert.received_at, call.line);
        calls.sort_by_key(order);
        Outcome { calls, left_out }
    }
}

impl Gathered {
    /// Adds a further row of the call; true when it says nothing new.
    fn join(
        &mut self,
        call: Call,
        sent: Option<Sent>,
        order: (i64, u64),
        rows: RowModel,
    ) -> Result<bool, String> {
        let same_unit = |sent: &Sent| {
            self.units
                .iter()
                .any(|known| known.order.0 == sent.order.0 && known.assignment == sent.assignment)
        };
        let differing = self.call.differences(&call);
        let nothing_new = sent.as_ref().map_or(self.units.is_empty(), same_unit);
        if differing.is_empty() && nothing_new {
            return Ok(true);
        }
        if rows == RowModel::PerCall {
            return Err(format!("stands in line {} already, with other content", self.lines[0]));
        }
        if self.units.len() >= UNITS_PER_IMPORT_MAX {
            return Err(format!("more than {UNITS_PER_IMPORT_MAX} units: is it the call's id?"));
        }
        self.differing.extend(differing);
        if order < self.order {
            (self.call, self.order) = (call, order);
        }
        self.units.extend(sent);
        self.lines.push(order.1);
        Ok(false)
    }

    fn finish(
        mut self,
        mapping: &Mapping,
        id: String,
        last: Timestamp,
        tally: &mut Tally,
    ) -> HistoricCall {
        let line = self.lines[0];
        self.differing.sort_unstable();
        self.differing.dedup();
        for field in self.differing {
            tally.note(
                &format!("rows of one call differ in {field} (the first unit's counts)"),
                line,
            );
        }
        self.units.sort_by_key(|sent| sent.order);
        let assignments: Vec<Assignment> =
            self.units.into_iter().map(|sent| sent.assignment).collect();
        let mut units: Vec<&str> = assignments.iter().map(|each| each.unit.as_str()).collect();
        units.sort_unstable();
        if units.windows(2).any(|pair| pair[0] == pair[1]) {
            tally.note("a unit sent twice to one call (both are kept)", line);
        }
        let all_cleared =
            assignments.iter().map(|each| each.cleared_at).collect::<Option<Vec<_>>>();
        let last_cleared = all_cleared.and_then(|cleared| cleared.into_iter().max());
        let call = self.call;
        let closed_at =
            call.closed_at.or(last_cleared.filter(|_| mapping.alert.closed_when_cleared));
        note_disorder(&call, closed_at, &assignments, line, tally);
        HistoricCall {
            line,
            alert: HistoricAlert {
                system: mapping.system.clone(),
                source_alarm_id: id,
                mode: mapping.mode,
                source: call.source,
                category: call.category,
                severity: call.severity,
                school: call.school,
                place: call.place,
                summary: call.summary,
                occurred_at: call.occurred_at,
                reported_at: call.reported_at,
                received_at: call.received_at,
                assignments,
                disposition: call.disposition,
                closed_at,
                observed_until: call.observed_until.unwrap_or(last),
            },
        }
    }
}

/// Counts time points that lie before what they follow. They stay as they were read.
fn note_disorder(
    call: &Call,
    closed_at: Option<Timestamp>,
    assignments: &[Assignment],
    line: u64,
    tally: &mut Tally,
) {
    let before = [
        ("occurred", call.occurred_at),
        ("reported", call.reported_at),
        ("received", Some(call.received_at)),
    ];
    let disordered = disorder(&before);
    for sent in assignments {
        let after = [
            ("received", Some(call.received_at)),
            ("dispatched", sent.dispatched_at),
            ("acknowledged", sent.acknowledged_at),
            ("en route", sent.en_route_at),
            ("arrived", sent.arrived_at),
            ("cleared", sent.cleared_at),
        ];
        disorder(&after).into_iter().for_each(|what| tally.note(&what, line));
    }
    disordered.into_iter().for_each(|what| tally.note(&what, line));
    let Some(closed_at) = closed_at else { return };
    let first_arrived = assignments.iter().filter_map(|sent| sent.arrived_at).min();
    let begun = [("received", Some(call.received_at)), ("the first arrival", first_arrived)];
    for (name, at) in begun {
        if at.is_some_and(|at| closed_at - at < Within::default()) {
            tally.note(&format!("closed before {name}"), line);
        }
    }
}

fn disorder(points: &[(&str, Option<Timestamp>)]) -> Vec<String> {
    let known: Vec<(&str, Timestamp)> =
        points.iter().filter_map(|(name, at)| Some((*name, (*at)?))).collect();
    let pairs = known.windows(2).filter(|pair| pair[1].1 < pair[0].1);
    pairs.map(|pair| format!("{} before {}", pair[1].0, pair[0].0)).collect()
}

/// The last instant a call's rows tell of; the file's record ends with the last of these.
pub fn last_instant(row: &Row) -> Timestamp {
    let call = &row.call;
    let own = [call.reported_at, call.occurred_at, call.closed_at, call.observed_until];
    let unit = row.assignment.as_ref().map(|sent| {
        let steps = [sent.acknowledged_at, sent.en_route_at, sent.arrived_at, sent.cleared_at];
        steps.into_iter().flatten().chain(sent.dispatched_at)
    });
    let all = own.into_iter().flatten().chain(unit.into_iter().flatten());
    all.fold(call.received_at, Timestamp::max)
}

/// Reads one row and gathers it.
///
/// # Errors
/// Why the row is bad.
pub fn take_row<R: std::io::Read>(
    reader: &RowReader<'_>,
    table: &Table<R>,
    gathering: &mut Gathering<'_>,
    tally: &mut Tally,
) -> Result<Timestamp, String> {
    let row = reader.read(table.cells(), table.line(), tally)?;
    let last = last_instant(&row);
    gathering.take(row, table.line(), tally)?;
    Ok(last)
}
