//! The read board: the durable state as everybody may read it, without asking the writer.

use std::{
    borrow::Borrow,
    collections::{BTreeMap, BTreeSet},
    hash::Hash,
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicU32, Ordering},
    },
};

use dashmap::DashMap;

use crate::{
    domain::{
        Alert, Change, Event, Policy, State, Timestamp, Within,
        account::{Account, Credential, Protection, Session},
        district::{School, Station, Unit},
        duplicate::{self, Report},
        id::{AccountName, AlertId, AssignmentId, SampleId, SchoolId, StationId, UnitId},
        patrol::PatrolLog,
        policy,
        sample::Sample,
    },
    engine::{Position, Published},
};

/// How long a settled alert stays in the picture.
pub(super) const SETTLED_SHOWN: Within = Within::from_seconds(24 * 3600);

/// Where names are looked up: on the board of now, or on one of the past.
pub trait District {
    /// The school of that id.
    fn school(&self, id: &SchoolId) -> Option<Arc<School>>;
    /// The unit of that id.
    fn unit(&self, id: &UnitId) -> Option<Arc<Unit>>;
}

impl District for Board {
    fn school(&self, id: &SchoolId) -> Option<Arc<School>> {
        got(&self.schools, id)
    }

    fn unit(&self, id: &UnitId) -> Option<Arc<Unit>> {
        got(&self.units, id)
    }
}

/// Concurrent maps of the durable state. Each entry is whole; two entries may be from neighbouring
/// instants (for one instant ask for a [`Picture`]).
pub struct Board {
    alerts: DashMap<AlertId, Arc<Alert>>,
    /// Alerts are numbered from 1 without a gap: this is the highest on the board.
    last_alert: AtomicU32,
    current: RwLock<Current>,
    assignment_alerts: DashMap<AssignmentId, AlertId>,
    units: DashMap<UnitId, Arc<Unit>>,
    schools: DashMap<SchoolId, Arc<School>>,
    stations: DashMap<StationId, Arc<Station>>,
    /// Those that govern, in order of adoption.
    policies: RwLock<Vec<Arc<Policy>>>,
    accounts: DashMap<AccountName, Arc<Account>>,
    /// By the token's digest.
    token_accounts: DashMap<String, AccountName>,
    protections: DashMap<AccountName, Arc<Protection>>,
    sessions: DashMap<String, Arc<Session>>,
    samples: DashMap<SampleId, Arc<Sample>>,
    patrol: RwLock<PatrolLog>,
}

/// The alerts somebody may ask about without naming them, as in [`State`].
#[derive(Default)]
struct Current {
    open: BTreeSet<AlertId>,
    settled: BTreeSet<(Timestamp, AlertId)>,
}

/// The board at one instant of the writer: open alerts, unfixed hazards, alerts settled in the
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

impl Picture {
    /// The picture of a state.
    pub(super) fn of(state: &State, position: Position, at: Timestamp) -> Self {
        let since = at + Within::from_millis(-SETTLED_SHOWN.millis());
        let shown = open_or_settled_since(&state.open, &state.ended, since);
        Self {
            position,
            at,
            alerts: shown.iter().filter_map(|id| state.alert(*id)).cloned().collect(),
            units: state.units.values().cloned().collect(),
            schools: state.schools.values().cloned().collect(),
            stations: state.stations.values().cloned().collect(),
        }
    }
}

impl Board {
    /// The board of a state.
    pub(super) fn of(state: &State) -> Self {
        let board = Self {
            alerts: copied(&state.alerts),
            last_alert: AtomicU32::new(state.next_alert().0 - 1),
            current: RwLock::new(Current {
                open: state.open.clone(),
                settled: state.ended.clone(),
            }),
            assignment_alerts: (1..)
                .map(AssignmentId)
                .zip(state.assignment_alerts.iter().copied())
                .collect(),
            units: copied(&state.units),
            schools: copied(&state.schools),
            stations: copied(&state.stations),
            policies: RwLock::new(state.policies.clone()),
            accounts: DashMap::new(),
            token_accounts: DashMap::new(),
            protections: copied(&state.protections),
            sessions: copied(&state.sessions),
            samples: copied(&state.samples),
            patrol: RwLock::new(state.patrol.clone()),
        };
        state.accounts.values().for_each(|account| board.put_account(account));
        board
    }

