//! Reference data: schools, stations and units are defined and removed. Defining what already
//! stands so changes nothing, so a list can be imported twice.

use serde::Serialize;

use super::text;
use crate::domain::{
    district::{Contact, Duty, DutyWindow, School, Station, UnitProfile},
    event::Event,
    id::{SchoolId, StationId, UnitId, is_valid_id},
    limit,
    place::Position,
    rejection::Rejection,
    state::State,
};

/// Adds or replaces a school.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DefineSchool {
    pub school: School,
}

/// Removes a school no open alert and no unit on post refers to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RemoveSchool {
    pub school: SchoolId,
}

/// Adds or replaces a station.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DefineStation {
    pub station: Station,
}

/// Removes a station no school, unit or account refers to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RemoveStation {
    pub station: StationId,
}

/// Adds a unit or replaces what is said of it; its duty and assignments stay.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DefineUnit {
    pub profile: UnitProfile,
}

/// Removes a unit that is on no assignment and whose phone has no account.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RemoveUnit {
    pub unit: UnitId,
}

impl DefineSchool {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let school = &self.school;
        check_id(school.id.as_str())?;
        text::name(&school.name)?;
        check_position(school.position)?;
        check_station(state, school.station.as_ref())?;
        check_contact(school.contact.as_ref())?;
        if school.duty_windows.len() > limit::DUTY_WINDOWS_MAX
            || !school.duty_windows.iter().all(is_window)
        {
            return Err(Rejection::DutyWindowInvalid);
        }
        if state.schools.get(&school.id).is_some_and(|known| **known == *school) {
            return Ok(Vec::new());
        }
        Ok(vec![Event::SchoolDefined { school: Box::new(school.clone()) }])
    }
}

impl RemoveSchool {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        if !state.schools.contains_key(&self.school) {
            return Err(Rejection::SchoolUnknown);
        }
        let mut open = state.open.iter().filter_map(|id| state.alert(*id));
        let mut duties = state.units.values().map(|unit| &unit.duty);
        if open.any(|alert| alert.school.as_ref() == Some(&self.school))
            || duties.any(|duty| matches!(duty, Duty::OnPost { school } if *school == self.school))
        {
            return Err(Rejection::StillReferenced);
        }
        Ok(vec![Event::SchoolRemoved { school: self.school.clone() }])
    }
}

impl DefineStation {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let station = &self.station;
        check_id(station.id.as_str())?;
        text::name(&station.name)?;
        check_position(station.position)?;
        check_contact(station.leader.as_ref())?;
        check_contact(station.liaison.as_ref())?;
        if state.stations.get(&station.id).is_some_and(|known| **known == *station) {
            return Ok(Vec::new());
        }
        Ok(vec![Event::StationDefined { station: Box::new(station.clone()) }])
    }
}

impl RemoveStation {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let station = Some(&self.station);
        if !state.stations.contains_key(&self.station) {
            return Err(Rejection::StationUnknown);
        }
        let referenced = state.schools.values().any(|school| school.station.as_ref() == station)
            || state.units.values().any(|unit| unit.profile.station.as_ref() == station)
            || state.accounts.values().any(|account| account.station.as_ref() == station);
        if referenced {
            return Err(Rejection::StillReferenced);
        }
        Ok(vec![Event::StationRemoved { station: self.station.clone() }])
    }
}

impl DefineUnit {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let profile = &self.profile;
        check_id(profile.id.as_str())?;
        text::name(&profile.name)?;
        check_station(state, profile.station.as_ref())?;
        if state.units.get(&profile.id).is_some_and(|known| known.profile == *profile) {
            return Ok(Vec::new());
        }
        Ok(vec![Event::UnitDefined { profile: Box::new(profile.clone()) }])
    }
}

impl RemoveUnit {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let unit = state.units.get(&self.unit).ok_or(Rejection::UnitUnknown)?;
        if unit.is_committed() {
            return Err(Rejection::UnitStillCommitted);
        }
        let mut accounts = state.accounts.values().filter(|account| !account.disabled);
        if accounts.any(|account| account.unit.as_ref() == Some(&self.unit)) {
            return Err(Rejection::StillReferenced);
        }
        Ok(vec![Event::UnitRemoved { unit: self.unit.clone() }])
    }
}

fn check_id(id: &str) -> Result<(), Rejection> {
    if is_valid_id(id) { Ok(()) } else { Err(Rejection::IdInvalid) }
}

fn check_position(position: Option<Position>) -> Result<(), Rejection> {
    let is_valid = position.is_none_or(Position::is_on_globe);
    if is_valid { Ok(()) } else { Err(Rejection::CoordinatesInvalid) }
}

fn check_station(state: &State, station: Option<&StationId>) -> Result<(), Rejection> {
    match station {
        Some(station) if !state.stations.contains_key(station) => Err(Rejection::StationUnknown),
        _ => Ok(()),
    }
}

fn check_contact(contact: Option<&Contact>) -> Result<(), Rejection> {
    let Some(contact) = contact else { return Ok(()) };
    text::name(&contact.name)?;
    text::optional_line(Some(&contact.phone))?;
    Ok(())
}

fn is_window(window: &DutyWindow) -> bool {
    window.from_minute < window.to_minute
        && window.to_minute <= 1440
        && !window.weekdays.is_empty()
        && window.posts <= limit::PEOPLE_MAX
}
