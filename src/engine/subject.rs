//! Which alert a command is about: a refusal shows how it stands.

use crate::domain::{Command, State, event::Personal, id::AlertId};

/// The alert a command names, itself or through an assignment.
pub fn alert_named(state: &State, command: &Command) -> Option<AlertId> {
    use Command::*;
    let assignment = match command {
        DispatchUnits(dispatch) => return Some(dispatch.alert),
        ReclassifyAlert(reclassify) => return Some(reclassify.alert),
        NoteAlert(note) => return Some(note.alert),
        SeeAlarms(see) => return Some(see.alert),
        FileFeedback(feedback) => return Some(feedback.alert),
        ResolveAlert(resolve) => return Some(resolve.alert),
        CloseAlert(close) => return Some(close.alert),
        ReopenAlert(reopen) => return Some(reopen.alert),
        CancelAlert(cancel) => return Some(cancel.alert),
        MergeAlert(merge) => return Some(merge.alert),
        UnmergeAlert(unmerge) => return Some(unmerge.alert),
        TurnActual(turn) => return Some(turn.alert),
        CorrectTimePoint(correct) => return Some(correct.alert),
        ExcuseVerdict(excuse) => return Some(excuse.alert),
        DeferHazard(defer) => return Some(defer.alert),
        FixHazard(fix) => return Some(fix.alert),
        NoteView(view) => match view.of {
            Personal::Alert(alert) => return Some(alert),
            Personal::School { .. } | Personal::Station { .. } => return None,
        },
        TellDeadlines(tell) => return Some(tell.alert),
        DeliverAssignment(step)
        | AcknowledgeAssignment(step)
        | GoEnRoute(step)
        | ArriveOnScene(step)
        | ClearAssignment(step) => step.assignment,
        DeclineAssignment(decline) => decline.assignment,
        CancelAssignment(cancel) => cancel.assignment,
        RequestReinforcement(request) => request.assignment,
        RaiseAlert(_) | ImportAlert(_) | ChangeDuty(_) | ReportPosition(_) | CheckIn(_)
        | DefineSchool(_) | RemoveSchool(_) | DefineStation(_) | RemoveStation(_)
        | DefineUnit(_) | RemoveUnit(_) | TakeOverDistrict(_) | AdoptPolicy(_) | FilePolicy(_)
        | AddAccount(_) | DisableAccount(_) | EnableAccount(_) | ChangeAccount(_)
        | ChangeCredential(_) | EnrolFactor(_) | ResetFactor(_) | OpenSession(_)
        | CloseSession(_) | NoteRefusals(_) | DrawSample(_) | ScoreSample(_) | NoteExport(_)
        | NoteConfiguration(_) | NoteClockJump(_) => return None,
    };
    state.assignment(assignment).map(|(alert, _)| alert.id)
}
