//! What can be asked of the core. One value per verb; its fields stand with its rule under
//! [`super::decide`].

use serde::Serialize;

use super::{
    decide::{
        access::{NoteConfiguration, NoteExport, NoteView},
        account::{AddAccount, ChangeAccount, DisableAccount, EnableAccount, NoteRefusals},
        adopt_policy::{AdoptPolicy, FilePolicy},
        cancel::CancelAlert,
        change_duty::ChangeDuty,
        check_in::CheckIn,
        close::CloseAlert,
        correct::CorrectTimePoint,
        credential::{ChangeCredential, EnrolFactor, ResetFactor},
        decline::DeclineAssignment,
        defer_hazard::DeferHazard,
        dispatch::DispatchUnits,
        district::{
            DefineSchool, DefineStation, DefineUnit, RemoveSchool, RemoveStation, RemoveUnit,
        },
        draw_sample::DrawSample,
        excuse::ExcuseVerdict,
        feedback::FileFeedback,
        fix_hazard::FixHazard,
        import::ImportAlert,
        merge::MergeAlert,
        note::NoteAlert,
        notice::{NoteClockJump, TellDeadlines},
        raise::RaiseAlert,
        reclassify::ReclassifyAlert,
        reinforce::RequestReinforcement,
        reopen::ReopenAlert,
        report_position::ReportPosition,
        resolve::ResolveAlert,
        score_sample::ScoreSample,
        see_alarms::SeeAlarms,
        session::{CloseSession, OpenSession},
        step::TakeStep,
        take_over::TakeOverDistrict,
        turn_actual::TurnActual,
        unmerge::UnmergeAlert,
        withdraw::CancelAssignment,
    },
    id::{AlertId, AssignmentId},
};

/// A command. Its serialized form is what its digest is made of, nothing else.
#[derive(Clone, Debug, PartialEq, Serialize, strum::IntoStaticStr, strum::VariantNames)]
#[serde(tag = "verb", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Command {
    RaiseAlert(Box<RaiseAlert>),
    DispatchUnits(DispatchUnits),
    ReclassifyAlert(ReclassifyAlert),
    NoteAlert(NoteAlert),
    SeeAlarms(SeeAlarms),
    FileFeedback(FileFeedback),
    ResolveAlert(ResolveAlert),
    CloseAlert(CloseAlert),
    ReopenAlert(ReopenAlert),
    CancelAlert(CancelAlert),
    MergeAlert(MergeAlert),
    UnmergeAlert(UnmergeAlert),
    TurnActual(TurnActual),
    CorrectTimePoint(CorrectTimePoint),
    ExcuseVerdict(ExcuseVerdict),
    DeferHazard(DeferHazard),
    FixHazard(FixHazard),

    DeliverAssignment(TakeStep),
    AcknowledgeAssignment(TakeStep),
    GoEnRoute(TakeStep),
    ArriveOnScene(TakeStep),
    ClearAssignment(TakeStep),
    DeclineAssignment(DeclineAssignment),
    CancelAssignment(CancelAssignment),
    RequestReinforcement(RequestReinforcement),

    ChangeDuty(ChangeDuty),
    ReportPosition(ReportPosition),
    CheckIn(CheckIn),

    DefineSchool(DefineSchool),
    RemoveSchool(RemoveSchool),
    DefineStation(DefineStation),
    RemoveStation(RemoveStation),
    DefineUnit(DefineUnit),
    RemoveUnit(RemoveUnit),
    TakeOverDistrict(TakeOverDistrict),
    AdoptPolicy(AdoptPolicy),
    FilePolicy(FilePolicy),

    AddAccount(AddAccount),
    DisableAccount(DisableAccount),
    EnableAccount(EnableAccount),
    ChangeAccount(ChangeAccount),
    ChangeCredential(ChangeCredential),
    EnrolFactor(EnrolFactor),
    ResetFactor(ResetFactor),
    OpenSession(OpenSession),
    CloseSession(CloseSession),
    NoteRefusals(NoteRefusals),
    NoteView(NoteView),
    NoteExport(NoteExport),
    NoteConfiguration(NoteConfiguration),

    DrawSample(DrawSample),
    ScoreSample(ScoreSample),

    ImportAlert(Box<ImportAlert>),
    TellDeadlines(TellDeadlines),
    NoteClockJump(NoteClockJump),
}

impl Command {
    /// Its verb, `snake_case`: the same word in routes, metrics and tests.
    pub fn verb(&self) -> &'static str {
        self.into()
    }
}

/// What a command came to, as its caller is told: the same for every retry of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The last record of the command; 0 where nothing had to change.
    pub seq: super::record::Seq,
    pub alert: Option<AlertId>,
    pub assignments: Vec<AssignmentId>,
}
