//! Which alerts figures are of: a period and a filter, asked for alike by every command that counts.

use clap::Args;
use serde::de::{DeserializeOwned, IntoDeserializer, value::Error};

use super::failure::Failure;
use crate::{
    domain::{
        Timestamp, Within,
        classification::{Category, Mode, Severity, Source, Tier, Zone},
        id::{SchoolId, StationId, UnitId},
    },
    statistics::Filter,
};

/// A week: the period where none is given.
pub const WEEK: Within = Within::from_seconds(7 * 24 * 3600);

/// The options that choose the alerts.
#[derive(Args, Debug)]
pub struct Cohort {
    /// Received from then on: a day of the centre or an RFC 3339 instant [default: a week before --to]
    #[arg(long, value_name = "WHEN", value_parser = instant)]
    from: Option<Timestamp>,
    /// Received before then [default: now]
    #[arg(long, value_name = "WHEN", value_parser = instant)]
    to: Option<Timestamp>,
    /// actual, exercise or test: each has figures of its own
    #[arg(long, value_parser = code::<Mode>, default_value = "actual")]
    mode: Mode,
    /// T1, T3 or T5
    #[arg(long, value_parser = code::<Tier>)]
    tier: Option<Tier>,
    /// L0 to L3
    #[arg(long, value_parser = code::<Severity>)]
    severity: Option<Severity>,
    /// A code such as FIGHT
    #[arg(long, value_parser = code::<Category>)]
    category: Option<Category>,
    /// A, B or C
    #[arg(long, value_parser = code::<Zone>)]
    zone: Option<Zone>,
    /// A code such as phone110
    #[arg(long, value_parser = code::<Source>)]
    source: Option<Source>,
    /// A school's id
    #[arg(long, value_parser = code::<SchoolId>)]
    school: Option<SchoolId>,
    /// A station's id
    #[arg(long, value_parser = code::<StationId>)]
    station: Option<StationId>,
    /// A unit that was sent
    #[arg(long, value_parser = code::<UnitId>)]
    unit: Option<UnitId>,
    /// Received inside (true) or outside (false) the school's peak windows
    #[arg(long)]
    peak: Option<bool>,
}

impl Cohort {
    /// What was received in `[from, to)`; the last week where nothing is said.
    ///
    /// # Errors
    /// When the period is empty.
    pub fn period(&self, now: Timestamp) -> Result<(Timestamp, Timestamp), Failure> {
        let to = self.to.unwrap_or(now + Within::from_millis(1));
        let from = self.from.unwrap_or(to + Within::from_millis(-WEEK.millis()));
        if from >= to {
            return Err(Failure::usage("--from must lie before --to"));
        }
        Ok((from, to))
    }

    /// Of those, the ones that pass.
    pub fn filter(&self) -> Filter {
        Filter {
            mode: self.mode,
            tier: self.tier,
            severity: self.severity,
            category: self.category,
            zone: self.zone,
            source: self.source,
            school: self.school.clone(),
            station: self.station.clone(),
            unit: self.unit.clone(),
            peak: self.peak,
        }
    }
}

/// A day of the centre, or an instant.
fn instant(text: &str) -> Result<Timestamp, String> {
    let day = || Timestamp::parse(&format!("{text}T00:00:00+08:00"));
    Timestamp::parse(text).or_else(day).ok_or_else(|| {
        "neither a day such as 2026-03-02 nor an instant such as 2026-03-02T07:30:00Z".to_owned()
    })
}

/// A value of the standard's code lists, as it is serialized.
pub fn code<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    T::deserialize(text.into_deserializer()).map_err(|error: Error| error.to_string())
}
