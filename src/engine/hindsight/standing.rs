//! What a board shows at one position of the history.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    domain::{
        Alert, Change, Event, Record, Seq, State, Timestamp, Within,
        district::{School, Unit},
        id::{AlertId, SchoolId, UnitId},
        retold::frozen_policy,
    },
    engine::{
        Picture, Position,
        board::{District, SETTLED_SHOWN},
    },
    journal::{Epoch, JournalError, JournalReader},
};

/// A state without what no board shows: alerts that ended more than a day before, accounts and
/// sessions. Cheap to clone: its things are shared.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    state: State,
}

impl Standing {
    /// The last record folded in.
    pub fn seq(&self) -> Seq {
        self.state.seq
    }

    /// The instant of that record.
    pub fn last_at(&self) -> Timestamp {
        self.state.last_at
    }

    /// The board as whoever looked at it at an instant saw it.
    pub fn picture(&self, epoch: Epoch, at: Timestamp) -> Picture {
        let position = Position { epoch, seq: self.state.seq };
        Picture::of(&self.state, position, at)
    }

    /// Folds in the next record and says what it changed. An alert that had left comes back first.
    pub(super) fn step(
        &mut self,
        record: &Record,
        reader: &dyn JournalReader,
    ) -> Result<Vec<Change>, JournalError> {
        if let Some(alert) = record.event.alert()
            && !matches!(record.event, Event::AlertRaised(_) | Event::AlertImported(_))
            && self.state.alert(alert).is_none()
        {
            self.bring_back(alert, reader)?;
        }
        Ok(self.state.apply(record))
    }

    /// Folds an alert from its own records, as far as this has come.
    fn bring_back(&mut self, id: AlertId, reader: &dyn JournalReader) -> Result<(), JournalError> {
        let mut records = reader.records_of(id)?;
        records.retain(|record| record.seq <= self.state.seq);
        let told = records.first().and_then(frozen_policy).and_then(|reference| {
            let policy = self.state.policy(reference).unwrap_or(&self.state.policies[0]);
            Alert::retold(&records, policy.clone())
        });
        let alert = told.ok_or_else(|| JournalError::Damaged {
            path: "journal".into(),
            seq: self.state.seq,
            what: format!("the records of alert {id} cannot be followed"),
        })?;
        if let Some(settled_at) = alert.settled_at() {
            self.state.ended.insert((settled_at, id));
        }
        self.state.alerts.insert(id, Arc::new(alert));
        Ok(())
    }

    /// Drops what no board shows any more.
    pub(super) fn slim(&mut self) {
        let state = &mut self.state;
        let since = state.last_at + Within::from_millis(-SETTLED_SHOWN.millis());
        state.ended = state.ended.split_off(&(since, AlertId(0)));
        let ended: BTreeSet<AlertId> = state.ended.iter().map(|(_, id)| *id).collect();
        let open = &state.open;
        state.alerts.retain(|id, _| open.contains(id) || ended.contains(id));
        state.assignment_alerts.clear();
        state.source_alarms.clear();
        state.accounts.clear();
        state.sessions.clear();
    }
}

impl District for Standing {
    fn school(&self, id: &SchoolId) -> Option<Arc<School>> {
        self.state.schools.get(id).cloned()
    }

    fn unit(&self, id: &UnitId) -> Option<Arc<Unit>> {
        self.state.units.get(id).cloned()
    }
}
