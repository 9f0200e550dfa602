//! What every question about figures says: which alerts, set side by side how.

use std::{collections::BTreeMap, str::FromStr};

use serde::{
    Deserialize,
    de::{DeserializeOwned, IntoDeserializer, value::Error},
};
use utoipa::IntoParams;

use crate::{
    domain::{
        Timestamp, Within,
        classification::{Category, Mode, Severity, Source, Tier, Zone},
        id::{SchoolId, StationId, UnitId},
    },
    statistics::{Filter, Grouping, Query},
    web::{
        problem::{Fault, Refusal},
        view::code,
    },
};

/// The period asked for where none is given: the last week.
const PERIOD: Within = Within::from_seconds(7 * 24 * 3600);

/// Which alerts, set side by side how. Absent = any, except `mode`: only actual alerts.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Received from then on; a week before `to` where not given.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Received before then; now where not given.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<Timestamp>,
    #[param(value_type = Option<code::Mode>)]
    mode: Option<Mode>,
    #[param(value_type = Option<code::Tier>)]
    tier: Option<Tier>,
    #[param(value_type = Option<code::Severity>)]
    severity: Option<Severity>,
    #[param(value_type = Option<code::Category>)]
    category: Option<Category>,
    #[param(value_type = Option<code::Zone>)]
    zone: Option<Zone>,
    #[param(value_type = Option<code::Source>)]
    source: Option<Source>,
    #[param(value_type = Option<String>)]
    school: Option<SchoolId>,
    #[param(value_type = Option<String>)]
    station: Option<StationId>,
    /// A unit that was sent.
    #[param(value_type = Option<String>)]
    unit: Option<UnitId>,
    /// Received inside (true) or outside the school's peak windows.
    peak: Option<bool>,
    #[param(value_type = Option<code::Grouping>)]
    group: Option<Grouping>,
    /// What only some questions have.
    #[serde(flatten)]
    #[param(ignore)]
    rest: BTreeMap<String, String>,
}

impl Asked {
    /// The question, of `now` and the week before where it says nothing else.
    ///
    /// # Errors
    /// When the period is none, or something is asked that no question has.
    pub fn question(self, now: Timestamp) -> Result<Query, Fault> {
        match self.rest.keys().next() {
            Some(unknown) => Err(unfit(format!("{unknown}: no such parameter"))),
            None => self.with_rest(now).map(|(query, _)| query),
        }
    }

    /// The question, and what else is said; whoever asks takes from that what it knows and
    /// [`Rest::end`]s it.
    ///
    /// # Errors
    /// When the period is none.
    pub fn with_rest(self, now: Timestamp) -> Result<(Query, Rest), Fault> {
        // An alert received this very millisecond is in the period that ends now.
        let to = self.to.unwrap_or(now + Within::from_millis(1));
        let from = self.from.unwrap_or(to + Within::from_millis(-PERIOD.millis()));
        if from >= to {
            return Err(unfit("from: must lie before to"));
        }
        let filter = Filter {
            mode: self.mode.unwrap_or(Mode::Actual),
            tier: self.tier,
            severity: self.severity,
            category: self.category,
            zone: self.zone,
            source: self.source,
            school: self.school,
            station: self.station,
            unit: self.unit,
            peak: self.peak,
        };
        let grouping = self.group.unwrap_or_default();
        Ok((Query { from, to, filter, grouping }, Rest(self.rest)))
    }
}

/// Parameters that only some questions have.
pub struct Rest(BTreeMap<String, String>);

impl Rest {
    pub fn text(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }

    /// A value of a code list.
    ///
    /// # Errors
    /// When the text is none of them.
    pub fn code<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, Fault> {
        let read = |text: String| {
            let value = T::deserialize(text.into_deserializer());
            value.map_err(|error: Error| unfit(format!("{name}: {error}")))
        };
        self.text(name).map(read).transpose()
    }

    /// # Errors
    /// When the text is no such number.
    pub fn number<T: FromStr>(&mut self, name: &str) -> Result<Option<T>, Fault> {
        let read = |text: String| {
            text.parse().map_err(|_| unfit(format!("{name}: must be a whole number")))
        };
        self.text(name).map(read).transpose()
    }

    /// # Errors
    /// When something is left that nobody knows.
    pub fn end(self) -> Result<(), Fault> {
        match self.0.keys().next() {
            Some(unknown) => Err(unfit(format!("{unknown}: no such parameter"))),
            None => Ok(()),
        }
    }
}

pub fn unfit(at: impl Into<String>) -> Fault {
    Fault::from(Refusal::QueryInvalid).at(at)
}
