//! A centre with a small invented district (示例), on virtual time. Monday 2 March 2026, 07:40 at
//! the centre, in the peak window of school S-A, is second 0.
//!
//! | school | zone | | unit | kind | duty |
//! | --- | --- | --- | --- | --- | --- |
//! | S-A | A | | P-01 | post | on post at S-A |
//! | S-B | B | | P-02, P-03 | patrol | available |
//! | S-C | C | | T-01, W-01 | traffic, SWAT | available |
//! | | | | G-01 | school guard | available |
//! | | | | P-09 | patrol | off duty |

use campus_dispatch::domain::{
    Actor, Alert, Channel, Command, Event, Record, Rejection, Role, Stage, State, Timestamp,
    Verdict, Within,
    account::{Account, Credential},
    assignment::{Assignment, Step},
    classification::{Category, Disposition, Zone},
    decide,
    district::{Duty, DutyWindow, School, SchoolKind, Station, UnitKind, UnitProfile},
    event::Notice,
    id::{AlertId, AssignmentId, RuleId, UnitId},
    place::Position,
};
use chrono::Weekday;

use super::ask;

/// Second 0 of every timeline.
pub const START: Timestamp = Timestamp::from_millis(1_772_408_400_000);

/// Where S-A stands; the others follow 1 km to the east each.
pub const GATE: Position = Position { longitude: 121.47, latitude: 31.23 };

pub const SCHOOLS: [(&str, Zone); 3] = [("S-A", Zone::A), ("S-B", Zone::B), ("S-C", Zone::C)];

pub const UNITS: [(&str, UnitKind); 7] = [
    ("P-01", UnitKind::Post),
    ("P-02", UnitKind::Patrol),
    ("P-03", UnitKind::Patrol),
    ("T-01", UnitKind::Traffic),
    ("W-01", UnitKind::Swat),
    ("G-01", UnitKind::SchoolGuard),
    ("P-09", UnitKind::Patrol),
];

fn actor(account: &str, role: Role) -> Actor {
    Actor { account: account.into(), role, channel: Channel::Http }
}

pub fn operator() -> Actor {
    actor("operator-1", Role::Operator)
}

pub fn supervisor() -> Actor {
    actor("supervisor-1", Role::Supervisor)
}

pub fn admin() -> Actor {
    actor("admin-1", Role::Admin)
}

pub fn gateway() -> Actor {
    actor("gateway-1", Role::Gateway)
}

/// The phone of a unit.
pub fn unit(id: &str) -> Actor {
    actor(&format!("phone-{id}"), Role::Unit)
}

/// One account of any role.
pub fn one(role: Role) -> Actor {
    match role {
        Role::Unit => unit("P-01"),
        Role::System => Actor::system(),
        Role::Console => Actor::console(Channel::Console),
        role => actor(&format!("{}-1", format!("{role:?}").to_lowercase()), role),
    }
}

pub const ROLES: [Role; 10] = [
    Role::Operator,
    Role::Supervisor,
    Role::Unit,
    Role::Manager,
    Role::Auditor,
    Role::Admin,
    Role::Screen,
    Role::Gateway,
    Role::System,
    Role::Console,
];

/// What a timeline plays on.
#[derive(Clone, Debug)]
pub struct Centre {
    pub state: State,
    pub records: Vec<Record>,
    now: Timestamp,
}

impl Centre {
    /// Nothing but the console.
    pub fn empty() -> Self {
        Self { state: State::default(), records: Vec::new(), now: START }
    }

    /// The district above, at second 0.
    pub fn new() -> Self {
        let mut centre = Self::empty();
        let console = one(Role::Console);
        let station = Station {
            id: "ST-1".into(),
            name: "示例派出所".to_owned(),
            position: None,
            leader: None,
            liaison: None,
        };
        centre.does(&console, ask::define_station(station));
        for index in 0..SCHOOLS.len() {
            centre.does(&console, ask::define_school(school(index)));
        }
        for (id, kind) in UNITS {
            centre.does(&console, ask::define_unit(profile(id, kind)));
        }
        for role in ROLES {
            if !matches!(role, Role::Unit | Role::System | Role::Console) {
                centre.does(&console, ask::add_account(account(&one(role))));
            }
        }
        for (id, _) in UNITS {
            let phone = Account { unit: Some(id.into()), ..account(&unit(id)) };
            centre.does(&console, ask::add_account(phone));
            match id {
                "P-01" => centre.does(&unit(id), ask::duty(id, on_post("S-A"))),
                "P-09" => Vec::new(),
                _ => centre.does(&unit(id), ask::duty(id, Duty::Available)),
            };
        }
        centre
    }

    /// Moves time to a second of the timeline.
    pub fn at(&mut self, seconds: i64) -> &mut Self {
        self.at_ms(seconds * 1000)
    }

    /// Moves time to a millisecond of the timeline.
    pub fn at_ms(&mut self, milliseconds: i64) -> &mut Self {
        let then = START + Within::from_millis(milliseconds);
        assert!(self.now <= then, "a timeline runs forward");
        self.now = then;
        self
    }

    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Decides and, when it is allowed, folds what happened.
    pub fn asks(&mut self, actor: &Actor, command: Command) -> Result<Vec<Event>, Rejection> {
        let events = decide(&self.state, actor, &command, self.now)?;
        for event in &events {
            let record = Record {
                seq: self.state.seq + 1,
                at: self.now,
                actor: actor.clone(),
                command: None,
                event: event.clone(),
            };
            self.state.apply(&record);
            self.records.push(record);
        }
        Ok(events)
    }

