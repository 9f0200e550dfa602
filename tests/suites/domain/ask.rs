//! Commands as timelines write them: what is not said is the usual.

use campus_dispatch::domain::{
    Command, Timestamp, Within,
    account::{Account, Credential, Device, Proof, Refused, Role, SecondFactor, Session},
    assignment::{Assignment, Step},
    classification::{Category, Disposition, FeedbackKind, Mode, Severity, Source, Tier, Validity},
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
        dispatch::{DispatchUnits, Send},
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
        take_over::{Definition, TakeOverDistrict},
        turn_actual::TurnActual,
        unmerge::UnmergeAlert,
        withdraw::CancelAssignment,
    },
    district::{Duty, School, Station, UnitKind, UnitProfile},
    event::{Configuration, Export, Notice, Personal, TimePoint},
    history::HistoricAlert,
    id::{AlertId, AssignmentId, SampleId},
    place::{CoordinateSystem, Coordinates},
    policy::Policy,
    sample::{CheckItem, Lot, Mark, Stratum},
};

/// A report by telephone, to be changed where a timeline needs another.
pub fn report(category: Category, school: &str) -> RaiseAlert {
    RaiseAlert {
        mode: Mode::Actual,
        source: Source::Phone110,
        source_alarm_id: None,
        category,
        severity: None,
        school: Some(school.into()),
        place: None,
        coordinates: None,
        summary: "示例".to_owned(),
        caller_phone: None,
        occurred_at: None,
        reported_at: None,
    }
}

/// A report from a place that is no school.
pub fn report_from(coordinates: Coordinates) -> RaiseAlert {
    RaiseAlert { school: None, coordinates: Some(coordinates), ..report(Category::Fight, "") }
}

/// A machine's alarm.
pub fn alarm(id: &str, school: &str) -> RaiseAlert {
    RaiseAlert {
        source: Source::OneKeyAlarm,
        source_alarm_id: Some(id.to_owned()),
        ..report(Category::Other, school)
    }
}

pub fn raised(report: RaiseAlert) -> Command {
    Command::RaiseAlert(Box::new(report))
}

pub fn raise(category: Category, school: &str) -> Command {
    raised(report(category, school))
}

pub fn wgs84(longitude: f64, latitude: f64) -> Coordinates {
    Coordinates { longitude, latitude, system: CoordinateSystem::Wgs84 }
}

fn sent(alert: AlertId, units: &[&str], confirm_stacking: bool) -> Command {
    let send = |unit: &&str| Send { unit: (*unit).into(), echelon: None };
    let units = units.iter().map(send).collect();
    Command::DispatchUnits(DispatchUnits { alert, units, confirm_stacking })
}

pub fn dispatch(alert: AlertId, units: &[&str]) -> Command {
    sent(alert, units, false)
}

pub fn dispatch_stacked(alert: AlertId, units: &[&str]) -> Command {
    sent(alert, units, true)
}

pub fn dispatch_in_wave(alert: AlertId, unit: &str, echelon: u8) -> Command {
    let units = vec![Send { unit: unit.into(), echelon: Some(echelon) }];
    Command::DispatchUnits(DispatchUnits { alert, units, confirm_stacking: false })
}

/// Changes nothing, until something is filled in.
pub fn view(alert: AlertId) -> ReclassifyAlert {
    ReclassifyAlert { alert, category: None, severity: None, tier: None, reason: None }
}

pub fn reclassify(change: ReclassifyAlert) -> Command {
    Command::ReclassifyAlert(change)
}

pub fn set_severity(alert: AlertId, severity: Severity, reason: Option<&str>) -> Command {
    let reason = reason.map(str::to_owned);
    reclassify(ReclassifyAlert { severity: Some(severity), reason, ..view(alert) })
}

pub fn set_tier(alert: AlertId, tier: Tier, reason: Option<&str>) -> Command {
    let reason = reason.map(str::to_owned);
    reclassify(ReclassifyAlert { tier: Some(tier), reason, ..view(alert) })
}

