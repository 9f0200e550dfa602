//! A small centre on virtual time, asked for its figures. Places without a school lie in zone C, so
//! every severity that counts has a limit of 300 s.

use std::sync::Arc;

use campus_dispatch::{
    domain::{
        Actor, Channel, Command, Policy, Role, Timestamp, Within,
        account::{Account, Credential},
        classification::{Category, Disposition, Mode, Severity, Source},
        decide::{
            account::AddAccount,
            cancel::CancelAlert,
            change_duty::ChangeDuty,
            dispatch::{DispatchUnits, Send},
            district::DefineUnit,
            excuse::ExcuseVerdict,
            merge::MergeAlert,
            raise::RaiseAlert,
            reclassify::ReclassifyAlert,
            resolve::ResolveAlert,
            step::TakeStep,
        },
        district::{Duty, UnitKind, UnitProfile},
        id::{AlertId, AssignmentId},
    },
    engine::{Engine, Limits, Submission, clock::ManualClock},
    journal::memory::MemoryDisk,
    statistics::{Columns, Facts, Grouping, Hint, Query, ResponseStatistics, WhatIf},
};

use super::naive;

/// 2026-03-02 07:30 at the centre: a Monday's morning peak.
pub const OPENING: &str = "2026-03-01T23:30:00.000Z";

pub struct Centre {
    engine: Engine,
    clock: Arc<ManualClock>,
    opened_at: Timestamp,
    facts: Facts,
}

impl Centre {
    pub async fn open() -> Self {
        let opened_at = Timestamp::parse(OPENING).unwrap();
        let clock = Arc::new(ManualClock::at(opened_at));
        let journal = Box::new(MemoryDisk::new("figures").open().unwrap());
        let time = clock.clone();
        let engine = Engine::start(journal, None, time, Limits::default(), &mut |_, _| {}).unwrap();
        let centre = Self { engine, clock, opened_at, facts: Facts::default() };
        for (name, role) in [("operator", Role::Operator), ("supervisor", Role::Supervisor)] {
            let credential = Credential::Token { sha256: name.to_owned() };
            let account = Account {
                name: name.into(),
                role,
                unit: None,
                station: None,
                credential,
                disabled: false,
            };
            centre.console(Command::AddAccount(AddAccount { account })).await;
        }
        let profile = UnitProfile {
            id: "P-01".into(),
            name: "示例巡逻一组".to_owned(),
            kind: UnitKind::Patrol,
            station: None,
        };
        centre.console(Command::DefineUnit(DefineUnit { profile })).await;
        let change = ChangeDuty { unit: "P-01".into(), duty: Duty::Available };
        centre.operator(Command::ChangeDuty(change)).await;
        centre
    }

    /// Moves virtual time to so many seconds after the opening.
    pub fn at(&self, seconds: i64) -> &Self {
        self.clock.set(self.opened_at + Within::from_seconds(seconds));
        self
    }

    pub async fn raise(&self, severity: Severity) -> AlertId {
        self.raise_as(Mode::Actual, severity).await
    }

    pub async fn raise_as(&self, mode: Mode, severity: Severity) -> AlertId {
        let raise = RaiseAlert {
            mode,
            source: Source::Phone110,
            source_alarm_id: None,
            category: Category::Fight,
            severity: Some(severity),
            school: None,
            place: Some("示例路口".to_owned()),
            coordinates: None,
            summary: String::new(),
            caller_phone: None,
            occurred_at: None,
            reported_at: None,
        };
        let outcome = self.operator(Command::RaiseAlert(Box::new(raise))).await;
        outcome.alert.unwrap()
    }

    /// Sends the unit, also where it is on another alert.
    pub async fn dispatch(&self, alert: AlertId) -> AssignmentId {
        let units = vec![Send { unit: "P-01".into(), echelon: None }];
        let dispatch = DispatchUnits { alert, units, confirm_stacking: true };
        self.operator(Command::DispatchUnits(dispatch)).await.assignments[0]
    }

    pub async fn acknowledge(&self, assignment: AssignmentId) {
        let step = TakeStep { assignment, pressed_at: None };
        self.operator(Command::AcknowledgeAssignment(step)).await;
    }

    pub async fn arrive(&self, assignment: AssignmentId) {
        let step = TakeStep { assignment, pressed_at: None };
        self.operator(Command::ArriveOnScene(step)).await;
    }