    /// Takes in one durable record.
    pub(super) fn apply(&self, published: &Published) {
        write(&self.patrol).apply(&published.record);
        for change in &published.changes {
            match change {
                Change::Alert(alert) => self.put_alert(alert),
                Change::Unit(unit) => {
                    self.units.insert(unit.profile.id.clone(), unit.clone());
                }
                Change::UnitRemoved(id) => {
                    self.units.remove(id);
                }
                Change::School(school) => {
                    self.schools.insert(school.id.clone(), school.clone());
                }
                Change::SchoolRemoved(id) => {
                    self.schools.remove(id);
                }
                Change::Station(station) => {
                    self.stations.insert(station.id.clone(), station.clone());
                }
                Change::StationRemoved(id) => {
                    self.stations.remove(id);
                }
                Change::Policy(policy) => {
                    if matches!(published.record.event, Event::PolicyAdopted { .. }) {
                        write(&self.policies).push(policy.clone());
                    }
                }
                Change::Account(account) => self.put_account(account),
                Change::Protection(name, protection) => {
                    self.protections.insert(name.clone(), protection.clone());
                }
                Change::SessionOpened(session) => {
                    self.sessions.insert(session.sha256.clone(), session.clone());
                }
                Change::SessionClosed(session) => {
                    self.sessions.remove(&session.sha256);
                }
                Change::Sample(sample) => {
                    self.samples.insert(sample.id, sample.clone());
                }
            }
        }
    }

    fn put_alert(&self, alert: &Arc<Alert>) {
        for assignment in &alert.assignments {
            if !self.assignment_alerts.contains_key(&assignment.id) {
                self.assignment_alerts.insert(assignment.id, alert.id);
            }
        }
        let before = self.alerts.insert(alert.id, alert.clone());
        self.last_alert.fetch_max(alert.id.0, Ordering::Release);
        if alert.is_imported() {
            return;
        }
        let mut current = write(&self.current);
        if alert.needs_somebody() {
            current.open.insert(alert.id);
        } else {
            current.open.remove(&alert.id);
        }
        if let Some(at) = before.and_then(|before| before.settled_at()) {
            current.settled.remove(&(at, alert.id));
        }
        if let Some(at) = alert.settled_at() {
            current.settled.insert((at, alert.id));
        }
    }

    fn put_account(&self, account: &Arc<Account>) {
        if let Credential::Token { sha256 } = &account.credential {
            self.token_accounts.insert(sha256.clone(), account.name.clone());
        }
        let before = self.accounts.insert(account.name.clone(), account.clone());
        if let Some(Credential::Token { sha256 }) = before.map(|before| before.credential.clone())
            && account.credential != (Credential::Token { sha256: sha256.clone() })
        {
            self.token_accounts.remove(&sha256);
        }
    }

    pub fn alert(&self, id: AlertId) -> Option<Arc<Alert>> {
        got(&self.alerts, &id)
    }

    /// The alert an assignment belongs to.
    pub fn alert_of(&self, assignment: AssignmentId) -> Option<Arc<Alert>> {
        let id = *self.assignment_alerts.get(&assignment)?;
        self.alert(id)
    }

