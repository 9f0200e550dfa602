//! A centre served on a port of its own: an invented district (示例), virtual time, a journal in
//! memory, and one account per role.

use std::{net::SocketAddr, num::NonZeroU32, sync::Arc};

use campus_dispatch::{
    domain::{
        Actor, Channel, Command, Role, Timestamp, Within,
        account::{Account, Credential, Session},
        classification::Zone,
        decide::{
            account::{AddAccount, DisableAccount},
            change_duty::ChangeDuty,
            district::{DefineSchool, DefineStation, DefineUnit},
            session::OpenSession,
        },
        district::{Contact, Duty, School, SchoolKind, Station, UnitKind, UnitProfile},
        place::Position,
    },
    engine::{self, Engine, Submission, clock::ManualClock},
    journal::memory::MemoryDisk,
    web::{self, AccessRules, Encryption, Entrance, Limits, Settings, secret},
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::actor::{Caller, Credentials};

/// Second 0 of every timeline: a Monday morning.
pub const START: Timestamp = Timestamp::from_millis(1_790_000_000_000);

pub const UNITS: [&str; 3] = ["U-1", "U-2", "U-3"];
pub const SCHOOL: &str = "S-1";

/// A running server, and what a test may do to it.
pub struct House {
    pub engine: Engine,
    pub clock: Arc<ManualClock>,
    pub address: SocketAddr,
    /// What the journal is kept on.
    pub disk: MemoryDisk,
    stop: CancellationToken,
    served: Option<tokio::task::JoinHandle<std::io::Result<()>>>,
}

/// How a house is furnished.
pub struct Plan {
    pub settings: Settings,
    pub engine: engine::Limits,
    pub peopled: bool,
    pub encryption: Option<Arc<Encryption>>,
}

impl Default for Plan {
    fn default() -> Self {
        let limits = Limits {
            // No heartbeat comes between frames unless a test asks for it.
            heartbeat: std::time::Duration::from_secs(3_600),
            // Time stands still between two steps of a test, however much is asked meanwhile.
            requests_per_second_max: const { NonZeroU32::new(1_000_000).unwrap() },
            gateway_requests_per_second_max: const { NonZeroU32::new(1_000_000).unwrap() },
            stranger_requests_per_second_max: const { NonZeroU32::new(1_000_000).unwrap() },
            ..Limits::default()
        };
        let settings = Settings {
            allowed_origins: vec!["https://desk.example".to_owned()],
            trusted_proxies: Vec::new(),
            demo: Vec::new(),
            setup: None,
            secure_cookies: false,
            access: AccessRules::default(),
            tiles: None,
            limits,
        };
        Self { settings, engine: engine::Limits::default(), peopled: true, encryption: None }
    }
}

impl House {
    pub async fn open() -> Self {
        Self::of(Plan::default()).await
    }

    pub async fn of(plan: Plan) -> Self {
        let (clock, disk) = (Arc::new(ManualClock::at(START)), MemoryDisk::new("epoch-1"));
        let journal = Box::new(disk.open().expect("nobody else has it"));
        let engine = Engine::start(journal, None, clock.clone(), plan.engine, &mut |_, _| {})
            .expect("the engine starts");
        if plan.peopled {
            for command in peopling() {
                as_console(&engine, command).await;
            }
            for unit in UNITS {
                let command = ChangeDuty { unit: unit.into(), duty: Duty::Available };
                let operator = actor("operator", Role::Operator);
                submit(&engine, operator, Command::ChangeDuty(command)).await;
            }
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let stop = CancellationToken::new();
        let limits = plan.settings.limits.clone();
        let site = web::Site::of(engine.clone(), plan.settings);
        let stopped = stop.clone().cancelled_owned();
        let entrance = Entrance { listener, encryption: plan.encryption };
        let served = Some(tokio::spawn(web::serve(entrance, site, limits, stopped)));
        Self { engine, clock, address, disk, stop, served }
    }

    /// Asks the server to stop and waits until it has.
    pub async fn stop(&mut self) {
        self.stop.cancel();
        if let Some(served) = self.served.take() {
            served.await.expect("no panic").expect("an orderly stop");
        }
    }

    /// Moves time to a second of the timeline and lets the writer have its turn.
    pub async fn at_second(&self, second: i64) {
        self.clock.set(START + Within::from_seconds(second));
        self.engine.picture().await.expect("the writer takes its turn");
    }

    /// Does something at the console of the machine.
    pub async fn console(&self, command: Command) {
        as_console(&self.engine, command).await;
    }

    /// Opens another station with one school of its own, and a wall for each station:
    /// `screen-P-1` and `wall-` with the new station's id.
    pub async fn has_a_second_station(&self, station: &str, school: &str) {
        let new = Station {
            id: station.into(),
            name: "示例第二派出所".to_owned(),
            position: None,
            leader: None,
            liaison: None,
        };
        self.console(Command::DefineStation(DefineStation { station: new })).await;
        let school = School {
            id: school.into(),
            name: "示例第三小学".to_owned(),
            kind: SchoolKind::Primary,
            zone: Zone::B,
            position: None,
            station: Some(station.into()),
            duty_windows: Vec::new(),
            contact: None,
        };
        self.console(Command::DefineSchool(DefineSchool { school })).await;
        for (name, station) in [(format!("wall-{station}"), station), ("screen-P-1".into(), "P-1")]
        {
            let wall = Account { station: Some(station.into()), ..account(&name, Role::Screen) };
            self.console(Command::AddAccount(AddAccount { account: wall })).await;
        }
    }

    /// An account with a token that was disabled; who still has a session of it.
    pub async fn disabled(&self, name: &str) -> Caller {
        let account = account(name, Role::Supervisor);
        self.console(Command::AddAccount(AddAccount { account })).await;
        let caller = self.browser(name, Role::Supervisor).await;
        let account = name.into();
        self.console(Command::DisableAccount(DisableAccount { account })).await;
        caller
    }

    /// The account of that name, with its token.
    pub fn caller(&self, account: &str) -> Caller {
        Caller::new(self.address, Credentials::Token(token(account)))
    }

    /// Somebody who has not logged in.
    pub fn stranger(&self) -> Caller {
        Caller::new(self.address, Credentials::None)
    }

    /// The account of that name, with a session it opened at a browser.
    pub async fn browser(&self, account: &str, role: Role) -> Caller {
        let token = format!("session-of-{account}");
        let opened_at = self.engine.now();
        let session = Session {
            account: account.into(),
            sha256: secret::digest(&token),
            opened_at,
            expires_at: opened_at + Within::from_seconds(12 * 3600),
            device: None,
        };
        let command = Command::OpenSession(OpenSession { session, proof: None, at_most: 32 });
        submit(&self.engine, actor(account, role), command).await;
        Caller::new(self.address, Credentials::Cookie(token))
    }

    pub fn operator(&self) -> Caller {
        self.caller("operator")
    }

    pub fn supervisor(&self) -> Caller {
        self.caller("supervisor")
    }

    pub fn admin(&self) -> Caller {
        self.caller("admin")
    }

    /// The phone of a unit.
    pub fn phone(&self, unit: &str) -> Caller {
        self.caller(&format!("phone-{unit}"))
    }

    /// Everything written so far.
    pub fn written(&self) -> u64 {
        self.engine.position().seq
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Every role that has an account in the house, with the account's name.
pub const ACCOUNTS: [(&str, Role); 10] = [
    ("operator", Role::Operator),
    ("supervisor", Role::Supervisor),
    ("phone-U-1", Role::Unit),
    ("phone-U-2", Role::Unit),
    ("phone-U-3", Role::Unit),
    ("manager", Role::Manager),
    ("auditor", Role::Auditor),
    ("admin", Role::Admin),
    ("screen", Role::Screen),
    ("gateway", Role::Gateway),
];

pub fn token(account: &str) -> String {
    format!("token-of-{account}")
}

fn actor(account: &str, role: Role) -> Actor {
    Actor { account: account.into(), role, channel: Channel::Http }
}

/// An account with its token; a phone's is its unit's.
fn account(name: &str, role: Role) -> Account {
    Account {
        name: name.into(),
        role,
        unit: name.strip_prefix("phone-").map(Into::into),
        station: None,
        credential: Credential::Token { sha256: secret::digest(&token(name)) },
        disabled: false,
    }
}

fn peopling() -> Vec<Command> {
    let position = Some(Position { longitude: 116.4, latitude: 39.9 });
    let contact =
        Some(Contact { name: "示例值班室".to_owned(), phone: "13800000000".to_owned() });
    let station = Station {
        id: "P-1".into(),
        name: "示例派出所".to_owned(),
        position,
        leader: contact.clone(),
        liaison: None,
    };
    let school = |id: &str, name: &str| School {
        id: id.into(),
        name: name.to_owned(),
        kind: SchoolKind::Primary,
        zone: Zone::B,
        position,
        station: Some("P-1".into()),
        duty_windows: Vec::new(),
        contact: contact.clone(),
    };
    let mut commands = vec![
        Command::DefineStation(DefineStation { station }),
        Command::DefineSchool(DefineSchool { school: school(SCHOOL, "示例第一小学") }),
        Command::DefineSchool(DefineSchool { school: school("S-2", "示例第二小学") }),
    ];
    for unit in UNITS {
        let (name, kind) = (format!("示例巡逻{unit}"), UnitKind::Patrol);
        let profile = UnitProfile { id: unit.into(), name, kind, station: Some("P-1".into()) };
        commands.push(Command::DefineUnit(DefineUnit { profile }));
    }
    for (name, role) in ACCOUNTS {
        commands.push(Command::AddAccount(AddAccount { account: account(name, role) }));
    }
    commands
}

async fn as_console(engine: &Engine, command: Command) {
    submit(engine, Actor::console(Channel::Console), command).await;
}

async fn submit(engine: &Engine, actor: Actor, command: Command) {
    let verb = command.verb();
    let done = engine.submit(Submission { actor, id: None, command }).await;
    done.unwrap_or_else(|error| panic!("{verb}: {error:?}"));
}
