//! Who may do what: every role against every verb, as one table.

use campus_dispatch::domain::{
    Command, Role, Timestamp, Within,
    assignment::Step,
    authority::{View, may, may_view, sees_personal_data},
    classification::{Category, Disposition, FeedbackKind, Severity},
    district::{Duty, Station, UnitKind},
    event::{Notice, Personal, TimePoint},
    id::{AlertId, AssignmentId, SampleId},
    policy::preset,
};

use super::{
    ask,
    centre::{ROLES, account, operator, profile, school, second},
};

/// One command of every verb.
fn one_of_each() -> Vec<Command> {
    let (alert, other, assignment) = (AlertId(1), AlertId(2), AssignmentId(1));
    let station = Station {
        id: "ST-2".into(),
        name: "示例".to_owned(),
        position: None,
        leader: None,
        liaison: None,
    };
    let policy = || preset::preset("zone-only").expect("shipped");
    let step = |step| ask::step(assignment, step);
    vec![
        ask::raise(Category::Fight, "S-A"),
        ask::dispatch(alert, &["P-02"]),
        ask::set_severity(alert, Severity::L1, None),
        ask::note(alert, "示例"),
        ask::see(alert, vec![Notice::DispatchMissed]),
        ask::feedback(alert, None, FeedbackKind::Progress),
        ask::resolve(alert, Disposition::Mediated),
        ask::close(alert),
        ask::reopen(alert, "示例"),
        ask::cancel(alert, "示例"),
        ask::merge(alert, other),
        ask::unmerge(alert),
        ask::turn_actual(alert, "示例"),
        ask::correct(alert, TimePoint::Received, None),
        ask::excuse(alert, "l1-a", "示例"),
        ask::defer_hazard(alert, second(60)),
        ask::fix_hazard(alert),
        step(Step::Deliver),
        step(Step::Acknowledge),
        step(Step::EnRoute),
        step(Step::Arrive),
        step(Step::Clear),
        ask::decline(assignment, "示例"),
        ask::call_back(assignment, "示例"),
        ask::reinforce(assignment, "示例"),
        ask::duty("P-01", Duty::Available),
        ask::position("P-01", ask::wgs84(121.0, 31.0)),
        ask::check_in("P-01", "S-A"),
        ask::define_school(school(0)),
        ask::remove_school("S-A"),
        ask::define_station(station),
        ask::remove_station("ST-1"),
        ask::define_unit(profile("P-01", UnitKind::Post)),
        ask::remove_unit("P-01"),
        ask::take_over(vec![school(0)]),
        ask::adopt(policy()),
        ask::file(policy()),
        ask::add_account(account(&operator())),
        ask::disable_account("operator-1"),
        ask::enable_account("operator-1"),
        ask::change_account("operator-1", Role::Supervisor, None),
        ask::change_token("operator-1", "bb", None),
        ask::enrol_factor(1),
        ask::reset_factor("operator-1"),
        ask::open_session("operator-1", "aa", Timestamp::default()),
        ask::close_session("aa"),
        ask::note_refusals(None, 1, second(0)),
        ask::draw_sample(ask::lot(1, second(-60), second(-1), 5), &[alert]),
        ask::score_sample(SampleId(1), alert, &[], ""),
        ask::note_view(Personal::Alert(alert)),
        ask::note_export("alerts"),
        ask::note_configuration(ask::configuration("aa")),
        ask::import(ask::history("call-1", second(-60), second(-1))),
        ask::tell(alert),
        ask::note_clock_jump(Within::from_seconds(1)),
    ]
}

/// Rows are verbs; columns are the roles by their first letters: Operator, Supervisor, Unit,
/// Manager, Auditor, aDmin, sCreen, Gateway, sYstem, cOnsole.
const TABLE: &str = "
                         Op Su Un Ma Au Ad Sc Ga Sy Co