    /// Every alert, newest id first, ids below `before` only (None: all).
    pub fn alerts_before(
        &self,
        before: Option<AlertId>,
    ) -> Box<dyn Iterator<Item = Arc<Alert>> + '_> {
        let last = self.last_alert.load(Ordering::Acquire);
        let last = before.map_or(last, |before| last.min(before.0.saturating_sub(1)));
        Box::new((1..=last).rev().filter_map(|id| self.alert(AlertId(id))))
    }

    /// Alerts that still need somebody, newest first.
    pub fn open_alerts(&self) -> Vec<Arc<Alert>> {
        let open = read(&self.current).open.clone();
        open.into_iter().rev().filter_map(|id| self.alert(id)).collect()
    }

    /// Possible duplicates of a report, newest first.
    pub fn duplicates(&self, report: &Report<'_>, now: Timestamp) -> Vec<Arc<Alert>> {
        let candidates = {
            let current = read(&self.current);
            let since = duplicate::settled_since(now);
            open_or_settled_since(&current.open, &current.settled, since)
        };
        let known = candidates.into_iter().rev().filter_map(|id| self.alert(id));
        let position = |school: &SchoolId| self.schools.get(school)?.position;
        known.filter(|alert| report.may_be(alert, position)).collect()
    }

    pub fn unit(&self, id: &UnitId) -> Option<Arc<Unit>> {
        got(&self.units, id)
    }

    /// Every unit, by id.
    pub fn units(&self) -> Vec<Arc<Unit>> {
        in_order(&self.units)
    }

    pub fn school(&self, id: &SchoolId) -> Option<Arc<School>> {
        got(&self.schools, id)
    }

    /// Every school, by id.
    pub fn schools(&self) -> Vec<Arc<School>> {
        in_order(&self.schools)
    }

    pub fn station(&self, id: &StationId) -> Option<Arc<Station>> {
        got(&self.stations, id)
    }

    /// Every station, by id.
    pub fn stations(&self) -> Vec<Arc<Station>> {
        in_order(&self.stations)
    }

    /// The policy that governs alerts received at `now`.
    pub fn policy_at(&self, now: Timestamp) -> Arc<Policy> {
        policy::in_force(&read(&self.policies), now).clone()
    }

    /// Every policy that governs or will, in order of adoption.
    pub fn policies(&self) -> Vec<Arc<Policy>> {
        read(&self.policies).clone()
    }

    pub fn account(&self, name: &AccountName) -> Option<Arc<Account>> {
        got(&self.accounts, name)
    }

    /// Every account, by name.
    pub fn accounts(&self) -> Vec<Arc<Account>> {
        in_order(&self.accounts)
    }

    /// The account whose bearer token has this SHA-256 (lower-case hex), disabled or not.
    pub fn account_by_token(&self, sha256: &str) -> Option<Arc<Account>> {
        let name = self.token_accounts.get(sha256)?.clone();
        self.account(&name)
    }

    /// How an account is protected.
    pub fn protection(&self, name: &AccountName) -> Option<Arc<Protection>> {
        got(&self.protections, name)
    }

    /// Every session, by its token's digest.
    pub fn sessions(&self) -> Vec<Arc<Session>> {
        in_order(&self.sessions)
    }

    pub fn sample(&self, id: SampleId) -> Option<Arc<Sample>> {
        got(&self.samples, &id)
    }

    /// Every sample, by id.
    pub fn samples(&self) -> Vec<Arc<Sample>> {
        in_order(&self.samples)
    }

    /// What was said of duty and visits.
    pub fn patrol(&self) -> PatrolLog {
        read(&self.patrol).clone()
    }

    /// The session whose token has this SHA-256 (lower-case hex).
    pub fn session(&self, sha256: &str) -> Option<Arc<Session>> {
        got(&self.sessions, sha256)
    }
}

/// Alerts that are open or were settled since an instant, by id.
fn open_or_settled_since(
    open: &BTreeSet<AlertId>,
    settled: &BTreeSet<(Timestamp, AlertId)>,
    since: Timestamp,
) -> BTreeSet<AlertId> {
    let settled = settled.range((since, AlertId(0))..).map(|(_, id)| *id);
    open.iter().copied().chain(settled).collect()
}

fn copied<K: Clone + Eq + Hash, V>(map: &BTreeMap<K, Arc<V>>) -> DashMap<K, Arc<V>> {
    map.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn got<K, Q, V>(map: &DashMap<K, Arc<V>>, key: &Q) -> Option<Arc<V>>
where
    K: Eq + Hash + Borrow<Q>,
    Q: Eq + Hash + ?Sized,
{
    map.get(key).map(|entry| entry.value().clone())
}

fn in_order<K: Clone + Eq + Hash + Ord, V>(map: &DashMap<K, Arc<V>>) -> Vec<Arc<V>> {
    let entries = map.iter().map(|entry| (entry.key().clone(), entry.value().clone()));
    let in_order: BTreeMap<K, Arc<V>> = entries.collect();
    in_order.into_values().collect()
}

fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
