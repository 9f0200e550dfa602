//! What a report is made from.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    domain::{
        Alert, Seq, State, Timestamp,
        district::{School, Station},
        id::{AlertId, SchoolId, StationId},
        patrol::PatrolLog,
        sample::Sample,
    },
    engine::Board,
    statistics::{Columns, Query},
};

/// The place in one history that a report shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalHead {
    pub epoch: String,
    pub seq: Seq,
    /// The hash of the record at `seq`: with it a print can be held against the journal, or a
    /// backup of it, for good.
    pub hash: String,
}

/// Everything a report is made from, as of one instant.
pub struct Material<'a> {
    pub columns: &'a Columns,
    pub schools: BTreeMap<SchoolId, Arc<School>>,
    pub stations: BTreeMap<StationId, Arc<Station>>,
    pub patrol: PatrolLog,
    pub samples: Vec<Arc<Sample>>,
    pub head: JournalHead,
    /// As of when what is open is judged.
    pub now: Timestamp,
    find: Box<dyn Fn(AlertId) -> Option<Arc<Alert>> + 'a>,
}

impl<'a> Material<'a> {
    /// Of a running server.
    pub fn of_board(
        columns: &'a Columns,
        board: &'a Board,
        head: JournalHead,
        now: Timestamp,
    ) -> Self {
        let by_id = |school: Arc<School>| (school.id.clone(), school);
        let by_station = |station: Arc<Station>| (station.id.clone(), station);
        Self {
            columns,
            schools: board.schools().into_iter().map(by_id).collect(),
            stations: board.stations().into_iter().map(by_station).collect(),
            patrol: board.patrol(),
            samples: board.samples(),
            head,
            now,
            find: Box::new(|id| board.alert(id)),
        }
    }

    /// Of a state read from a data directory.
    pub fn of_state(
        columns: &'a Columns,
        state: &'a State,
        head: JournalHead,
        now: Timestamp,
    ) -> Self {
        Self {
            columns,
            schools: state.schools.clone(),
            stations: state.stations.clone(),
            patrol: state.patrol.clone(),
            samples: state.samples.values().cloned().collect(),
            head,
            now,
            find: Box::new(|id| state.alert(id).cloned()),
        }
    }

    /// The alert of that id.
    pub fn alert(&self, id: AlertId) -> Option<Arc<Alert>> {
        (self.find)(id)
    }

    /// The alerts a query asks for, in order of receipt.
    pub fn alerts(&self, query: &Query) -> Vec<Arc<Alert>> {
        let ids = self.columns.alert_ids(query, self.now);
        ids.into_iter().filter_map(|id| self.alert(id)).collect()
    }

    /// An alert's school.
    pub fn school_of(&self, alert: &Alert) -> Option<&Arc<School>> {
        self.schools.get(alert.school.as_ref()?)
    }

    /// The station responsible for an alert's school.
    pub fn station_of(&self, alert: &Alert) -> Option<StationId> {
        self.school_of(alert)?.station.clone()
    }

    /// A station's name; its id where it was removed.
    pub fn station_name(&self, id: &StationId) -> String {
        self.stations.get(id).map_or_else(|| id.to_string(), |station| station.name.clone())
    }

    /// A school's name; its id where it was removed.
    pub fn school_name(&self, id: &SchoolId) -> String {
        self.schools.get(id).map_or_else(|| id.to_string(), |school| school.name.clone())
    }

    /// The name of the station responsible for a school; empty where there is none.
    pub fn station_name_of(&self, school: &SchoolId) -> String {
        let station = self.schools.get(school).and_then(|school| school.station.as_ref());
        station.map(|station| self.station_name(station)).unwrap_or_default()
    }
}