pub fn note(alert: AlertId, text: &str) -> Command {
    Command::NoteAlert(NoteAlert { alert, text: text.to_owned() })
}

pub fn see(alert: AlertId, alarms: Vec<Notice>) -> Command {
    Command::SeeAlarms(SeeAlarms { alert, alarms })
}

pub fn feedback(alert: AlertId, assignment: Option<AssignmentId>, kind: FeedbackKind) -> Command {
    let text = "示例：现场情况".to_owned();
    Command::FileFeedback(FileFeedback { alert, assignment, kind, text, pressed_at: None })
}

pub fn resolve(alert: AlertId, disposition: Disposition) -> Command {
    let result = "示例：处置完毕".to_owned();
    Command::ResolveAlert(ResolveAlert { alert, disposition, result })
}

/// A complete record of an alert somebody arrived at.
pub fn closing(alert: AlertId) -> CloseAlert {
    CloseAlert {
        alert,
        disposition: None,
        result: None,
        no_arrival_reason: None,
        police_count: 2,
        injured_count: 0,
        validity: Validity::Valid,
    }
}

pub fn close(alert: AlertId) -> Command {
    Command::CloseAlert(closing(alert))
}

pub fn close_without_arrival(alert: AlertId, reason: &str) -> Command {
    let no_arrival_reason = Some(reason.to_owned());
    Command::CloseAlert(CloseAlert { no_arrival_reason, ..closing(alert) })
}

pub fn reopen(alert: AlertId, reason: &str) -> Command {
    Command::ReopenAlert(ReopenAlert { alert, reason: reason.to_owned() })
}

pub fn cancel(alert: AlertId, reason: &str) -> Command {
    Command::CancelAlert(CancelAlert { alert, reason: reason.to_owned() })
}

pub fn merge(alert: AlertId, into: AlertId) -> Command {
    Command::MergeAlert(MergeAlert { alert, into })
}

pub fn unmerge(alert: AlertId) -> Command {
    Command::UnmergeAlert(UnmergeAlert { alert })
}

pub fn turn_actual(alert: AlertId, reason: &str) -> Command {
    Command::TurnActual(TurnActual { alert, reason: reason.to_owned() })
}

pub fn correct(alert: AlertId, point: TimePoint, new: Option<Timestamp>) -> Command {
    let reason = "示例：更正".to_owned();
    Command::CorrectTimePoint(CorrectTimePoint { alert, point, new, reason })
}

pub fn excuse(alert: AlertId, rule: &str, reason: &str) -> Command {
    let reason = reason.to_owned();
    Command::ExcuseVerdict(ExcuseVerdict { alert, rule: rule.into(), reason })
}

pub fn defer_hazard(alert: AlertId, due_at: Timestamp) -> Command {
    let (measure, informed) = ("示例：设置围挡".to_owned(), "示例：总务处".to_owned());
    Command::DeferHazard(DeferHazard { alert, measure, informed, due_at })
}

pub fn fix_hazard(alert: AlertId) -> Command {
    Command::FixHazard(FixHazard { alert, text: "示例：已修复".to_owned() })
}

pub fn step(assignment: AssignmentId, step: Step) -> Command {
    let taken = TakeStep { assignment, pressed_at: None };
    match step {
        Step::Deliver => Command::DeliverAssignment(taken),
        Step::Acknowledge => Command::AcknowledgeAssignment(taken),
        Step::EnRoute => Command::GoEnRoute(taken),
        Step::Arrive => Command::ArriveOnScene(taken),
        Step::Clear => Command::ClearAssignment(taken),
    }
}

pub fn decline(assignment: AssignmentId, reason: &str) -> Command {
    Command::DeclineAssignment(DeclineAssignment { assignment, reason: reason.to_owned() })
}

pub fn call_back(assignment: AssignmentId, reason: &str) -> Command {
    Command::CancelAssignment(CancelAssignment { assignment, reason: reason.to_owned() })
}

