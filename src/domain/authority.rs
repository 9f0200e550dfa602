//! Who may do what: one table, default deny, checked on the same state as the command. Whether a
//! thing is one's own is checked beside the verb's rule, with [`own_unit`] and [`own_school`].

use super::{
    account::{Account, Actor, Role},
    command::Command,
    district::School,
    event::Personal,
    id::UnitId,
    rejection::Rejection,
    state::State,
};

/// Refuses an actor whose account is gone, disabled or changed, and a verb its role lacks.
pub fn authorize(state: &State, actor: &Actor, command: &Command) -> Result<(), Rejection> {
    if !matches!(actor.role, Role::System | Role::Console) {
        let account = account(state, actor)?;
        if account.disabled {
            return Err(Rejection::AccountDisabled);
        }
        if account.role != actor.role {
            return Err(Rejection::RoleNotPermitted);
        }
    }
    if may(actor.role, command) { Ok(()) } else { Err(Rejection::RoleNotPermitted) }
}

/// Whether a role may ever give a command.
pub fn may(role: Role, command: &Command) -> bool {
    use Command::*;
    match role {
        Role::System => matches!(command, TellDeadlines(_) | NoteClockJump(_) | NoteRefusals(_)),
        Role::Console => {
            is_administration(command)
                || matches!(
                    command,
                    ImportAlert(_)
                        | FilePolicy(_)
                        | CloseSession(_)
                        | NoteExport(_)
                        | NoteConfiguration(_)
                )
        }
        Role::Admin => {
            let notes = match command {
                NoteView(view) => sees_personal_data(role, &view.of),
                command => matches!(command, NoteExport(_)),
            };
            notes || is_administration(command) || is_session(command)
        }
        Role::Supervisor => is_dispatch(command) || is_supervision(command) || is_session(command),
        Role::Operator => is_dispatch(command) || is_session(command),
        Role::Unit => is_patrol(command) || is_session(command),
        Role::Manager | Role::Auditor => {
            is_sampling(command) || is_session(command) || matches!(command, NoteExport(_))
        }
        Role::Screen => is_session(command),
        Role::Gateway => matches!(command, RaiseAlert(_)),
    }
}

fn is_dispatch(command: &Command) -> bool {
    use Command::*;
    matches!(
        command,
        RaiseAlert(_)
            | DispatchUnits(_)
            | ReclassifyAlert(_)
            | NoteAlert(_)
            | SeeAlarms(_)
            | FileFeedback(_)
            | ResolveAlert(_)
            | CloseAlert(_)
            | CancelAlert(_)
            | MergeAlert(_)
            | UnmergeAlert(_)
            | TurnActual(_)
            | DeferHazard(_)
            | FixHazard(_)
            | DeliverAssignment(_)
            | AcknowledgeAssignment(_)
            | GoEnRoute(_)
            | ArriveOnScene(_)
            | ClearAssignment(_)
            | DeclineAssignment(_)
            | CancelAssignment(_)
            | ChangeDuty(_)
            | NoteView(_)
            | NoteExport(_)
    )
}

fn is_supervision(command: &Command) -> bool {
    use Command::*;
    matches!(command, ReopenAlert(_) | CorrectTimePoint(_) | ExcuseVerdict(_))
}

fn is_patrol(command: &Command) -> bool {
    use Command::*;
    matches!(
        command,
        RaiseAlert(_)
            | FileFeedback(_)
            | DeliverAssignment(_)
            | AcknowledgeAssignment(_)
            | GoEnRoute(_)
            | ArriveOnScene(_)
            | ClearAssignment(_)
            | DeclineAssignment(_)
            | RequestReinforcement(_)
            | ChangeDuty(_)
            | ReportPosition(_)
            | CheckIn(_)
    )
}

