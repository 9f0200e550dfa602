//! The read board: the durable state as everybody may read it, without asking the writer.

use std::sync::Arc;

use crate::{
    domain::{
        Alert, Policy, Timestamp,
        account::{Account, Session},
        district::{School, Station, Unit},
        id::{AccountName, AlertId, AssignmentId, SchoolId, StationId, UnitId},
    },
    engine::Position,
};

/// Concurrent maps of the durable state. Each entry is whole; two entries may be from neighbouring
/// instants (for one instant ask for a [`Picture`]).
pub struct Board {
    // ENGINE-HELPER: DashMaps, private
}

/// The board at one instant of the writer: open alerts, unfixed hazards, alerts that ended in the
/// last 24 h, and all reference data.
#[derive(Clone, Debug)]
pub struct Picture {
    pub position: Position,
    pub at: Timestamp,
    pub alerts: Vec<Arc<Alert>>,
    pub units: Vec<Arc<Unit>>,
    pub schools: Vec<Arc<School>>,
    pub stations: Vec<Arc<Station>>,
}

impl Board {
    pub fn alert(&self, id: AlertId) -> Option<Arc<Alert>> {
        let _ = id;
        unimplemented!()
    }
    /// The alert an assignment belongs to.
    pub fn alert_of(&self, assignment: AssignmentId) -> Option<Arc<Alert>> {
        let _ = assignment;
        unimplemented!()
    }
    /// Every alert, newest id first, ids below `before` only (None: all).
    pub fn alerts_before(
        &self,
        before: Option<AlertId>,
    ) -> Box<dyn Iterator<Item = Arc<Alert>> + '_> {
        let _ = before;
        unimplemented!()
    }
    /// Possible duplicates of a report, newest first.
    pub fn duplicates(
        &self,
        report: &crate::domain::duplicate::Report<'_>,
        now: Timestamp,
    ) -> Vec<Arc<Alert>> {
        let _ = (report, now);
        unimplemented!()
    }
    pub fn unit(&self, id: &UnitId) -> Option<Arc<Unit>> {
        let _ = id;
        unimplemented!()
    }
    /// Every unit, by id.
    pub fn units(&self) -> Vec<Arc<Unit>> {
        unimplemented!()
    }
    pub fn school(&self, id: &SchoolId) -> Option<Arc<School>> {
        let _ = id;
        unimplemented!()
    }
    /// Every school, by id.
    pub fn schools(&self) -> Vec<Arc<School>> {
        unimplemented!()
    }
    pub fn station(&self, id: &StationId) -> Option<Arc<Station>> {
        let _ = id;
        unimplemented!()
    }
    /// Every station, by id.
    pub fn stations(&self) -> Vec<Arc<Station>> {
        unimplemented!()
    }
    /// The policy that governs alerts received at `now`.
    pub fn policy_at(&self, now: Timestamp) -> Arc<Policy> {
        let _ = now;
        unimplemented!()
    }
    pub fn account(&self, name: &AccountName) -> Option<Arc<Account>> {
        let _ = name;
        unimplemented!()
    }
    /// Every account, by name.
    pub fn accounts(&self) -> Vec<Arc<Account>> {
        unimplemented!()
    }
    /// The account whose bearer token has this SHA-256 (lower-case hex).
    pub fn account_by_token(&self, sha256: &str) -> Option<Arc<Account>> {
        let _ = sha256;
        unimplemented!()
    }
    /// The session whose token has this SHA-256 (lower-case hex).
    pub fn session(&self, sha256: &str) -> Option<Arc<Session>> {
        let _ = sha256;
        unimplemented!()
    }
}
