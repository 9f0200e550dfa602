//! Everything the core knows, folded from the journal. `apply` never refuses and never asks.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{
    account::{Account, Protection, Session},
    alert::Alert,
    assignment::Assignment,
    district::{Duty, LastPosition, School, Station, Unit, UnitProfile},
    event::{Configuration, Event},
    id::{AccountName, AlertId, AssignmentId, SampleId, SchoolId, StationId, UnitId},
    patrol::PatrolLog,
    policy::{self, Policy, PolicyRef, preset},
    record::{Record, Seq},
    sample::{Sample, Score},
    time::Timestamp,
};

/// The whole of a centre at one journal position.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The last record folded in; 0 before the first.
    pub seq: Seq,
    /// The instant of that record. Server time never runs behind it.
    pub last_at: Timestamp,
    pub alerts: BTreeMap<AlertId, Arc<Alert>>,
    /// Alerts that still need somebody: open, or with a hazard that is not fixed.
    pub open: BTreeSet<AlertId>,
    /// Live alerts that were closed or cancelled, by when.
    pub ended: BTreeSet<(Timestamp, AlertId)>,
    pub schools: BTreeMap<SchoolId, Arc<School>>,
    pub stations: BTreeMap<StationId, Arc<Station>>,
    pub units: BTreeMap<UnitId, Arc<Unit>>,
    pub accounts: BTreeMap<AccountName, Arc<Account>>,
    /// How accounts are protected; none for one that never was told of.
    pub protections: BTreeMap<AccountName, Arc<Protection>>,
    /// By the session token's digest.
    pub sessions: BTreeMap<String, Arc<Session>>,
    /// Policies that govern, in order of adoption. Never empty.
    pub policies: Vec<Arc<Policy>>,
    /// Policies that only judge history.
    pub filed_policies: Vec<Arc<Policy>>,
    /// Which alert a machine's alarm became: (who raised it, its id there); for an imported alert
    /// see [`super::history::HistoricAlert::source_key`].
    #[serde(with = "pairs")]
    pub source_alarms: BTreeMap<(String, String), AlertId>,
    /// The alert of each assignment; assignment n stands at n - 1.
    pub assignment_alerts: Vec<AlertId>,
    pub patrol: PatrolLog,
    pub samples: BTreeMap<SampleId, Arc<Sample>>,
    /// What the last server goes by; none before one told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configuration: Option<Arc<Configuration>>,
}

/// What one record changed, as it stands after it.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Alert(Arc<Alert>),
    Unit(Arc<Unit>),
    UnitRemoved(UnitId),
    School(Arc<School>),
    SchoolRemoved(SchoolId),
    Station(Arc<Station>),
    StationRemoved(StationId),
    Policy(Arc<Policy>),
    Account(Arc<Account>),
    Protection(AccountName, Arc<Protection>),
    SessionOpened(Arc<Session>),
    SessionClosed(Arc<Session>),
    Sample(Arc<Sample>),
}

impl Default for State {
    fn default() -> Self {
        let policy = preset::preset(preset::DEFAULT).expect("shipped");
        Self {
            seq: 0,
            last_at: Timestamp::default(),
            alerts: BTreeMap::new(),
            open: BTreeSet::new(),
            ended: BTreeSet::new(),
            schools: BTreeMap::new(),
            stations: BTreeMap::new(),
            units: BTreeMap::new(),
            accounts: BTreeMap::new(),
            protections: BTreeMap::new(),
            sessions: BTreeMap::new(),
            policies: vec![Arc::new(policy)],
            filed_policies: Vec::new(),
            source_alarms: BTreeMap::new(),
            assignment_alerts: Vec::new(),
            patrol: PatrolLog::default(),
            samples: BTreeMap::new(),
            configuration: None,
        }
    }
}

impl State {
    /// The alert of that id.
    pub fn alert(&self, id: AlertId) -> Option<&Arc<Alert>> {
        self.alerts.get(&id)
    }

    /// The assignment of that id with its alert.
    pub fn assignment(&self, id: AssignmentId) -> Option<(&Arc<Alert>, &Assignment)> {
        let index = (id.0 as usize).checked_sub(1)?;
        let alert = self.alert(*self.assignment_alerts.get(index)?)?;
        Some((alert, alert.assignment(id)?))
    }

    /// The id the next alert gets.
    pub fn next_alert(&self) -> AlertId {
        AlertId(self.alerts.last_key_value().map_or(0, |(id, _)| id.0) + 1)
    }

    /// The id the next assignment gets.
    pub fn next_assignment(&self) -> AssignmentId {
        AssignmentId(self.assignment_alerts.len() as u32 + 1)
    }

