//! Instants and spans. The domain never asks what time it is: every instant is handed to it.

use std::{
    fmt,
    ops::{Add, Sub},
};

use chrono::{DateTime, Datelike, SecondsFormat, Timelike, Utc, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An instant, in milliseconds since the Unix epoch, UTC. Written as RFC 3339 with milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant `milliseconds` after the Unix epoch.
    pub const fn from_millis(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Reads an RFC 3339 text, keeping whole milliseconds. `None` when it is not one, or when its
    /// year in UTC has not four digits: such an instant could be written but not read back.
    pub fn parse(text: &str) -> Option<Self> {
        let at = DateTime::parse_from_rfc3339(text).ok()?.to_utc();
        (1..=9999).contains(&at.year()).then(|| Self(at.timestamp_millis()))
    }

    /// The weekday and the minute of the day at the centre (see [`CENTRE_UTC_OFFSET`]).
    pub fn centre_minute(self) -> (Weekday, u32) {
        let local = (self + CENTRE_UTC_OFFSET).utc();
        (local.weekday(), local.hour() * 60 + local.minute())
    }

    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }
}

/// Asia/Shanghai: eight hours ahead of UTC, without summer time.
pub const CENTRE_UTC_OFFSET: Within = Within::from_seconds(8 * 3600);

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rfc3339;
        impl de::Visitor<'_> for Rfc3339 {
            type Value = Timestamp;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an RFC 3339 instant such as 2026-03-02T07:30:00.000Z")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
                Timestamp::parse(text)
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Rfc3339)
    }
}

/// A span of time in milliseconds. Negative where an end lies before its start.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Within(i64);

impl Within {
    /// A span of `milliseconds`.
    pub const fn from_millis(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// A span of `seconds`.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// The span in milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }
}

impl Sub for Timestamp {
    type Output = Within;
    fn sub(self, earlier: Self) -> Within {
        Within(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Within> for Timestamp {
    type Output = Self;
    fn add(self, span: Within) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}
