//! How a source writes things: its time zone, times, encoding and delimiter.

use std::str::FromStr;

use chrono::{
    DateTime, MappedLocalTime, NaiveDateTime, TimeZone as _,
    format::{Fixed, Item, Numeric, StrftimeItems},
};
use chrono_tz::Tz;
use encoding_rs::Encoding as Charset;
use serde::Deserialize;

use crate::domain::Timestamp;

/// A time zone by its tz database name.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct TimeZone(pub Tz);

impl TryFrom<String> for TimeZone {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let unknown = |_| format!("time zone {name:?} is not known; try one like Asia/Shanghai");
        Tz::from_str(&name).map(Self).map_err(unknown)
    }
}

/// How a time is written, as strftime has it.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Format {
    text: String,
    /// It states its own offset from UTC.
    absolute: bool,
}

impl TryFrom<String> for Format {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let items: Vec<Item<'_>> = StrftimeItems::new(&text).collect();
        if items.contains(&Item::Error) {
            return Err(format!("{text:?} is not a strftime format"));
        }
        let hour = [Numeric::Hour, Numeric::Hour12, Numeric::Timestamp];
        let tells_time = items.iter().any(|item| match item {
            Item::Numeric(numeric, _) => hour.contains(numeric),
            Item::Fixed(fixed) => matches!(fixed, Fixed::RFC2822 | Fixed::RFC3339),
            _ => false,
        });
        if !tells_time {
            return Err(format!("{text:?} has no time of day: a day is not a time point"));
        }
        let absolute = items.iter().any(|item| match item {
            Item::Numeric(numeric, _) => *numeric == Numeric::Timestamp,
            Item::Fixed(fixed) => matches!(
                fixed,
                Fixed::TimezoneOffset
                    | Fixed::TimezoneOffsetColon
                    | Fixed::TimezoneOffsetDoubleColon
                    | Fixed::TimezoneOffsetTripleColon
                    | Fixed::TimezoneOffsetColonZ
                    | Fixed::TimezoneOffsetZ
                    | Fixed::RFC2822
                    | Fixed::RFC3339
            ),
            _ => false,
        });
        drop(items);
        Ok(Self { text, absolute })
    }
}

/// A time as it was read. A local time that the clock showed twice has two meanings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    pub earlier: Timestamp,
    pub later: Option<Timestamp>,
}

impl Reading {
    /// The meaning that does not lie before `start`, the earlier one where both or none do.
    pub fn not_before(self, start: Option<Timestamp>) -> Timestamp {
        match (start, self.later) {
            (Some(start), Some(later)) if self.earlier < start => later,
            _ => self.earlier,
        }
    }
}

/// Why a text is no time point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTime {
    /// It fits none of the formats, or is no date of the calendar.
    NotATime,
    /// The clock skipped it when it was set forward.
    Skipped,
    /// Nobody dispatched by computer then.
    Before1970,
}

/// Reads a time written in one of the formats.
pub fn read_time(text: &str, formats: &[Format], zone: TimeZone) -> Result<Reading, NoTime> {
    let reading = formats.iter().find_map(|format| format.read(text, zone));
    match reading.unwrap_or(Err(NoTime::NotATime))? {
        reading if reading.earlier < Timestamp::from_millis(0) => Err(NoTime::Before1970),
        reading => Ok(reading),
    }
}

impl Format {
    fn read(&self, text: &str, zone: TimeZone) -> Option<Result<Reading, NoTime>> {
        if self.absolute {
            let at = DateTime::parse_from_str(text, &self.text).ok()?;
            return Some(Ok(Reading { earlier: stamp(&at), later: None }));
        }
        let local = NaiveDateTime::parse_from_str(text, &self.text).ok()?;
        Some(match zone.0.from_local_datetime(&local) {
            MappedLocalTime::Single(at) => Ok(Reading { earlier: stamp(&at), later: None }),
            MappedLocalTime::Ambiguous(a, b) => {
                Ok(Reading { earlier: stamp(&a), later: Some(stamp(&b)) })
            }
            MappedLocalTime::None => Err(NoTime::Skipped),
        })
    }
}

fn stamp<Z: chrono::TimeZone>(at: &DateTime<Z>) -> Timestamp {
    Timestamp::from_millis(at.timestamp_millis())
}

/// How text is encoded. A byte order mark, where there is one, wins.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Encoding(pub &'static Charset);

impl Default for Encoding {
    fn default() -> Self {
        Self(encoding_rs::UTF_8)
    }
}

impl TryFrom<String> for Encoding {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let unknown = || format!("encoding {name:?} is not known; try utf-8, gbk or gb18030");
        Charset::for_label(name.as_bytes()).map(Self).ok_or_else(unknown)
    }
}

/// What stands between two cells.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct Delimiter(pub u8);

impl Default for Delimiter {
    fn default() -> Self {
        Self(b',')
    }
}

impl TryFrom<String> for Delimiter {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_bytes() {
            [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'"' => {
                Ok(Self(*byte))
            }
            _ => Err("delimiter is one character such as \",\", \";\" or \"\\t\""),
        }
    }
}
