//! Where in a row each mapped column stands, found by its name in the header.

use super::{
    fault::FileFault,
    mapping::{Mapping, PointColumns, PointForm, RequiredTable, Table},
};
use crate::domain::place::CoordinateSystem;

/// A position in a row, with the column's name for messages.
#[derive(Clone, Debug)]
pub struct Column {
    pub at: usize,
    pub name: String,
}

/// The mapped columns of one file.
#[derive(Debug)]
pub struct Columns {
    pub width: usize,
    pub id: Column,
    pub received: Column,
    pub reported: Option<Column>,
    pub occurred: Option<Column>,
    pub closed: Option<Column>,
    pub place: Option<Column>,
    pub point: Option<Point>,
    pub school: Option<Column>,
    pub summary: Vec<Column>,
    pub observed_until: Option<Column>,
    pub category: Option<Column>,
    pub severity: Option<Column>,
    pub disposition: Option<Column>,
    pub source: Option<Column>,
    pub unit: Option<Column>,
    pub unit_kind: Option<Column>,
    pub sequence: Option<Column>,
    pub dispatched: Option<Column>,
    pub acknowledged: Option<Column>,
    pub en_route: Option<Column>,
    pub arrived: Option<Column>,
    pub cleared: Option<Column>,
}

/// Where the coordinates stand.
#[derive(Debug)]
pub enum Point {
    One { column: Column, form: PointForm, system: CoordinateSystem },
    Two { latitude: Column, longitude: Column, system: CoordinateSystem },
}

impl Columns {
    /// Finds every mapped column.
    ///
    /// # Errors
    /// When one is missing or its name stands twice.
    pub fn find(mapping: &Mapping, header: &[String]) -> Result<Self, FileFault> {
        let Mapping { alert, unit, .. } = mapping;
        let find = |name: &str| find(name, header);
        let maybe = |name: &Option<String>| name.as_deref().map(find).transpose();
        Ok(Self {
            width: header.len(),
            id: find(&alert.id)?,
            received: find(&alert.received)?,
            reported: maybe(&alert.reported)?,
            occurred: maybe(&alert.occurred)?,
            closed: maybe(&alert.closed)?,
            place: maybe(&alert.place)?,
            point: alert.point.as_ref().map(|point| Point::find(point, header)).transpose()?,
            school: maybe(&alert.school)?,
            summary: alert.summary.iter().map(|name| find(name)).collect::<Result<_, _>>()?,
            observed_until: maybe(&alert.observed_until)?,
            category: maybe(required_column(&mapping.category))?,
            severity: maybe(column(&mapping.severity))?,
            disposition: maybe(column(&mapping.disposition))?,
            source: maybe(required_column(&mapping.source))?,
            unit: maybe(&unit.id)?,
            unit_kind: maybe(required_column(&unit.kind))?,
            sequence: maybe(&unit.sequence)?,
            dispatched: maybe(&unit.dispatched)?,
            acknowledged: maybe(&unit.acknowledged)?,
            en_route: maybe(&unit.en_route)?,
            arrived: maybe(&unit.arrived)?,
            cleared: maybe(&unit.cleared)?,
        })
    }
}

fn required_column<T>(table: &RequiredTable<T>) -> &Option<String> {
    &table.column
}

fn column<T>(table: &Table<T>) -> &Option<String> {
    &table.column
}

impl Point {
    fn find(columns: &PointColumns, header: &[String]) -> Result<Self, FileFault> {
        Ok(match columns {
            PointColumns::One { column, form, system } => {
                Self::One { column: find(column, header)?, form: *form, system: *system }
            }
            PointColumns::Two { latitude, longitude, system } => Self::Two {
                latitude: find(latitude, header)?,
                longitude: find(longitude, header)?,
                system: *system,
            },
        })
    }
}

fn find(name: &str, header: &[String]) -> Result<Column, FileFault> {
    let mut places = header.iter().enumerate().filter(|(_, column)| *column == name.trim());
    match (places.next(), places.next()) {
        (Some((at, _)), None) => Ok(Column { at, name: name.to_owned() }),
        (Some(_), Some(_)) => Err(FileFault::ColumnTwice(name.to_owned())),
        (None, _) => Err(missing(name, header)),
    }
}

fn missing(name: &str, header: &[String]) -> FileFault {
    let name = name.to_owned();
    let separator = |c: &char| matches!(c, ';' | '\t' | ',' | '|');
    if let [only] = header
        && let Some(found) = only.chars().find(separator)
    {
        return FileFault::Delimiter { name, found };
    }
    let likeness = |column: &&String| strsim::jaro_winkler(column, &name);
    let nearest = header
        .iter()
        .filter(|column| likeness(column) > 0.8)
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
        .cloned();
    FileFault::ColumnMissing { name, nearest }
}