pub fn reinforce(assignment: AssignmentId, text: &str) -> Command {
    Command::RequestReinforcement(RequestReinforcement { assignment, text: text.to_owned() })
}

pub fn duty(unit: &str, duty: Duty) -> Command {
    Command::ChangeDuty(ChangeDuty { unit: unit.into(), duty })
}

pub fn position(unit: &str, coordinates: Coordinates) -> Command {
    Command::ReportPosition(ReportPosition { unit: unit.into(), coordinates })
}

pub fn check_in(unit: &str, school: &str) -> Command {
    Command::CheckIn(CheckIn { unit: unit.into(), school: school.into() })
}

pub fn define_school(school: School) -> Command {
    Command::DefineSchool(DefineSchool { school })
}

pub fn remove_school(school: &str) -> Command {
    Command::RemoveSchool(RemoveSchool { school: school.into() })
}

pub fn define_station(station: Station) -> Command {
    Command::DefineStation(DefineStation { station })
}

pub fn remove_station(station: &str) -> Command {
    Command::RemoveStation(RemoveStation { station: station.into() })
}

pub fn define_unit(profile: UnitProfile) -> Command {
    Command::DefineUnit(DefineUnit { profile })
}

pub fn remove_unit(unit: &str) -> Command {
    Command::RemoveUnit(RemoveUnit { unit: unit.into() })
}

pub fn adopt(policy: Policy) -> Command {
    Command::AdoptPolicy(AdoptPolicy { policy })
}

pub fn file(policy: Policy) -> Command {
    Command::FilePolicy(FilePolicy { policy })
}

pub fn add_account(account: Account) -> Command {
    Command::AddAccount(AddAccount { account })
}

pub fn disable_account(account: &str) -> Command {
    Command::DisableAccount(DisableAccount { account: account.into() })
}

/// A login that lasts eight hours.
pub fn open_session(account: &str, sha256: &str, opened_at: Timestamp) -> Command {
    open_session_with(account, sha256, opened_at, None)
}

/// On a device that is marked, with whatever proves the second factor.
pub fn open_session_with(
    account: &str,
    sha256: &str,
    opened_at: Timestamp,
    proof: Option<Proof>,
) -> Command {
    let session = Session {
        account: account.into(),
        sha256: sha256.to_owned(),
        opened_at,
        expires_at: opened_at + Within::from_seconds(8 * 3600),
        device: Some(Device {
            address: Some("192.0.2.1".to_owned()),
            agent: None,
            mark: Some("d1".to_owned()),
        }),
    };
    Command::OpenSession(OpenSession { session, proof, at_most: 32 })
}

pub fn close_session(sha256: &str) -> Command {
    Command::CloseSession(CloseSession { sha256: sha256.to_owned() })
}

/// A handled alert of another system at S-B, nobody sent, open when its record ends.
pub fn history(id: &str, received_at: Timestamp, observed_until: Timestamp) -> HistoricAlert {
    HistoricAlert {
        system: "示例系统".to_owned(),
        source_alarm_id: id.to_owned(),
        mode: Mode::Actual,
        source: Source::OtherSystem,
        category: Category::Fight,
        severity: Severity::L2,
        school: Some("S-B".into()),
        place: None,
        summary: "示例".to_owned(),
        occurred_at: None,
        reported_at: None,
        received_at,
        assignments: Vec::new(),
        disposition: None,
        closed_at: None,
        observed_until,
    }
}

/// A unit of another system that was sent and did nothing more.
pub fn historic_assignment(unit: &str, dispatched_at: Timestamp) -> Assignment {
    Assignment {
        id: AssignmentId(0),
        unit: unit.into(),
        unit_kind: UnitKind::Patrol,
        echelon: 2,
        stacked: false,
        dispatched_at: Some(dispatched_at),
        delivered_at: None,
        acknowledged_at: None,
        en_route_at: None,
        arrived_at: None,
        cleared_at: None,
        withdrawal: None,
        pressed: Vec::new(),
    }
}