    /// An alert received and reached so many seconds after the opening.
    pub async fn reached(&self, received: i64, arrived: i64) -> AlertId {
        let alert = self.at(received).raise(Severity::L2).await;
        let assignment = self.dispatch(alert).await;
        self.at(arrived).arrive(assignment).await;
        alert
    }

    pub async fn resolve(&self, alert: AlertId) {
        let disposition = Disposition::NoPoliceNeeded;
        let resolve = ResolveAlert { alert, disposition, result: "示例".to_owned() };
        self.operator(Command::ResolveAlert(resolve)).await;
    }

    pub async fn cancel(&self, alert: AlertId) {
        let cancel = CancelAlert { alert, reason: "示例".to_owned() };
        self.operator(Command::CancelAlert(cancel)).await;
    }

    pub async fn merge(&self, alert: AlertId, into: AlertId) {
        self.operator(Command::MergeAlert(MergeAlert { alert, into })).await;
    }

    pub async fn excuse(&self, alert: AlertId) {
        let rule = self.engine.board().alert(alert).unwrap().selection.governing.clone().unwrap();
        let excuse = ExcuseVerdict { alert, rule, reason: "示例".to_owned() };
        self.submit("supervisor", Role::Supervisor, Command::ExcuseVerdict(excuse)).await;
    }

    /// A supervisor finds it less urgent: an inquiry, without a clock.
    pub async fn lower(&self, alert: AlertId) {
        let reclassify = ReclassifyAlert {
            alert,
            category: None,
            severity: Some(Severity::L0),
            tier: None,
            reason: Some("示例".to_owned()),
        };
        let command = Command::ReclassifyAlert(reclassify);
        self.submit("supervisor", Role::Supervisor, command).await;
    }

    /// The hints in the same 24 hours.
    pub fn hints(&self) -> Vec<Hint> {
        let (query, now) = (self.first_day(Grouping::Tier), self.engine.now());
        let alert_of = |id| self.engine.board().alert(id);
        self.facts.read(&self.engine, |columns, _| columns.hints(&query, now, alert_of)).hints
    }

    /// The figures of the 24 hours from the opening, as of now.
    pub fn figures(&self) -> ResponseStatistics {
        self.figures_by(Grouping::Tier)
    }

    pub fn figures_by(&self, grouping: Grouping) -> ResponseStatistics {
        self.ask(&self.first_day(grouping))
    }

    /// The same 24 hours under the policy in force with every limit set to so many seconds.
    pub fn what_if_limits_were(&self, seconds: i64) -> WhatIf {
        let now = self.engine.now();
        let mut candidate = Policy::clone(&self.engine.board().policy_at(now));
        for rule in &mut candidate.rules {
            rule.limit = Within::from_seconds(seconds);
        }
        let query = self.first_day(Grouping::Tier);
        let alert_of = |id| self.engine.board().alert(id);
        self.facts.read(&self.engine, |columns, _| {
            columns.what_if(&query, &Arc::new(candidate), now, alert_of)
        })
    }

    fn first_day(&self, grouping: Grouping) -> Query {
        Query {
            from: self.opened_at,
            to: self.opened_at + Within::from_seconds(24 * 3600),
            filter: Default::default(),
            grouping,
        }
    }

    /// The answer of the columns that follow the feed. Columns built now and the naive second
    /// implementation must give the same.
    pub fn ask(&self, query: &Query) -> ResponseStatistics {
        let (board, now) = (self.engine.board(), self.engine.now());
        let figures = self.facts.read(&self.engine, |columns, _| columns.response(query, now));
        assert_eq!(Columns::of_board(board).response(query, now), figures);
        let alerts: Vec<_> = board.alerts_before(None).collect();
        let naive = naive::response(&alerts, &board.schools(), query, now);
        assert_eq!(serde_json::to_value(&figures).unwrap(), naive);
        figures
    }

    async fn operator(&self, command: Command) -> campus_dispatch::domain::command::Outcome {
        self.submit("operator", Role::Operator, command).await
    }

    async fn console(&self, command: Command) {
        self.submit("console", Role::Console, command).await;
    }

    async fn submit(
        &self,
        account: &str,
        role: Role,
        command: Command,
    ) -> campus_dispatch::domain::command::Outcome {
        let actor = Actor { account: account.into(), role, channel: Channel::Http };
        self.engine.submit(Submission { actor, id: None, command }).await.unwrap()
    }
}