    /// A command that must be allowed.
    #[track_caller]
    pub fn does(&mut self, actor: &Actor, command: Command) -> Vec<Event> {
        let verb = command.verb();
        self.asks(actor, command).unwrap_or_else(|rejection| panic!("{verb}: {rejection:?}"))
    }

    /// A command that must be refused for this reason.
    #[track_caller]
    pub fn refuses(&mut self, actor: &Actor, command: Command, reason: Rejection) {
        let verb = command.verb();
        assert_eq!(self.asks(actor, command), Err(reason), "{verb}");
    }

    /// Tells what is due on an alert now.
    #[track_caller]
    pub fn told(&mut self, alert: AlertId) -> Vec<Notice> {
        let events = self.does(&Actor::system(), ask::tell(alert));
        let notice = |event| match event {
            Event::DeadlinePassed { notice, .. } => notice,
            other => panic!("told {}", other.kind()),
        };
        events.into_iter().map(notice).collect()
    }

    // What happens in many timelines, as the one who usually does it.

    /// The operator records an alert at a school.
    #[track_caller]
    pub fn raise(&mut self, category: Category, school: &str) -> AlertId {
        self.does(&operator(), ask::raise(category, school));
        self.last_alert()
    }

    /// The operator sends one unit.
    #[track_caller]
    pub fn send(&mut self, alert: AlertId, unit: &str) -> AssignmentId {
        self.does(&operator(), ask::dispatch(alert, &[unit]));
        AssignmentId(self.state.assignment_alerts.len() as u32)
    }

    /// The unit itself takes a step.
    #[track_caller]
    pub fn step(&mut self, assignment: AssignmentId, step: Step) {
        let phone = unit(self.assignment(assignment).unit.as_str());
        self.does(&phone, ask::step(assignment, step));
    }

    #[track_caller]
    pub fn resolve(&mut self, alert: AlertId) {
        self.does(&operator(), ask::resolve(alert, Disposition::HandledOnScene));
    }

    /// A unit is sent, arrives and clears; the alert is resolved and closed, all at this instant.
    #[track_caller]
    pub fn handle(&mut self, alert: AlertId, unit: &str) -> AssignmentId {
        let assignment = self.send(alert, unit);
        self.step(assignment, Step::Arrive);
        self.step(assignment, Step::Clear);
        self.resolve(alert);
        self.does(&operator(), ask::close(alert));
        assignment
    }

    /// Resolved and closed at this instant, nobody having come.
    #[track_caller]
    pub fn end_without_arrival(&mut self, alert: AlertId) {
        self.resolve(alert);
        self.does(&operator(), ask::close_without_arrival(alert, "示例：未到场"));
    }

    // What is asked of a timeline.

    pub fn last_alert(&self) -> AlertId {
        *self.state.alerts.last_key_value().expect("an alert").0
    }

    #[track_caller]
    pub fn alert(&self, id: AlertId) -> &Alert {
        self.state.alert(id).expect("a known alert")
    }

    #[track_caller]
    pub fn assignment(&self, id: AssignmentId) -> &Assignment {
        self.state.assignment(id).expect("a known assignment").1
    }

    pub fn stage(&self, id: AlertId) -> Stage {
        self.alert(id).stage()
    }

    /// The alert's verdict as of now.
    pub fn verdict(&self, id: AlertId) -> Verdict {
        self.alert(id).verdict(self.now)
    }

    /// The verdict of one of its clocks as of now.
    #[track_caller]
    pub fn clock(&self, id: AlertId, rule: &str) -> Verdict {
        let clocks = self.alert(id).clocks(self.now);
        let clock = clocks.iter().find(|clock| clock.rule.as_str() == rule);
        clock.expect("a clock that runs").verdict
    }

    /// The name of the governing clock.
    #[track_caller]
    pub fn governing(&self, id: AlertId) -> RuleId {
        self.alert(id).selection.governing.clone().expect("a governing clock")
    }

    /// The live assignments in a unit's list.
    pub fn duties(&self, id: &str) -> &[AssignmentId] {
        &self.state.units[&UnitId::from(id)].assignments
    }
}

/// A second of the timeline as an instant.
pub fn second(seconds: i64) -> Timestamp {
    START + Within::from_seconds(seconds)
}

pub fn on_post(school: &str) -> Duty {
    Duty::OnPost { school: school.into() }
}

pub fn profile(id: &str, kind: UnitKind) -> UnitProfile {
    UnitProfile {
        id: id.into(),
        name: format!("示例警力 {id}"),
        kind,
        station: Some("ST-1".into()),
    }
}

/// The account an actor acts with.
pub fn account(actor: &Actor) -> Account {
    Account {
        name: actor.account.clone(),
        role: actor.role,
        unit: None,
        station: None,
        credential: Credential::Token { sha256: format!("示例-{}", actor.account) },
        disabled: false,
    }
}

/// The school at an index of [`SCHOOLS`].
pub fn school(index: usize) -> School {
    let (id, zone) = SCHOOLS[index];
    let kinds = [SchoolKind::Primary, SchoolKind::Secondary, SchoolKind::Kindergarten];
    School {
        id: id.into(),
        name: format!("示例学校 {id}"),
        kind: kinds[index],
        zone,
        position: Some(Position { longitude: GATE.longitude + 0.0105 * index as f64, ..GATE }),
        station: Some("ST-1".into()),
        duty_windows: vec![DutyWindow {
            weekdays: vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri],
            from_minute: 7 * 60 + 30,
            to_minute: 8 * 60 + 30,
            posts: 1,
        }],
        contact: None,
    }
}