raise_alert              x  x  x  .  .  .  .  x  .  .
dispatch_units           x  x  .  .  .  .  .  .  .  .
reclassify_alert         x  x  .  .  .  .  .  .  .  .
note_alert               x  x  .  .  .  .  .  .  .  .
see_alarms               x  x  .  .  .  .  .  .  .  .
file_feedback            x  x  x  .  .  .  .  .  .  .
resolve_alert            x  x  .  .  .  .  .  .  .  .
close_alert              x  x  .  .  .  .  .  .  .  .
reopen_alert             .  x  .  .  .  .  .  .  .  .
cancel_alert             x  x  .  .  .  .  .  .  .  .
merge_alert              x  x  .  .  .  .  .  .  .  .
unmerge_alert            x  x  .  .  .  .  .  .  .  .
turn_actual              x  x  .  .  .  .  .  .  .  .
correct_time_point       .  x  .  .  .  .  .  .  .  .
excuse_verdict           .  x  .  .  .  .  .  .  .  .
defer_hazard             x  x  .  .  .  .  .  .  .  .
fix_hazard               x  x  .  .  .  .  .  .  .  .
deliver_assignment       x  x  x  .  .  .  .  .  .  .
acknowledge_assignment   x  x  x  .  .  .  .  .  .  .
go_en_route              x  x  x  .  .  .  .  .  .  .
arrive_on_scene          x  x  x  .  .  .  .  .  .  .
clear_assignment         x  x  x  .  .  .  .  .  .  .
decline_assignment       x  x  x  .  .  .  .  .  .  .
cancel_assignment        x  x  .  .  .  .  .  .  .  .
request_reinforcement    .  .  x  .  .  .  .  .  .  .
change_duty              x  x  x  .  .  .  .  .  .  .
report_position          .  .  x  .  .  .  .  .  .  .
check_in                 .  .  x  .  .  .  .  .  .  .
define_school            .  .  .  .  .  x  .  .  .  x
remove_school            .  .  .  .  .  x  .  .  .  x
define_station           .  .  .  .  .  x  .  .  .  x
remove_station           .  .  .  .  .  x  .  .  .  x
define_unit              .  .  .  .  .  x  .  .  .  x
remove_unit              .  .  .  .  .  x  .  .  .  x
take_over_district       .  .  .  .  .  x  .  .  .  x
adopt_policy             .  .  .  .  .  x  .  .  .  x
file_policy              .  .  .  .  .  .  .  .  .  x
add_account              .  .  .  .  .  x  .  .  .  x
disable_account          .  .  .  .  .  x  .  .  .  x
enable_account           .  .  .  .  .  x  .  .  .  x
change_account           .  .  .  .  .  x  .  .  .  x
change_credential        x  x  x  x  x  x  x  .  .  x
enrol_factor             x  x  x  x  x  x  x  .  .  .
reset_factor             .  .  .  .  .  x  .  .  .  x
open_session             x  x  x  x  x  x  x  .  .  .
close_session            x  x  x  x  x  x  x  .  .  x
note_refusals            .  .  .  .  .  .  .  .  x  .
draw_sample              .  .  .  x  x  .  .  .  .  .
score_sample             .  .  .  x  x  .  .  .  .  .
note_view                x  x  .  .  .  .  .  .  .  .
note_export              x  x  .  x  x  x  .  .  .  x
note_configuration       .  .  .  .  .  .  .  .  .  x
import_alert             .  .  .  .  .  .  .  .  .  x
tell_deadlines           .  .  .  .  .  .  .  .  x  .
note_clock_jump          .  .  .  .  .  .  .  .  x  .
";

#[test]
fn every_role_may_give_the_commands_of_the_table_and_no_other() {
    let mark = |allowed| if allowed { "x" } else { "." };
    let names: Vec<String> = ROLES.iter().map(|role| format!("{role:?}")[..2].to_owned()).collect();
    let mut printed = format!("\n{:24} {}\n", "", names.join(" "));
    for command in one_of_each() {
        let marks: Vec<&str> = ROLES.iter().map(|role| mark(may(*role, &command))).collect();
        printed += &format!("{:24} {}\n", command.verb(), marks.join("  "));
    }
    assert_eq!(printed, TABLE, "\n{printed}");
}

