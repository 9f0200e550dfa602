//! What one source's columns and codes mean here: a TOML file, so that a further source needs a
//! mapping and no code.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;

use super::form::{Delimiter, Encoding, Format, TimeZone};
use crate::{
    cli::toml_line,
    domain::{
        classification::{Category, Disposition, Mode, Severity, Source, Zone},
        district::UnitKind,
        place::CoordinateSystem,
        policy::{Policy, preset},
    },
};

/// How one source is read. Every name of a column is the header's, in any order of columns.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The source's name. It scopes the calls' ids: the same id of the same system is the same
    /// alert.
    pub system: String,
    /// The time zone of every time that does not state its own, by its tz database name.
    pub time_zone: TimeZone,
    /// How times are written (strftime); the first that fits is taken.
    pub timestamps: Vec<Format>,
    #[serde(default)]
    pub encoding: Encoding,
    #[serde(default)]
    pub delimiter: Delimiter,
    pub rows: RowModel,
    /// Literals that stand for an empty cell, beside the empty cell itself.
    #[serde(default)]
    pub empty: Vec<String>,
    /// The preset that judges the alerts; `current` is the policy in force at the import.
    #[serde(default)]
    pub policy: PolicyChoice,
    /// The zone of every alert; by its school or position where not given.
    pub zone: Option<Zone>,
    #[serde(default = "actual")]
    pub mode: Mode,
    pub alert: AlertColumns,
    pub unit: UnitColumns,
    pub category: RequiredTable<Category>,
    /// Where neither table nor default tells, the category's own severity.
    pub severity: Table<Severity>,
    /// Where neither table nor default tells, none.
    #[serde(default)]
    pub disposition: Table<Disposition>,
    pub source: RequiredTable<Source>,
}

fn actual() -> Mode {
    Mode::Actual
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowModel {
    /// One unit on one call: rows with one call id are one alert.
    PerUnit,
    /// One call, with at most one unit.
    PerCall,
}

/// By which policy history is judged.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub enum PolicyChoice {
    #[default]
    Current,
    Preset(Box<Policy>),
}

impl TryFrom<String> for PolicyChoice {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        if name == "current" {
            return Ok(Self::Current);
        }
        let known = || format!("policy is \"current\" or one of {}", preset::IDS.join(", "));
        preset::preset(&name).map(|policy| Self::Preset(Box::new(policy))).ok_or_else(known)
    }
}

/// Where an alert's own fields stand.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertColumns {
    pub id: String,
    pub received: String,
    pub reported: Option<String>,
    pub occurred: Option<String>,
    pub closed: Option<String>,
    /// For a source without a closing instant: a call whose units have all cleared ended with the
    /// last of them. A call with a unit that has not cleared stays open.
    #[serde(default)]
    pub closed_when_cleared: bool,
    pub place: Option<String>,
    pub point: Option<PointColumns>,
    /// A column with the id a school has in this centre. A school is never guessed from words in
    /// a place.
    pub school: Option<String>,
    /// These columns' texts, joined.
    #[serde(default)]
    pub summary: Vec<String>,
    /// Up to when the record tells; where not given, the last instant in the file.
    pub observed_until: Option<String>,
}

/// Where a call's coordinates stand.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum PointColumns {
    One {
        column: String,
        form: PointForm,
        #[serde(default = "wgs84")]
        system: CoordinateSystem,
    },
    Two {
        latitude: String,
        longitude: String,
        #[serde(default = "wgs84")]
        system: CoordinateSystem,
    },
}

fn wgs84() -> CoordinateSystem {
    CoordinateSystem::Wgs84
}

/// How one cell writes a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointForm {
    /// `(latitude, longitude)`, with or without the parentheses.
    LatLon,
    /// `(longitude, latitude)`, with or without the parentheses.
    LonLat,
    /// `POINT (longitude latitude)`.
    Wkt,
}

/// Where a unit's fields stand. A column that repeats another point (an en-route time that is
/// always the dispatch time) is not mapped: it would be counted as an interval of 0.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitColumns {
    pub id: Option<String>,
    /// The order of the units within their call.
    pub sequence: Option<String>,
    pub dispatched: Option<String>,
    pub acknowledged: Option<String>,
    pub en_route: Option<String>,
    pub arrived: Option<String>,
    pub cleared: Option<String>,
    pub kind: RequiredTable<UnitKind>,
}

/// What a source's values mean here; a default must be stated.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredTable<T> {
    pub column: Option<String>,
    pub default: T,
    #[serde(default = "BTreeMap::new")]
    pub values: BTreeMap<String, T>,
}

/// What a source's values mean here.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table<T> {
    pub column: Option<String>,
    pub default: Option<T>,
    #[serde(default = "BTreeMap::new")]
    pub values: BTreeMap<String, T>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { column: None, default: None, values: BTreeMap::new() }
    }
}

/// Why a mapping cannot be used, in one line.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct MappingError(String);

impl Mapping {
    /// Reads a mapping from a file.
    ///
    /// # Errors
    /// Names the file, the line and what is wrong there.
    pub fn load(path: &Path) -> Result<Self, MappingError> {
        let named = |what: String| MappingError(format!("mapping {}: {what}", path.display()));
        let text = fs::read_to_string(path).map_err(|error| named(error.to_string()))?;
        Self::parse(&text).map_err(|error| named(error.0))
    }

    /// Reads a mapping from its text.
    ///
    /// # Errors
    /// Names the line and what is wrong there.
    pub fn parse(text: &str) -> Result<Self, MappingError> {
        let text = text.trim_start_matches('\u{feff}');
        let mapping: Self = toml::from_str(text).map_err(|error| {
            let what = error.message().replace('\n', " ");
            MappingError(match toml_line::of(text, &error) {
                Some(line) => format!("line {line}: {what}"),
                None => what,
            })
        })?;
        mapping.check().map_err(|what| MappingError(what.to_owned()))?;
        Ok(mapping)
    }

    fn check(&self) -> Result<(), &'static str> {
        if self.system.trim().is_empty() || self.system.chars().count() > 64 {
            return Err("system must be a name of 1 to 64 characters");
        }
        if self.timestamps.is_empty() {
            return Err("timestamps must hold at least one format such as \"%Y-%m-%d %H:%M:%S\"");
        }
        if self.rows == RowModel::PerCall && self.unit.sequence.is_some() {
            return Err("unit.sequence needs rows = \"per_unit\"");
        }
        if self.alert.closed.is_some() && self.alert.closed_when_cleared {
            return Err("alert.closed and alert.closed_when_cleared exclude each other");
        }
        Ok(())
    }
}
