//! What the engine's benches share: an invented centre (示例) with one school, one operator and
//! 500 patrols.

use campus_dispatch::{
    domain::{
        Actor, Channel, Command, Role, Timestamp,
        account::{Account, Credential},
        classification::{Category, Mode, Severity, Source, Zone},
        decide::{
            account::AddAccount, change_duty::ChangeDuty, district::DefineSchool,
            district::DefineUnit, raise::RaiseAlert,
        },
        district::{Duty, School, SchoolKind, UnitKind, UnitProfile},
        id::UnitId,
    },
    engine::Submission,
};

/// Second 0.
pub const START: Timestamp = Timestamp::from_millis(1_790_000_000_000);

const UNITS: u32 = 500;

/// One of the patrols.
pub fn unit(n: u32) -> UnitId {
    format!("U-{}", n % UNITS).into()
}

/// Everything an empty centre is set up with.
pub fn setting_up() -> Vec<Submission> {
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
    let console =
        |command| Submission { actor: Actor::console(Channel::Console), id: None, command };
    let mut commands = vec![
        console(Command::DefineSchool(DefineSchool { school })),
        console(Command::AddAccount(AddAccount { account })),
    ];
    for n in 0..UNITS {
        let profile = UnitProfile {
            id: unit(n),
            name: format!("示例巡逻{n}"),
            kind: UnitKind::Patrol,
            station: None,
        };
        let duty = ChangeDuty { unit: unit(n), duty: Duty::Available };
        commands.push(console(Command::DefineUnit(DefineUnit { profile })));
        commands.push(by_operator(Command::ChangeDuty(duty)));
    }
    commands
}

/// A command of the operator's, with an id as a screen gives it.
pub fn by_operator(command: Command) -> Submission {
    let actor =
        Actor { account: "operator-1".into(), role: Role::Operator, channel: Channel::Http };
    Submission { actor, id: Some(uuid::Uuid::new_v4().to_string().into()), command }
}

/// An alert is reported.
pub fn raise() -> Submission {
    by_operator(Command::RaiseAlert(Box::new(RaiseAlert {
        mode: Mode::Actual,
        source: Source::Phone110,
        source_alarm_id: None,
        category: Category::Fight,
        severity: Some(Severity::L1),
        school: Some("S-1".into()),
        place: None,
        coordinates: None,
        summary: "示例：校门口有人打架，双方约六人，暂无人受伤".to_owned(),
        caller_phone: Some("13800000000".to_owned()),
        occurred_at: None,
        reported_at: None,
    })))
}

/// A number from the environment, for quick runs.
pub fn told(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|told| told.parse().ok()).unwrap_or(otherwise)
}