#[test]
fn every_verb_has_a_row() {
    // The match is exhaustive, so a new verb does not compile here until it has its row above.
    use Command::*;
    let count = |command: &Command| match command {
        RaiseAlert(_)
        | DispatchUnits(_)
        | ReclassifyAlert(_)
        | NoteAlert(_)
        | SeeAlarms(_)
        | FileFeedback(_)
        | ResolveAlert(_)
        | CloseAlert(_)
        | ReopenAlert(_)
        | CancelAlert(_)
        | MergeAlert(_)
        | UnmergeAlert(_)
        | TurnActual(_)
        | CorrectTimePoint(_)
        | ExcuseVerdict(_)
        | DeferHazard(_)
        | FixHazard(_)
        | DeliverAssignment(_)
        | AcknowledgeAssignment(_)
        | GoEnRoute(_)
        | ArriveOnScene(_)
        | ClearAssignment(_)
        | DeclineAssignment(_)
        | CancelAssignment(_)
        | RequestReinforcement(_)
        | ChangeDuty(_)
        | ReportPosition(_)
        | CheckIn(_)
        | DefineSchool(_)
        | RemoveSchool(_)
        | DefineStation(_)
        | RemoveStation(_)
        | DefineUnit(_)
        | RemoveUnit(_)
        | TakeOverDistrict(_)
        | AdoptPolicy(_)
        | FilePolicy(_)
        | AddAccount(_)
        | DisableAccount(_)
        | EnableAccount(_)
        | ChangeAccount(_)
        | ChangeCredential(_)
        | EnrolFactor(_)
        | ResetFactor(_)
        | OpenSession(_)
        | CloseSession(_)
        | NoteRefusals(_)
        | DrawSample(_)
        | ScoreSample(_)
        | NoteView(_)
        | NoteExport(_)
        | NoteConfiguration(_)
        | ImportAlert(_)
        | TellDeadlines(_)
        | NoteClockJump(_) => 55,
    };
    let commands = one_of_each();
    let verbs: std::collections::BTreeSet<&str> = commands.iter().map(Command::verb).collect();
    assert_eq!(verbs.len(), count(&commands[0]));
}

#[test]
fn what_each_role_may_look_at() {
    let table = "
            Op Su Un Ma Au Ad Sc Ga Sy Co
Alerts      x  x  .  x  x  .  x  .  .  .
OwnAlerts   .  .  x  .  .  .  .  .  .  .
District    x  x  x  x  x  x  x  .  x  x
Statistics  x  x  .  x  x  .  .  .  .  .
Reports     .  x  .  x  x  .  .  .  .  .
IntegrityHints .  .  .  x  x  .  .  .  .  .
Policy      x  x  x  x  x  x  x  .  x  x
Accounts    .  .  .  .  x  x  .  .  .  .
AccessRecord .  .  .  .  x  .  .  .  .  .
Report      x  x  .  x  x  .  .  .  .  .
Proof       .  .  .  .  x  .  .  .  .  .
Replay      .  x  .  x  x  .  .  .  .  .
";
    let views = [
        View::Alerts,
        View::OwnAlerts,
        View::District,
        View::Statistics,
        View::Reports,
        View::IntegrityHints,
        View::Policy,
        View::Accounts,
        View::AccessRecord,
        View::Report,
        View::Proof,
        View::Replay,
    ];
    let names: Vec<String> = ROLES.iter().map(|role| format!("{role:?}")[..2].to_owned()).collect();
    let mut printed = format!("\n{:11} {}\n", "", names.join(" "));
    for view in views {
        let mark = |role: &Role| if may_view(*role, view) { "x" } else { "." };
        let marks: Vec<&str> = ROLES.iter().map(mark).collect();
        printed += &format!("{:11} {}\n", format!("{view:?}"), marks.join("  "));
    }
    assert_eq!(printed, table, "\n{printed}");
}

#[test]
fn a_callers_number_is_whole_for_operators_and_supervisors_only() {
    assert_eq!(see_whole(&Personal::Alert(AlertId(1))), [Role::Operator, Role::Supervisor]);
}

#[test]
fn a_contacts_number_is_whole_for_whoever_calls_there_or_keeps_it() {
    let school = Personal::School { school: "S-A".into() };
    let station = Personal::Station { station: "ST-1".into() };
    for of in [school, station] {
        assert_eq!(see_whole(&of), [Role::Operator, Role::Supervisor, Role::Admin]);
    }
}

/// Those who are shown a number whole, which are those who may have it recorded that they look.
fn see_whole(of: &Personal) -> Vec<Role> {
    for role in ROLES {
        let records = may(role, &ask::note_view(of.clone()));
        assert_eq!(sees_personal_data(role, of), records, "{role:?}");
    }
    ROLES.into_iter().filter(|role| sees_personal_data(*role, of)).collect()
}
