//! One row: its cells as the mapping understands them.

use csv::ByteRecord;

use super::{
    columns::{Column, Columns, Point},
    form::{self, NoTime, Reading},
    mapping::{Mapping, RequiredTable},
    point,
    tally::Tally,
};
use crate::domain::{
    Timestamp,
    assignment::Assignment,
    classification::{Category, Disposition, Severity, Source},
    id::{AssignmentId, SchoolId, UnitId},
    limit,
    place::{Place, Position},
};

/// The unit of a source that does not name its units.
pub const UNNAMED: &str = "unnamed";

/// What a row tells of its call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub received_at: Timestamp,
    pub reported_at: Option<Timestamp>,
    pub occurred_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub category: Category,
    pub severity: Severity,
    pub disposition: Option<Disposition>,
    pub source: Source,
    pub place: Option<Place>,
    pub school: Option<SchoolId>,
    pub summary: String,
    pub observed_until: Option<Timestamp>,
}

impl Call {
    /// The fields in which two rows of one call differ.
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        let pairs = [
            ("received", self.received_at != other.received_at),
            ("reported", self.reported_at != other.reported_at),
            ("occurred", self.occurred_at != other.occurred_at),
            ("closed", self.closed_at != other.closed_at),
            ("category", self.category != other.category),
            ("severity", self.severity != other.severity),
            ("disposition", self.disposition != other.disposition),
            ("source", self.source != other.source),
            ("place", self.place != other.place),
            ("school", self.school != other.school),
            ("summary", self.summary != other.summary),
            ("observed until", self.observed_until != other.observed_until),
        ];
        pairs.into_iter().filter_map(|(name, differs)| differs.then_some(name)).collect()
    }
}

/// One row, understood.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: String,
    pub call: Call,
    pub sequence: Option<i64>,
    /// The unit it tells of, where it tells of one.
    pub assignment: Option<Assignment>,
}

/// Reads rows of one file.
pub struct RowReader<'a> {
    pub mapping: &'a Mapping,
    pub columns: Columns,
    /// Nothing in a history happened later.
    pub now: Timestamp,
}

/// Why a row is bad.
pub type Reason = String;

