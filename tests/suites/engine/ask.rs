//! Commands as an operator of the invented centre gives them (示例).

use campus_dispatch::domain::{
    Command, Timestamp,
    classification::{Category, Disposition, Mode, Severity, Source, Validity},
    decide::{
        cancel::CancelAlert, close::CloseAlert, dispatch, dispatch::DispatchUnits, note::NoteAlert,
        raise::RaiseAlert, resolve::ResolveAlert, step::TakeStep,
    },
    id::{AlertId, AssignmentId},
};

/// An urgent alert at the school: its clock is 60 s, its warning 40 s.
pub fn raise() -> Command {
    Command::RaiseAlert(Box::new(raised()))
}

pub fn raise_with_summary(summary: &str) -> Command {
    Command::RaiseAlert(Box::new(RaiseAlert { summary: summary.to_owned(), ..raised() }))
}

/// A machine's alarm, with its own id.
pub fn raise_alarm(source_alarm_id: &str) -> Command {
    let source_alarm_id = Some(source_alarm_id.to_owned());
    Command::RaiseAlert(Box::new(RaiseAlert { source_alarm_id, ..raised() }))
}

fn raised() -> RaiseAlert {
    RaiseAlert {
        mode: Mode::Actual,
        source: Source::Phone110,
        source_alarm_id: None,
        category: Category::Fight,
        severity: Some(Severity::L1),
        school: Some("S-1".into()),
        place: None,
        coordinates: None,
        summary: "示例：校门口打架".to_owned(),
        caller_phone: None,
        occurred_at: None,
        reported_at: None,
    }
}

pub fn dispatch(alert: AlertId, units: &[&str]) -> Command {
    let send = |unit: &&str| dispatch::Send { unit: (*unit).into(), echelon: None };
    let units = units.iter().map(send).collect();
    Command::DispatchUnits(DispatchUnits { alert, units, confirm_stacking: false })
}

pub fn acknowledge(assignment: AssignmentId) -> Command {
    Command::AcknowledgeAssignment(step(assignment))
}

pub fn arrive(assignment: AssignmentId) -> Command {
    Command::ArriveOnScene(step(assignment))
}

pub fn clear(assignment: AssignmentId) -> Command {
    Command::ClearAssignment(step(assignment))
}

fn step(assignment: AssignmentId) -> TakeStep {
    TakeStep { assignment, pressed_at: Some(Timestamp::from_millis(1_790_000_000_001)) }
}

pub fn note(alert: AlertId, text: &str) -> Command {
    Command::NoteAlert(NoteAlert { alert, text: text.to_owned() })
}

pub fn cancel(alert: AlertId) -> Command {
    Command::CancelAlert(CancelAlert { alert, reason: "示例：误报".to_owned() })
}

pub fn close(alert: AlertId) -> Command {
    Command::CloseAlert(CloseAlert {
        alert,
        disposition: Some(Disposition::HandledOnScene),
        result: Some("示例：已处置".to_owned()),
        no_arrival_reason: None,
        police_count: 2,
        injured_count: 0,
        validity: Validity::Valid,
    })
}

pub fn resolve(alert: AlertId) -> Command {
    let (disposition, result) = (Disposition::HandledOnScene, "示例：已处置".to_owned());
    Command::ResolveAlert(ResolveAlert { alert, disposition, result })
}
