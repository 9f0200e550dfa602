//! Those who look: a picture first, then record after record, as fast as each can (I7).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use campus_dispatch::{
    domain::{
        Alert, Change, State, Timestamp, Within,
        district::{School, Station, Unit},
        id::{AlertId, SchoolId, StationId, UnitId},
        record::Seq,
    },
    engine::{Engine, Picture, Published},
};

/// How long a settled alert stays in the picture.
const SETTLED_SHOWN: Within = Within::from_seconds(24 * 3600);

/// A screen.
#[derive(Default)]
pub struct Follower {
    /// What it shows; `None` until it got its first picture.
    pub shown: Option<Shown>,
    /// The ticket of the picture being drawn for it.
    pub waits: Option<usize>,
}

pub struct Shown {
    pub cursor: Seq,
    alerts: BTreeMap<AlertId, Arc<Alert>>,
    units: BTreeMap<UnitId, Arc<Unit>>,
    schools: BTreeMap<SchoolId, Arc<School>>,
    stations: BTreeMap<StationId, Arc<Station>>,
}

/// How following went.
#[derive(Debug, PartialEq, Eq)]
pub enum Followed {
    /// It took so many records.
    Took(usize),
    /// The ring no longer tells what it missed: it needs a picture.
    FellOff,
}

impl Shown {
    pub fn of(picture: Picture) -> Self {
        let Picture { position, alerts, units, schools, stations, .. } = picture;
        Self {
            cursor: position.seq,
            alerts: alerts.into_iter().map(|alert| (alert.id, alert)).collect(),
            units: units.into_iter().map(|unit| (unit.profile.id.clone(), unit)).collect(),
            schools: schools.into_iter().map(|school| (school.id.clone(), school)).collect(),
            stations: stations.into_iter().map(|one| (one.id.clone(), one)).collect(),
        }
    }

    /// Takes up to `max` records from the feed.
    pub fn follow(&mut self, engine: &Engine, max: usize) -> Result<Followed, String> {
        let Some(published) = engine.feed().after(self.cursor, max) else {
            return Ok(Followed::FellOff);
        };
        for one in &published {
            self.take(one)?;
        }
        Ok(Followed::Took(published.len()))
    }

    fn take(&mut self, published: &Published) -> Result<(), String> {
        let seq = published.record.seq;
        if seq != self.cursor + 1 {
            return Err(format!("a follower at {} is given {seq}", self.cursor));
        }
        self.cursor = seq;
        for change in published.changes.clone() {
            match change {
                Change::Alert(alert) => drop(self.alerts.insert(alert.id, alert)),
                Change::Unit(unit) => drop(self.units.insert(unit.profile.id.clone(), unit)),
                Change::UnitRemoved(id) => drop(self.units.remove(&id)),
                Change::School(school) => drop(self.schools.insert(school.id.clone(), school)),
                Change::SchoolRemoved(id) => drop(self.schools.remove(&id)),
                Change::Station(one) => drop(self.stations.insert(one.id.clone(), one)),
                Change::StationRemoved(id) => drop(self.stations.remove(&id)),
                Change::Policy(_)
                | Change::Account(_)
                | Change::Protection(..)
                | Change::SessionOpened(_)
                | Change::SessionClosed(_)
                | Change::Sample(_) => {}
            }
        }
        Ok(())
    }

    /// Whether it shows the state as of its position: every alert it has as it stands, and every
    /// one that somebody must see.
    pub fn check(&self, state: &State) -> Result<(), String> {
        let stale = self.alerts.iter().find(|(id, alert)| state.alert(**id) != Some(alert));
        if let Some((id, _)) = stale {
            return Err(format!("a follower shows alert {id} as it is not"));
        }
        if let Some(missing) = must_be_shown(state, None).difference(&self.ids()).next() {
            return Err(format!("a follower does not show alert {missing}"));
        }
        let same = self.units == state.units
            && self.schools == state.schools
            && self.stations == state.stations;
        if same { Ok(()) } else { Err("a follower shows another district".to_owned()) }
    }

    fn ids(&self) -> BTreeSet<AlertId> {
        self.alerts.keys().copied().collect()
    }
}

/// A picture is the state of one instant.
pub fn check_picture(picture: &Picture, state: &State, now: Timestamp) -> Result<(), String> {
    if (picture.position.seq, picture.at) != (state.seq, now.max(state.last_at)) {
        return Err(format!("a picture of {} where {} is", picture.position.seq, state.seq));
    }
    let shown = Shown::of(picture.clone());
    shown.check(state)?;
    let since = picture.at + Within::from_millis(-SETTLED_SHOWN.millis());
    if shown.ids() != must_be_shown(state, Some(since)) {
        return Err("a picture has other alerts than it should".to_owned());
    }
    Ok(())
}

/// Alerts that need somebody, and those settled since an instant.
fn must_be_shown(state: &State, settled_since: Option<Timestamp>) -> BTreeSet<AlertId> {
    let needs = |alert: &&Arc<Alert>| {
        let settled_lately = alert
            .settled_at()
            .zip(settled_since)
            .is_some_and(|(settled_at, since)| settled_at >= since);
        !alert.is_imported() && (alert.needs_somebody() || settled_lately)
    };
    state.alerts.values().filter(needs).map(|alert| alert.id).collect()
}
