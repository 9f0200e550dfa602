//! Invented records for the journal to keep (示例).

use campus_dispatch::domain::{
    account::{Account, Actor, Channel, Credential, Role},
    district::Duty,
    event::{Correction, Event, Notice, StepTaken, TimePoint},
    id::{AlertId, AssignmentId},
    place::Position,
    record::{CommandKey, Record, Seq},
    time::{Timestamp, Within},
};

/// The alert that the record at a position touches, if it touches one.
pub fn alert_at(seq: Seq) -> AlertId {
    AlertId((seq % 3) as u32 + 1)
}

/// The record at a position, different at each.
pub fn record(seq: Seq) -> Record {
    let operator =
        Actor { account: "example-operator".into(), role: Role::Operator, channel: Channel::Http };
    let actor = if seq.is_multiple_of(5) { Actor::system() } else { operator };
    let id = format!("示例-{seq}").into();
    let command = (!seq.is_multiple_of(5))
        .then(|| CommandKey { id, digest: format!("{:016x}", seq * 7_919) });
    let at = Timestamp::from_millis(1_790_000_000_000 + seq as i64 * 137);
    Record { seq, at, actor, command, event: event(seq, at) }
}

fn event(seq: Seq, at: Timestamp) -> Event {
    let alert = alert_at(seq);
    let assignment = AssignmentId(seq as u32);
    match seq % 9 {
        0 => Event::AlertNoted {
            alert, text: "引号\"、换行\n、NUL \u{0}、😀 与空格　".repeat(3)
        },
        1 => Event::AssignmentArrived(StepTaken { alert, assignment, pressed_at: Some(at) }),
        2 => Event::PositionReported {
            unit: format!("unit-{seq}").into(),
            // Digits that a careless parser rounds.
            position: Position {
                longitude: 100.0 + 1.0 / (seq as f64 + 0.7),
                latitude: (seq as f64).sqrt() % 90.0,
            },
        },
        3 => Event::DutyChanged {
            unit: "unit-1".into(),
            duty: Duty::OnPost { school: "school-1".into() },
        },
        4 => Event::DeadlinePassed { alert, notice: Notice::ClockBreached { rule: "l1-a".into() } },
        5 => Event::TimePointCorrected {
            alert,
            correction: Box::new(Correction {
                point: TimePoint::Dispatched { assignment },
                old: None,
                new: Some(at),
                reason: "示例".to_owned(),
            }),
        },
        6 => Event::AccountAdded {
            account: Box::new(Account {
                name: "example-screen".into(),
                role: Role::Screen,
                unit: None,
                station: None,
                credential: Credential::Token { sha256: "ab".repeat(32) },
                disabled: false,
            }),
        },
        7 => Event::WallClockJumped { by_ms: Within::from_millis(-3_600_000) },
        _ => Event::AlertReopened { alert, reason: String::new() },
    }
}

/// The records from `from` to `to`, both included.
pub fn records(from: Seq, to: Seq) -> Vec<Record> {
    (from..=to).map(record).collect()
}
