//! A centre with one school, three patrols and one operator, all invented (示例), on virtual time
//! and a journal in memory. Its policy goes by severity alone.

use std::sync::Arc;

use campus_dispatch::{
    domain::{
        Actor, Channel, Command, Record, Role, State, Timestamp, Within,
        account::{Account, Credential},
        classification::Zone,
        command::Outcome,
        decide::{
            account::AddAccount,
            adopt_policy::AdoptPolicy,
            change_duty::ChangeDuty,
            district::{DefineSchool, DefineUnit},
        },
        district::{Duty, School, SchoolKind, UnitKind, UnitProfile},
        id::AlertId,
        policy::preset::preset,
    },
    engine::{Engine, Limits, Submission, SubmitError, clock::ManualClock},
    journal::{Journal, memory::MemoryDisk, snapshot::SnapshotStore},
};

use super::{
    ask,
    gate::{Gate, GatedJournal},
};

/// Second 0 of every timeline.
pub const START: Timestamp = Timestamp::from_millis(1_790_000_000_000);

pub const UNITS: [&str; 3] = ["U-1", "U-2", "U-3"];

/// A running engine, and what outlasts it.
pub struct Centre {
    pub engine: Engine,
    pub clock: Arc<ManualClock>,
    pub disk: MemoryDisk,
    pub gate: Arc<Gate>,
    pub limits: Limits,
    pub snapshots: Option<SnapshotStore>,
}

pub fn operator() -> Actor {
    Actor { account: "operator-1".into(), role: Role::Operator, channel: Channel::Http }
}

pub fn submission(command: Command) -> Submission {
    Submission { actor: operator(), id: None, command }
}

pub fn named(id: &str, command: Command) -> Submission {
    Submission { id: Some(id.into()), ..submission(command) }
}

/// What an empty centre is set up with, in order.
pub fn setting_up() -> Vec<Submission> {
    let console =
        |command| Submission { actor: Actor::console(Channel::Console), id: None, command };
    let policy = preset("severity-only").expect("shipped");
    let school = School {
        id: "S-1".into(),
        name: "示例第一小学".to_owned(),
        kind: SchoolKind::Primary,
        zone: Zone::B,
        position: None,
        station: None,
        duty_windows: Vec::new(),
        contact: None,
    };
    let account = Account {
        name: "operator-1".into(),
        role: Role::Operator,
        unit: None,
        station: None,
        credential: Credential::Token { sha256: "0a".repeat(32) },
        disabled: false,
    };
    let mut commands = vec![
        console(Command::AdoptPolicy(AdoptPolicy { policy })),
        console(Command::DefineSchool(DefineSchool { school })),
        console(Command::AddAccount(AddAccount { account })),
    ];
    for unit in UNITS {
        let (name, kind) = (format!("示例巡逻{unit}"), UnitKind::Patrol);
        let profile = UnitProfile { id: unit.into(), name, kind, station: None };
        commands.push(console(Command::DefineUnit(DefineUnit { profile })));
        let change = ChangeDuty { unit: unit.into(), duty: Duty::Available };
        commands.push(submission(Command::ChangeDuty(change)));
    }
    commands
}

impl Centre {
    /// Opened and set up, at second 0.
    pub async fn open() -> Self {
        Self::with(Limits::default(), None).await
    }

    pub async fn with(limits: Limits, snapshots: Option<SnapshotStore>) -> Self {
        let clock = Arc::new(ManualClock::at(START));
        let disk = MemoryDisk::default();
        let gate = Arc::new(Gate::default());
        let engine = start(&disk, &gate, &clock, &limits, &snapshots);
        let centre = Self { engine, clock, disk, gate, limits, snapshots };
        for submission in setting_up() {
            centre.engine.submit(submission).await.expect("the centre is set up");
        }
        // Nothing of this still comes to the gate later, even where an answer comes too early.
        centre.engine.picture().await.expect("the writer takes its turn");
        centre
    }

    /// Stops in order and starts again on what is durable.
    pub async fn restart(&mut self) {
        self.engine.stop().await;
        self.start_again();
    }

    /// Starts on what is durable, after the engine has ended by itself.
    pub fn start_again(&mut self) {
        let Self { disk, gate, clock, limits, snapshots, .. } = self;
        self.engine = start(disk, gate, clock, limits, snapshots);
    }

    pub async fn does(&self, command: Command) -> Outcome {
        let verb = command.verb();
        let done = self.engine.submit(submission(command)).await;
        done.unwrap_or_else(|error| panic!("{verb}: {error:?}"))
    }

    pub async fn raises(&self) -> AlertId {
        self.does(ask::raise()).await.alert.expect("an alert is raised")
    }

    /// Submits beside the test's own course.
    pub fn submits(&self, submission: Submission) -> Answer {
        let engine = self.engine.clone();
        tokio::spawn(async move { engine.submit(submission).await })
    }

    /// Moves time to a millisecond of the timeline and lets the writer have its turn.
    pub async fn at_ms(&self, milliseconds: i64) {
        self.clock.set(START + Within::from_millis(milliseconds));
        self.engine.picture().await.expect("the writer takes its turn");
    }

    /// Everything durable.
    pub fn records(&self) -> Vec<Record> {
        records(&self.disk)
    }

    /// The durable records folded afresh.
    pub fn replayed(&self) -> State {
        let mut state = State::default();
        self.records().iter().for_each(|record| drop(state.apply(record)));
        state
    }
}

pub type Answer = tokio::task::JoinHandle<Result<Outcome, SubmitError>>;

pub fn records(disk: &MemoryDisk) -> Vec<Record> {
    let copy = disk.copy();
    let journal = copy.open().expect("a copy is nobody's");
    let mut records = Vec::new();
    let reader = journal.reader().expect("readable");
    reader.read_after(0, &mut |record| records.push(record)).expect("readable");
    records
}

fn start(
    disk: &MemoryDisk,
    gate: &Arc<Gate>,
    clock: &Arc<ManualClock>,
    limits: &Limits,
    snapshots: &Option<SnapshotStore>,
) -> Engine {
    let journal = disk.open().expect("nobody else has it");
    let journal = Box::new(GatedJournal { journal, gate: gate.clone() });
    Engine::start(journal, snapshots.clone(), clock.clone(), limits.clone(), &mut |_, _| {})
        .expect("the engine starts")
}