fn is_administration(command: &Command) -> bool {
    use Command::*;
    matches!(
        command,
        DefineSchool(_)
            | RemoveSchool(_)
            | DefineStation(_)
            | RemoveStation(_)
            | DefineUnit(_)
            | RemoveUnit(_)
            | TakeOverDistrict(_)
            | AdoptPolicy(_)
            | AddAccount(_)
            | DisableAccount(_)
            | EnableAccount(_)
            | ChangeAccount(_)
            | ChangeCredential(_)
            | ResetFactor(_)
    )
}

fn is_sampling(command: &Command) -> bool {
    matches!(command, Command::DrawSample(_) | Command::ScoreSample(_))
}

/// One's own: that it is, is checked beside each verb's rule.
fn is_session(command: &Command) -> bool {
    use Command::*;
    matches!(command, OpenSession(_) | CloseSession(_) | ChangeCredential(_) | EnrolFactor(_))
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Every alert, with its timeline.
    Alerts,
    /// The alerts one's own unit is sent to.
    OwnAlerts,
    /// Schools, stations and units.
    District,
    /// Response-time figures.
    Statistics,
    /// Bulletin, campaign report and samples.
    Reports,
    /// What may be worth a look in how alerts were handled.
    IntegrityHints,
    /// The policy in force and the presets.
    Policy,
    /// Accounts, without their credentials.
    Accounts,
    /// Who came in, who was refused, and what was changed in accounts, district and policy.
    AccessRecord,
    /// One alert's report: how each verdict came about.
    Report,
    /// One alert's records as they stand in the journal, to be checked elsewhere.
    Proof,
    /// The board as it stood.
    Replay,
}

/// Whether a role may look at something.
pub fn may_view(role: Role, view: View) -> bool {
    use Role::*;
    match view {
        View::Alerts => matches!(role, Operator | Supervisor | Manager | Auditor | Screen),
        View::OwnAlerts => role == Unit,
        View::District => !matches!(role, Gateway),
        View::Statistics => matches!(role, Operator | Supervisor | Manager | Auditor),
        View::Reports => matches!(role, Supervisor | Manager | Auditor),
        View::IntegrityHints => matches!(role, Manager | Auditor),
        View::Policy => !matches!(role, Gateway),
        View::Accounts => matches!(role, Admin | Auditor),
        View::AccessRecord => role == Auditor,
        View::Report => matches!(role, Operator | Supervisor | Manager | Auditor),
        View::Proof => role == Auditor,
        View::Replay => matches!(role, Supervisor | Manager | Auditor),
    }
}

/// Whether a role sees phone numbers whole, in what it has opened: a caller's who call back, those
/// of schools and stations who call there and who keep them. Everywhere else they are masked for
/// everybody.
pub fn sees_personal_data(role: Role, of: &Personal) -> bool {
    match of {
        Personal::Alert(_) => matches!(role, Role::Operator | Role::Supervisor),
        Personal::School { .. } | Personal::Station { .. } => {
            matches!(role, Role::Operator | Role::Supervisor | Role::Admin)
        }
    }
}

/// Refuses a unit's account that acts for another unit; everybody else acts for any.
pub fn own_unit(state: &State, actor: &Actor, unit: &UnitId) -> Result<(), Rejection> {
    if actor.role != Role::Unit || account(state, actor)?.unit.as_ref() == Some(unit) {
        Ok(())
    } else {
        Err(Rejection::NotOwn)
    }
}

/// Refuses a gateway that is bound to a station and raises an alert at another station's school.
/// Everybody else raises at any; a school of no station is nobody else's.
pub fn own_school(state: &State, actor: &Actor, school: &School) -> Result<(), Rejection> {
    if actor.role != Role::Gateway {
        return Ok(());
    }
    match (&account(state, actor)?.station, &school.station) {
        (Some(own), Some(responsible)) if own != responsible => Err(Rejection::NotOwn),
        _ => Ok(()),
    }
}

fn account<'a>(state: &'a State, actor: &Actor) -> Result<&'a Account, Rejection> {
    let account = state.accounts.get(&actor.account).ok_or(Rejection::AccountUnknown)?;
    Ok(account)
}
