//! Groups as numbers, and the numbers' names.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Serialize;

use super::{CATEGORY, Columns, SEVERITY, SOURCE, TIER, ZONE, class::Bits};
use crate::{
    domain::{
        Timestamp,
        classification::{Category, Severity, Source, Tier, Zone},
        id::StationId,
        time::CENTRE_UTC_OFFSET,
    },
    statistics::Grouping,
};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// The first day of the epoch was a Thursday.
const DAYS_SINCE_MONDAY: i64 = 3;

/// How the group of a row is found.
#[derive(Debug)]
pub enum By {
    Whole,
    Policy,
    Class(Grouping, Bits),
    School,
    /// The station's number of each school's number, and the stations.
    Station(Vec<u32>, Vec<StationId>),
    Unit,
    Time(Calendar),
}

/// Numbers stretches of the centre's time. Rows come in order, so that the stretch of the row before
/// is mostly that of the next.
#[derive(Clone, Debug)]
pub struct Calendar {
    grouping: Grouping,
    first: i64,
    groups: usize,
    /// The stretch last numbered, in milliseconds of the centre's time.
    from: i64,
    to: i64,
    number: u32,
}

impl By {
    /// The way to the groups of a grouping, for alerts received in `[first, last]`.
    pub fn of(columns: &Columns, grouping: Grouping, first: Timestamp, last: Timestamp) -> Self {
        match grouping {
            Grouping::Tier => Self::Class(grouping, TIER),
            Grouping::Severity => Self::Class(grouping, SEVERITY),
            Grouping::Category => Self::Class(grouping, CATEGORY),
            Grouping::Zone => Self::Class(grouping, ZONE),
            Grouping::Source => Self::Class(grouping, SOURCE),
            Grouping::School => Self::School,
            Grouping::Station => {
                let (of_school, stations) = columns.stations();
                Self::Station(of_school, stations)
            }
            Grouping::Unit => Self::Unit,
            Grouping::Day
            | Grouping::Week
            | Grouping::Month
            | Grouping::Hour
            | Grouping::WeekdayHour => Self::Time(Calendar::of(grouping, first, last)),
        }
    }

    /// How many numbers there are.
    pub fn groups(&self, columns: &Columns) -> usize {
        match self {
            Self::Whole => 1,
            Self::Policy => columns.index.policies.numbers(),
            Self::Class(_, bits) => bits.values(),
            Self::School => columns.index.schools.numbers(),
            Self::Station(_, stations) => stations.len() + 1,
            Self::Unit => columns.index.units.numbers(),
            Self::Time(calendar) => calendar.groups,
        }
    }

    /// The code of a group's number, `-` for those without such a value.
    pub fn code(&self, columns: &Columns, number: u32) -> String {
        let at = number as usize;
        let named = match self {
            Self::Whole | Self::Policy => None,
            Self::Class(Grouping::Tier, _) => at.checked_sub(1).and_then(|at| code(Tier::ALL, at)),
            Self::Class(Grouping::Severity, _) => code(Severity::ALL, at),
            Self::Class(Grouping::Category, _) => code(Category::ALL, at),
            Self::Class(Grouping::Zone, _) => code(Zone::ALL, at),
            Self::Class(_, _) => code(Source::ALL, at),
            Self::School => columns.index.schools.name(number).map(ToString::to_string),
            Self::Station(_, stations) => {
                at.checked_sub(1).and_then(|at| stations.get(at)).map(ToString::to_string)
            }
            Self::Unit => columns.index.units.name(number).map(ToString::to_string),
            Self::Time(calendar) => Some(calendar.code(number)),
        };
        named.unwrap_or_else(|| "-".to_owned())
    }
}

impl Calendar {
    fn of(grouping: Grouping, first: Timestamp, last: Timestamp) -> Self {
        let mut calendar = Self { grouping, first: 0, groups: 0, from: 0, to: 0, number: 0 };
        match grouping {
            Grouping::Hour => calendar.groups = 24,
            Grouping::WeekdayHour => calendar.groups = 7 * 24,
            _ => {
                calendar.first = calendar.stretch(local(first));
                let last = calendar.stretch(local(last.max(first)));
                calendar.groups = (last - calendar.first) as usize + 1;
            }
        }
        calendar
    }

    /// The number of the stretch an instant lies in.
    pub fn number(&mut self, at: Timestamp) -> u32 {
        let at = local(at);
        if !(self.from..self.to).contains(&at) {
            let length = match self.grouping {
                Grouping::Hour | Grouping::WeekdayHour => HOUR,
                _ => DAY,
            };
            self.from = at.div_euclid(length) * length;
            self.to = self.from + length;
            self.number = (self.stretch(at) - self.first) as u32;
        }
        self.number
    }

    /// Whether an instant lies in the stretch numbered last.
    pub fn covers(&self, at: Timestamp) -> bool {
        (self.from..self.to).contains(&local(at))
    }

    fn stretch(&self, local: i64) -> i64 {
        let day = local.div_euclid(DAY);
        match self.grouping {
            Grouping::Hour => local.rem_euclid(DAY) / HOUR,
            Grouping::WeekdayHour => {
                (day + DAYS_SINCE_MONDAY).rem_euclid(7) * 24 + local.rem_euclid(DAY) / HOUR
            }
            Grouping::Week => (day + DAYS_SINCE_MONDAY).div_euclid(7),
            Grouping::Month => {
                let date = date(local);
                i64::from(date.year()) * 12 + i64::from(date.month0())
            }
            _ => day,
        }
    }

    fn code(&self, number: u32) -> String {
        let stretch = self.first + i64::from(number);
        match self.grouping {
            Grouping::Hour => format!("{stretch:02}"),
            Grouping::WeekdayHour => format!("{}-{:02}", stretch / 24 + 1, stretch % 24),
            Grouping::Week => {
                date((stretch * 7 - DAYS_SINCE_MONDAY) * DAY).format("%G-W%V").to_string()
            }
            Grouping::Month => {
                format!("{:04}-{:02}", stretch.div_euclid(12), stretch.rem_euclid(12) + 1)
            }
            _ => date(stretch * DAY).format("%Y-%m-%d").to_string(),
        }
    }
}

/// Milliseconds of the centre's time.
fn local(at: Timestamp) -> i64 {
    (at + CENTRE_UTC_OFFSET).millis()
}

fn date(local: i64) -> NaiveDate {
    DateTime::<Utc>::from_timestamp_millis(local).unwrap_or_default().date_naive()
}

/// The value's name in the standard's code lists, as it is serialized.
fn code(values: &[impl Serialize], at: usize) -> Option<String> {
    match serde_json::to_value(values.get(at)?) {
        Ok(serde_json::Value::String(text)) => Some(text),
        _ => None,
    }
}