impl RowReader<'_> {
    /// The call a row belongs to, where that can be read even of a bad row.
    pub fn id(&self, cells: &ByteRecord) -> Result<String, Reason> {
        let column = &self.columns.id;
        let id = self.text(cells, column)?.ok_or_else(|| format!("{} is empty", column.name))?;
        if id.chars().count() > limit::LINE_MAX {
            return Err(format!("{} is longer than {} characters", column.name, limit::LINE_MAX));
        }
        Ok(id.to_owned())
    }

    /// Reads a row.
    ///
    /// # Errors
    /// What is wrong with it, with the column's name.
    pub fn read(&self, cells: &ByteRecord, line: u64, tally: &mut Tally) -> Result<Row, Reason> {
        let columns = &self.columns;
        let id = self.id(cells)?;
        if cells.len() != columns.width {
            return Err(format!(
                "the row has {} cells and the header {} columns",
                cells.len(),
                columns.width
            ));
        }
        let received = self.reading(cells, Some(&columns.received))?;
        let received = received.ok_or_else(|| format!("{} is empty", columns.received.name))?;
        let received_at = received.earlier;
        if received.later.is_some() {
            tally.note("received in the hour the clock showed twice (the first is taken)", line);
        }
        let later = |column: &Option<Column>| -> Result<Option<Timestamp>, Reason> {
            let reading = self.reading(cells, column.as_ref())?;
            Ok(reading.map(|reading| reading.not_before(Some(received_at))))
        };
        let earlier = |column: &Option<Column>| -> Result<Option<Timestamp>, Reason> {
            let reading = self.reading(cells, column.as_ref())?;
            Ok(reading.map(|reading| reading.earlier))
        };
        let category =
            self.lookup(cells, &self.mapping.category, &columns.category, line, tally)?;
        let call = Call {
            received_at,
            reported_at: earlier(&columns.reported)?,
            occurred_at: earlier(&columns.occurred)?,
            closed_at: later(&columns.closed)?,
            category,
            severity: self.severity(cells, category, line, tally)?,
            disposition: self.disposition(cells, line, tally)?,
            source: self.lookup(cells, &self.mapping.source, &columns.source, line, tally)?,
            place: self.place(cells)?,
            school: self.maybe(cells, &columns.school)?.map(SchoolId::from),
            summary: self.summary(cells)?,
            observed_until: match &columns.observed_until {
                Some(column) => Some(
                    later(&columns.observed_until)?
                        .ok_or_else(|| format!("{} is empty", column.name))?,
                ),
                None => None,
            },
        };
        let points = [
            later(&columns.dispatched)?,
            later(&columns.acknowledged)?,
            later(&columns.en_route)?,
            later(&columns.arrived)?,
            later(&columns.cleared)?,
        ];
        let assignment = self.assignment(cells, points, line, tally)?;
        Ok(Row { id, call, sequence: self.sequence(cells)?, assignment })
    }

    fn assignment(
        &self,
        cells: &ByteRecord,
        points: [Option<Timestamp>; 5],
        line: u64,
        tally: &mut Tally,
    ) -> Result<Option<Assignment>, Reason> {
        let columns = &self.columns;
        let named = self.maybe(cells, &columns.unit)?;
        if named.is_none() && points.iter().all(Option::is_none) {
            return Ok(None);
        }
        if named.is_none() && columns.unit.is_some() {
            tally.note("a unit without an id (taken as \"unnamed\")", line);
        }
        let unit = UnitId::from(named.unwrap_or(UNNAMED));
        if unit.as_str().chars().count() > limit::NAME_MAX {
            return Err(format!("the unit's id is longer than {} characters", limit::NAME_MAX));
        }
        let kinds = &self.mapping.unit.kind;
        let unit_kind = self.lookup(cells, kinds, &columns.unit_kind, line, tally)?;
        let [dispatched_at, acknowledged_at, en_route_at, arrived_at, cleared_at] = points;
        Ok(Some(Assignment {
            id: AssignmentId(0),
            unit,
            unit_kind,
            echelon: unit_kind.default_echelon(),
            stacked: false,
            dispatched_at,
            delivered_at: None,
            acknowledged_at,
            en_route_at,
            arrived_at,
            cleared_at,
            withdrawal: None,
            pressed: Vec::new(),
        }))
    }

    fn sequence(&self, cells: &ByteRecord) -> Result<Option<i64>, Reason> {
        let Some(column) = &self.columns.sequence else { return Ok(None) };
        let Some(text) = self.text(cells, column)? else { return Ok(None) };
        let number = text
            .parse()
            .map_err(|_| format!("{}: {} is not a whole number", column.name, shown(text)))?;
        Ok(Some(number))
    }

    fn severity(
        &self,
        cells: &ByteRecord,
        category: Category,
        line: u64,
        tally: &mut Tally,
    ) -> Result<Severity, Reason> {
        let table = &self.mapping.severity;
        let otherwise = table.default.unwrap_or(category.default_severity());
        let Some(column) = &self.columns.severity else { return Ok(otherwise) };
        let Some(text) = self.text(cells, column)? else { return Ok(otherwise) };
        Ok(table.values.get(text).copied().unwrap_or_else(|| {
            tally.unlisted(&column.name, text, line);
            otherwise
        }))
    }

    fn disposition(
        &self,
        cells: &ByteRecord,
        line: u64,
        tally: &mut Tally,
    ) -> Result<Option<Disposition>, Reason> {
        let table = &self.mapping.disposition;
        let Some(column) = &self.columns.disposition else { return Ok(table.default) };
        let Some(text) = self.text(cells, column)? else { return Ok(None) };
        Ok(table.values.get(text).copied().or_else(|| {
            tally.unlisted(&column.name, text, line);
            table.default
        }))
    }

    fn lookup<T: Copy>(
        &self,
        cells: &ByteRecord,
        table: &RequiredTable<T>,
        column: &Option<Column>,
        line: u64,
        tally: &mut Tally,
    ) -> Result<T, Reason> {
        let Some(column) = column else { return Ok(table.default) };
        let Some(text) = self.text(cells, column)? else { return Ok(table.default) };
        Ok(table.values.get(text).copied().unwrap_or_else(|| {
            // Without a table every value is the default, and that is no surprise.
            if !table.values.is_empty() {
                tally.unlisted(&column.name, text, line);
            }
            table.default
        }))
    }

    fn place(&self, cells: &ByteRecord) -> Result<Option<Place>, Reason> {
        let text = self.maybe(cells, &self.columns.place)?;
        let position = self.position(cells)?;
        Ok((text.is_some() || position.is_some())
            .then(|| Place { text: text.unwrap_or_default().to_owned(), position }))
    }

    fn position(&self, cells: &ByteRecord) -> Result<Option<Position>, Reason> {
        let (read, given, name) = match &self.columns.point {
            None => return Ok(None),
            Some(Point::One { column, form, system }) => {
                let Some(text) = self.text(cells, column)? else { return Ok(None) };
                (point::read_point(text, *form, *system), text.to_owned(), &column.name)
            }
            Some(Point::Two { latitude, longitude, system }) => {
                match (self.text(cells, latitude)?, self.text(cells, longitude)?) {
                    (None, None) => return Ok(None),
                    (north, east) => {
                        let (north, east) = (north.unwrap_or(""), east.unwrap_or(""));
                        let read = point::position(north, east, *system);
                        (read, format!("{north}, {east}"), &latitude.name)
                    }
                }
            }
        };
        let wrong = || format!("{name}: {} is no point on the globe", shown(&given));
        read.map(Some).ok_or_else(wrong)
    }

    fn summary(&self, cells: &ByteRecord) -> Result<String, Reason> {
        let mut parts: Vec<&str> = Vec::new();
        for column in &self.columns.summary {
            if let Some(text) = self.text(cells, column)?
                && !parts.contains(&text)
            {
                parts.push(text);
            }
        }
        let summary = parts.join(" · ");
        if summary.chars().count() > limit::TEXT_MAX {
            return Err(format!("the summary is longer than {} characters", limit::TEXT_MAX));
        }
        Ok(summary)
    }

    fn reading(
        &self,
        cells: &ByteRecord,
        column: Option<&Column>,
    ) -> Result<Option<Reading>, Reason> {
        let Some(column) = column else { return Ok(None) };
        let Some(text) = self.text(cells, column)? else { return Ok(None) };
        let zone = self.mapping.time_zone;
        let wrong = |what: String| format!("{}: {} {what}", column.name, shown(text));
        let reading = form::read_time(text, &self.mapping.timestamps, zone);
        let reading = reading.map_err(|no_time| {
            wrong(match no_time {
                NoTime::NotATime => "is no time in the mapping's formats".to_owned(),
                NoTime::Skipped => format!("did not exist in {} (summer time)", zone.0.name()),
                NoTime::Before1970 => "lies before 1970".to_owned(),
            })
        })?;
        if reading.earlier > self.now {
            return Err(wrong("lies in the future".to_owned()));
        }
        Ok(Some(reading))
    }

    fn maybe<'c>(
        &self,
        cells: &'c ByteRecord,
        column: &Option<Column>,
    ) -> Result<Option<&'c str>, Reason> {
        column.as_ref().map_or(Ok(None), |column| self.text(cells, column))
    }

    /// A cell's text without the white space around it; `None` where it stands for nothing.
    fn text<'c>(&self, cells: &'c ByteRecord, column: &Column) -> Result<Option<&'c str>, Reason> {
        let Some(bytes) = cells.get(column.at) else { return Ok(None) };
        let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\u{fffd}'));
        let encoding = self.mapping.encoding.0.name();
        let text = text.ok_or_else(|| format!("{} is not {encoding} text", column.name))?.trim();
        if text.contains('\0') {
            return Err(format!("{} holds a NUL character", column.name));
        }
        if text.len() > limit::TEXT_MAX && text.chars().count() > limit::TEXT_MAX {
            return Err(format!("{} is longer than {} characters", column.name, limit::TEXT_MAX));
        }
        let nothing = text.is_empty() || self.mapping.empty.iter().any(|empty| empty == text);
        Ok((!nothing).then_some(text))
    }
}

/// A cell as a message shows it: escaped, and not longer than a line.
fn shown(text: &str) -> String {
    let head: String = text.chars().take(40).collect();
    let more = if head.len() < text.len() { "…" } else { "" };
    format!("{head:?}{more}")
}