    /// The id the next sample gets.
    pub fn next_sample(&self) -> SampleId {
        SampleId(self.samples.len() as u32 + 1)
    }

    /// The policy that governs alerts received at `now`: the last adopted whose time has come.
    pub fn policy_at(&self, now: Timestamp) -> &Arc<Policy> {
        policy::in_force(&self.policies, now)
    }

    /// The policy of that name, governing or filed.
    pub fn policy(&self, reference: &PolicyRef) -> Option<&Arc<Policy>> {
        let mut known = self.policies.iter().chain(&self.filed_policies);
        known.find(|policy| policy.id == reference.id && policy.version == reference.version)
    }

    /// Whether a unit is on post at the school now.
    pub fn is_post_manned(&self, school: &SchoolId) -> bool {
        let on_post = |unit: &Unit| {
            matches!(&unit.duty, Duty::OnPost { school: at } if at == school)
                && !unit.is_committed()
        };
        self.units.values().any(|unit| on_post(unit))
    }

    /// Folds one record in and says what it changed. Records come in order, without a gap.
    pub fn apply(&mut self, record: &Record) -> Vec<Change> {
        debug_assert_eq!(record.seq, self.seq + 1, "records come without a gap");
        self.seq = record.seq;
        self.last_at = self.last_at.max(record.at);
        self.patrol.apply(record);
        match &record.event {
            Event::AlertRaised(raised) => {
                let policy = self.linked_policy(&raised.selection.policy);
                let alert = Alert::raised(record, raised, policy);
                if let Some(source_alarm_id) = &alert.source_alarm_id {
                    let key = (alert.raised_by.to_string(), source_alarm_id.clone());
                    self.source_alarms.insert(key, alert.id);
                }
                vec![self.put_alert(alert)]
            }
            Event::AlertImported(imported) => {
                let policy = self.linked_policy(&imported.selection.policy);
                let alert = Alert::imported(record, imported, policy);
                self.source_alarms.insert(imported.historic.source_key(), alert.id);
                self.assignment_alerts.extend(alert.assignments.iter().map(|_| alert.id));
                vec![self.put_alert(alert)]
            }
            Event::SchoolDefined { school } => {
                let school = Arc::new((**school).clone());
                self.schools.insert(school.id.clone(), school.clone());
                vec![Change::School(school)]
            }
            Event::SchoolRemoved { school } => {
                self.schools.remove(school);
                vec![Change::SchoolRemoved(school.clone())]
            }
            Event::StationDefined { station } => {
                let station = Arc::new((**station).clone());
                self.stations.insert(station.id.clone(), station.clone());
                vec![Change::Station(station)]
            }
            Event::StationRemoved { station } => {
                self.stations.remove(station);
                vec![Change::StationRemoved(station.clone())]
            }
            Event::UnitDefined { profile } => self.define_unit(profile),
            Event::UnitRemoved { unit } => {
                self.units.remove(unit);
                vec![Change::UnitRemoved(unit.clone())]
            }
            Event::DutyChanged { unit, duty } => {
                self.change_unit(unit, |unit| unit.duty = duty.clone())
            }
            Event::PositionReported { unit, position } => self.change_unit(unit, |unit| {
                let (position, reported_at) = (*position, record.at);
                unit.last_position = Some(LastPosition { position, reported_at });
            }),
            Event::SchoolVisited { .. }
            | Event::AccessRefused { .. }
            | Event::PersonalDataViewed { .. }
            | Event::DataExported { .. }
            | Event::WallClockJumped { .. }
            | Event::JournalRepaired(_) => Vec::new(),
            Event::ServerConfigured { configuration } => {
                self.configuration = Some(Arc::new((**configuration).clone()));
                Vec::new()
            }
            Event::PolicyAdopted { policy } => {
                let policy = Arc::new((**policy).clone());
                self.policies.push(policy.clone());
                vec![Change::Policy(policy)]
            }
            Event::PolicyFiled { policy } => {
                let policy = Arc::new((**policy).clone());
                self.filed_policies.push(policy.clone());
                vec![Change::Policy(policy)]
            }
            Event::SampleDrawn(drawn) => {
                vec![self.put_sample(Sample {
                    id: drawn.sample,
                    lot: drawn.lot,
                    strata: drawn.strata.clone(),
                    drawn_at: record.at,
                    drawn_by: record.actor.account.clone(),
                    scores: BTreeMap::new(),
                })]
            }
            Event::SampleScored(scored) => {
                let Some(known) = self.samples.get(&scored.sample) else { return Vec::new() };
                let mut sample = (**known).clone();
                let (marks, remark) = (scored.marks.clone(), scored.remark.clone());
                let by = record.actor.account.clone();
                sample.scores.insert(scored.sampled, Score { at: record.at, by, marks, remark });
                vec![self.put_sample(sample)]
            }
            _ if record.event.alert().is_none() => self.apply_to_accounts(record),
            _ => self.apply_to_alert(record),
        }
    }