pub fn import(historic: HistoricAlert) -> Command {
    Command::ImportAlert(Box::new(ImportAlert { historic, policy: None, zone: None }))
}

pub fn tell(alert: AlertId) -> Command {
    Command::TellDeadlines(TellDeadlines { alert })
}

pub fn note_clock_jump(by: Within) -> Command {
    Command::NoteClockJump(NoteClockJump { by })
}

pub fn note_refusals(account: Option<&str>, times: u32, since: Timestamp) -> Command {
    let (account, refused) = (account.map(Into::into), Refused::Permission);
    Command::NoteRefusals(NoteRefusals { account, from: None, refused, times, since })
}

/// Up to `size` actual alerts received between two instants.
pub fn lot(seed: u32, from: Timestamp, to: Timestamp, size: u32) -> Lot {
    Lot { seed, from, to, mode: Mode::Actual, size }
}

/// What a lot drew, as if all at one station.
pub fn draw_sample(lot: Lot, alerts: &[AlertId]) -> Command {
    let handled = alerts.len() as u32;
    let strata = vec![Stratum { station: Some("ST-1".into()), handled, alerts: alerts.to_vec() }];
    Command::DrawSample(DrawSample { lot, strata })
}

/// Every item passed but those named, with a remark.
pub fn score_sample(
    sample: SampleId,
    alert: AlertId,
    failed: &[CheckItem],
    remark: &str,
) -> Command {
    let mark =
        |item: CheckItem| (item, if failed.contains(&item) { Mark::Fail } else { Mark::Pass });
    let marks = CheckItem::ALL.into_iter().map(mark).collect();
    Command::ScoreSample(ScoreSample { sample, sampled: alert, marks, remark: remark.to_owned() })
}

pub fn note_view(of: Personal) -> Command {
    Command::NoteView(NoteView { of })
}

pub fn note_export(what: &str) -> Command {
    let export = Export::of(what, "csv", "from=2026-03-01".to_owned(), Some(3));
    Command::NoteExport(NoteExport { export })
}

/// What a server goes by, with settings of that digest.
pub fn configuration(settings: &str) -> Configuration {
    Configuration {
        version: "1.0.0".to_owned(),
        settings: settings.to_owned(),
        changed: vec!["limits.requests_max".to_owned(), "second_factor".to_owned()],
        certificate: Some("c1".to_owned()),
    }
}

pub fn note_configuration(configuration: Configuration) -> Command {
    Command::NoteConfiguration(NoteConfiguration { configuration })
}

pub fn enable_account(account: &str) -> Command {
    Command::EnableAccount(EnableAccount { account: account.into() })
}

pub fn change_account(account: &str, role: Role, station: Option<&str>) -> Command {
    let (account, station) = (account.into(), station.map(Into::into));
    Command::ChangeAccount(ChangeAccount { account, role, unit: None, station })
}

pub fn change_token(account: &str, sha256: &str, kept: Option<&str>) -> Command {
    Command::ChangeCredential(ChangeCredential {
        account: account.into(),
        credential: Credential::Token { sha256: sha256.to_owned() },
        sealed: None,
        kept: kept.map(ToOwned::to_owned),
    })
}

pub fn enrol_factor(step: u64) -> Command {
    let recovery = vec!["c1".to_owned(), "c2".to_owned()];
    let factor = SecondFactor { sealed: "示例".to_owned(), recovery, last_step: step };
    Command::EnrolFactor(EnrolFactor { factor })
}

pub fn reset_factor(account: &str) -> Command {
    Command::ResetFactor(ResetFactor { account: account.into() })
}

pub fn take_over(schools: Vec<School>) -> Command {
    let school = |school| Definition::School(Box::new(DefineSchool { school }));
    let definitions = schools.into_iter().map(school).collect();
    Command::TakeOverDistrict(TakeOverDistrict { definitions })
}
