//! What may happen. One file per verb: its fields, and the rule that turns it into events or a
//! refusal. A verb's rule reads the state, never changes it, and asks no clock.

pub mod access;
pub mod account;
pub mod adopt_policy;
pub mod cancel;
pub mod change_duty;
pub mod check_in;
pub mod close;
pub mod correct;
pub mod credential;
pub mod decline;
pub mod defer_hazard;
pub mod dispatch;
pub mod district;
pub mod draw_sample;
pub mod excuse;
pub mod feedback;
pub mod fix_hazard;
pub mod import;
pub mod merge;
pub mod note;
pub mod notice;
pub mod raise;
pub mod reclassify;
pub mod reinforce;
pub mod reopen;
pub mod report_position;
pub mod resolve;
pub mod score_sample;
pub mod see_alarms;
pub mod session;
pub mod step;
mod subject;
pub mod take_over;
mod text;
pub mod turn_actual;
pub mod unmerge;
pub mod withdraw;

use super::{
    account::Actor, assignment::Step, authority, command::Command, event::Event, id::AlertId,
    rejection::Rejection, state::State, time::Timestamp,
};

/// Decides a command on a state at an instant. No events means that nothing has to change: the
/// state already is as asked.
///
/// # Errors
/// The one reason it is refused.
pub fn decide(
    state: &State,
    actor: &Actor,
    command: &Command,
    now: Timestamp,
) -> Result<Vec<Event>, Rejection> {
    authority::authorize(state, actor, command)?;
    use Command::*;
    match command {
        RaiseAlert(raise) => raise.decide(state, actor, now),
        DispatchUnits(dispatch) => dispatch.decide(state),
        ReclassifyAlert(reclassify) => reclassify.decide(state, actor),
        NoteAlert(note) => note.decide(state),
        SeeAlarms(see) => see.decide(state, now),
        FileFeedback(feedback) => feedback.decide(state, actor),
        ResolveAlert(resolve) => resolve.decide(state),
        CloseAlert(close) => close.decide(state),
        ReopenAlert(reopen) => reopen.decide(state),
        CancelAlert(cancel) => cancel.decide(state),
        MergeAlert(merge) => merge.decide(state),
        UnmergeAlert(unmerge) => unmerge.decide(state),
        TurnActual(turn) => turn.decide(state),
        CorrectTimePoint(correct) => correct.decide(state, now),
        ExcuseVerdict(excuse) => excuse.decide(state, now),
        DeferHazard(defer) => defer.decide(state, now),
        FixHazard(fix) => fix.decide(state),
        DeliverAssignment(step) => step.decide(state, actor, Step::Deliver),
        AcknowledgeAssignment(step) => step.decide(state, actor, Step::Acknowledge),
        GoEnRoute(step) => step.decide(state, actor, Step::EnRoute),
        ArriveOnScene(step) => step.decide(state, actor, Step::Arrive),
        ClearAssignment(step) => step.decide(state, actor, Step::Clear),
        DeclineAssignment(decline) => decline.decide(state, actor),
        CancelAssignment(cancel) => cancel.decide(state),
        RequestReinforcement(request) => request.decide(state, actor),
        ChangeDuty(change) => change.decide(state, actor),
        ReportPosition(report) => report.decide(state, actor, now),
        CheckIn(check_in) => check_in.decide(state, actor),
        DefineSchool(define) => define.decide(state),
        RemoveSchool(remove) => remove.decide(state),
        DefineStation(define) => define.decide(state),
        RemoveStation(remove) => remove.decide(state),
        DefineUnit(define) => define.decide(state),
        RemoveUnit(remove) => remove.decide(state),
        TakeOverDistrict(take_over) => take_over.decide(state),
        AdoptPolicy(adopt) => adopt.decide(state),
        FilePolicy(file) => file.decide(state),
        AddAccount(add) => add.decide(state),
        DisableAccount(disable) => disable.decide(state),
        EnableAccount(enable) => enable.decide(state),
        ChangeAccount(change) => change.decide(state),
        ChangeCredential(change) => change.decide(state, actor),
        EnrolFactor(enrol) => enrol.decide(state, actor),
        ResetFactor(reset) => reset.decide(state),
        OpenSession(open) => open.decide(state, actor, now),
        CloseSession(close) => close.decide(state, actor),
        NoteRefusals(note) => Ok(note.decide()),
        DrawSample(draw) => draw.decide(state, now),
        ScoreSample(score) => score.decide(state),
        NoteView(note) => note.decide(state),
        NoteExport(note) => note.decide(),
        NoteConfiguration(note) => note.decide(state),
        ImportAlert(import) => import.decide(state, now),
        TellDeadlines(tell) => tell.decide(state, now),
        NoteClockJump(jump) => Ok(vec![Event::WallClockJumped { by_ms: jump.by }]),
    }
}

/// The alert a command came to when nothing had to change: a machine's alarm raised again, a
/// historic alert imported again.
pub fn standing_alert(state: &State, actor: &Actor, command: &Command) -> Option<AlertId> {
    let key = match command {
        Command::RaiseAlert(raise) => {
            let alarm = raise.source_alarm_id.as_deref()?.trim();
            (actor.account.to_string(), alarm.to_owned())
        }
        Command::ImportAlert(import) => import.historic.source_key(),
        _ => return None,
    };
    state.source_alarms.get(&key).copied()
}
