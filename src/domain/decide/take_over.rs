//! Take over a list of reference data, all of it or nothing.

use serde::Serialize;

use super::district::{DefineSchool, DefineStation, DefineUnit};
use crate::domain::{event::Event, limit, rejection::Rejection, state::State};

/// Adds or replaces many schools, stations or units at once. No row rests on another of the same
/// list: its ids are told apart before it comes here.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TakeOverDistrict {
    pub definitions: Vec<Definition>,
}

/// One row of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "definition", rename_all = "snake_case")]
pub enum Definition {
    School(Box<DefineSchool>),
    Station(Box<DefineStation>),
    Unit(DefineUnit),
}

impl TakeOverDistrict {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        if self.definitions.len() > limit::DEFINITIONS_MAX {
            return Err(Rejection::NumberOutOfRange);
        }
        let mut events = Vec::new();
        for definition in &self.definitions {
            events.extend(match definition {
                Definition::School(school) => school.decide(state)?,
                Definition::Station(station) => station.decide(state)?,
                Definition::Unit(unit) => unit.decide(state)?,
            });
        }
        Ok(events)
    }
}