    fn apply_to_alert(&mut self, record: &Record) -> Vec<Change> {
        let Some(shared) = record.event.alert().and_then(|id| self.alerts.get_mut(&id)) else {
            return Vec::new();
        };
        let settled_before = shared.settled_at();
        Arc::make_mut(shared).apply(record);
        let alert = shared.clone();
        self.index(&alert, settled_before);
        let touched = record.event.assignment().and_then(|id| alert.assignment(id)).cloned();
        let mut changes = vec![Change::Alert(alert)];
        if let Some(assignment) = touched {
            if let Event::UnitDispatched(dispatched) = &record.event {
                self.assignment_alerts.push(dispatched.alert);
            }
            changes.extend(self.commit_unit(&assignment));
        }
        changes
    }

    /// Keeps a unit's list of live assignments true to the assignment.
    fn commit_unit(&mut self, assignment: &Assignment) -> Option<Change> {
        let shared = self.units.get_mut(&assignment.unit)?;
        let listed = shared.assignments.contains(&assignment.id);
        if listed == assignment.is_live() {
            return None;
        }
        let unit = Arc::make_mut(shared);
        if listed {
            unit.assignments.retain(|id| *id != assignment.id);
        } else {
            unit.assignments.push(assignment.id);
        }
        Some(Change::Unit(shared.clone()))
    }

    fn define_unit(&mut self, profile: &UnitProfile) -> Vec<Change> {
        let unit = match self.units.get(&profile.id) {
            Some(known) => Unit { profile: profile.clone(), ..(**known).clone() },
            None => Unit {
                profile: profile.clone(),
                duty: Duty::OffDuty,
                last_position: None,
                assignments: Vec::new(),
            },
        };
        let unit = Arc::new(unit);
        self.units.insert(profile.id.clone(), unit.clone());
        vec![Change::Unit(unit)]
    }

    fn change_unit(&mut self, id: &UnitId, change: impl FnOnce(&mut Unit)) -> Vec<Change> {
        let Some(shared) = self.units.get_mut(id) else { return Vec::new() };
        change(Arc::make_mut(shared));
        vec![Change::Unit(shared.clone())]
    }

    /// Keeps the lists of open and ended alerts true to the alert.
    fn index(&mut self, alert: &Alert, settled_before: Option<Timestamp>) {
        if alert.needs_somebody() {
            self.open.insert(alert.id);
        } else {
            self.open.remove(&alert.id);
        }
        if let Some(settled_at) = settled_before {
            self.ended.remove(&(settled_at, alert.id));
        }
        if let Some(settled_at) = alert.settled_at() {
            self.ended.insert((settled_at, alert.id));
        }
    }

    fn put_alert(&mut self, alert: Alert) -> Change {
        if !alert.is_imported() {
            self.index(&alert, None);
        }
        let alert = Arc::new(alert);
        self.alerts.insert(alert.id, alert.clone());
        Change::Alert(alert)
    }

    fn put_sample(&mut self, sample: Sample) -> Change {
        let sample = Arc::new(sample);
        self.samples.insert(sample.id, sample.clone());
        Change::Sample(sample)
    }

    fn linked_policy(&self, reference: &PolicyRef) -> Arc<Policy> {
        self.policy(reference).unwrap_or(&self.policies[0]).clone()
    }

    /// Links each alert to its policy again after a snapshot was read.
    pub fn link_policies(&mut self) {
        let references: Vec<AlertId> = self.alerts.keys().copied().collect();
        for id in references {
            let policy = self.linked_policy(&self.alerts[&id].selection.policy);
            if let Some(shared) = self.alerts.get_mut(&id) {
                Arc::make_mut(shared).policy = policy;
            }
        }
    }
}

/// A map with pairs for keys, as a list, since JSON objects have text keys only.
mod pairs {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serializer};

    use crate::domain::id::AlertId;

    type Map = BTreeMap<(String, String), AlertId>;

    pub fn serialize<S: Serializer>(map: &Map, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(map)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map, D::Error> {
        let pairs = Vec::<((String, String), AlertId)>::deserialize(deserializer)?;
        Ok(pairs.into_iter().collect())
    }
}
