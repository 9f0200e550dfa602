//! Random plays on the district: what may be asked of it, legal and illegal, at any instant, the
//! exact limits included.

use campus_dispatch::domain::{
    assignment::Step,
    classification::{Category, FeedbackKind, Mode, Severity, Tier},
    district::UnitKind,
    policy::preset,
};
use proptest::prelude::*;

use super::centre::{ROLES, SCHOOLS, UNITS};

/// A play: the policy in force, then turn after turn.
#[derive(Clone, Debug)]
pub struct Play {
    pub policy: usize,
    pub turns: Vec<Turn>,
}

/// Time passes, then somebody asks for something.
#[derive(Clone, Debug)]
pub struct Turn {
    pub wait: Wait,
    pub who: Who,
    pub ask: Ask,
}

#[derive(Clone, Debug)]
pub enum Wait {
    Milliseconds(i64),
    /// To the next instant at which a clock's limit ends, and so many milliseconds further.
    Limit(i64),
    /// To the next deadline.
    Deadline,
}

#[derive(Clone, Debug)]
pub enum Who {
    /// Whoever usually asks for this.
    Usual,
    /// Somebody of any role.
    Anybody(usize),
}

/// What is asked for. Numbers choose among what there is, and one beyond.
#[derive(Clone, Debug)]
pub enum Ask {
    Raise {
        category: Category,
        severity: Option<Severity>,
        mode: Mode,
        school: usize,
        reported: Option<i64>,
    },
    Alarm {
        alarm: u8,
        school: usize,
    },
    Send {
        alert: usize,
        units: Vec<usize>,
        stack: bool,
    },
    Reclassify {
        alert: usize,
        severity: Option<Severity>,
        category: Option<Category>,
        tier: Option<Tier>,
    },
    Feedback {
        assignment: usize,
        kind: FeedbackKind,
    },
    Resolve {
        alert: usize,
    },
    Close {
        alert: usize,
    },
    Finish {
        alert: usize,
    },
    Reopen {
        alert: usize,
    },
    Cancel {
        alert: usize,
    },
    Merge {
        alert: usize,
        into: usize,
    },
    Unmerge {
        alert: usize,
    },
    TurnActual {
        alert: usize,
    },
    Correct {
        alert: usize,
        point: usize,
        shift: Option<i64>,
    },
    Excuse {
        alert: usize,
        rule: usize,
    },
    DeferHazard {
        alert: usize,
        seconds: i64,
    },
    FixHazard {
        alert: usize,
    },
    Take {
        assignment: usize,
        step: Step,
    },
    Decline {
        assignment: usize,
    },
    CallBack {
        assignment: usize,
    },
    Reinforce {
        assignment: usize,
    },
    Duty {
        unit: usize,
        duty: usize,
    },
    Position {
        unit: usize,
    },
    CheckIn {
        unit: usize,
        school: usize,
    },
    Define {
        unit: usize,
        kind: UnitKind,
    },
    RemoveUnit {
        unit: usize,
    },
    RemoveSchool {
        school: usize,
    },
    Disable {
        account: usize,
    },
    Import {
        call: u8,
        seconds: [i64; 4],
    },
    Tell {
        alert: usize,
    },
    See {
        alert: usize,
    },
}

pub const STEPS: [Step; 5] =
    [Step::Deliver, Step::Acknowledge, Step::EnRoute, Step::Arrive, Step::Clear];

pub fn plays() -> impl Strategy<Value = Play> {
    (0..=preset::IDS.len(), prop::collection::vec(turns(), 1..100))
        .prop_map(|(policy, turns)| Play { policy, turns })
}

fn turns() -> impl Strategy<Value = Turn> {
    let who = prop_oneof![
        9 => Just(Who::Usual),
        1 => (0..ROLES.len()).prop_map(Who::Anybody),
    ];
    (waits(), who, asks()).prop_map(|(wait, who, ask)| Turn { wait, who, ask })
}

fn waits() -> impl Strategy<Value = Wait> {
    prop_oneof![
        6 => Just(Wait::Milliseconds(0)),
        1 => Just(Wait::Milliseconds(1)),
        6 => (1i64..40).prop_map(|seconds| Wait::Milliseconds(seconds * 1000)),
        1 => (1i64..400).prop_map(|seconds| Wait::Milliseconds(seconds * 1000)),
        2 => (-1i64..=1).prop_map(Wait::Limit),
        2 => Just(Wait::Deadline),
    ]
}

fn asks() -> impl Strategy<Value = Ask> {
    let alert = 0..6usize;
    let assignment = 0..12usize;
    let unit = prop_oneof![15 => 0..UNITS.len() - 1, 1 => UNITS.len() - 1..=UNITS.len()];
    let school = 0..=SCHOOLS.len();
    let category = prop::sample::select(Category::ALL);
    let severity = prop::option::of(prop::sample::select(Severity::ALL));
    let mode =
        prop_oneof![6 => Just(Mode::Actual), 2 => Just(Mode::Exercise), 1 => Just(Mode::Test)];
    let kind = prop::sample::select(FeedbackKind::ALL);
    let step = prop_oneof![3 => Just(Step::Arrive), 5 => prop::sample::select(&STEPS[..])];
    let raise = (
        prop_oneof![2 => category.clone(), 1 => Just(Category::Hazard)],
        severity.clone(),
        mode,
        school.clone(),
        prop::option::weighted(0.3, 0i64..120),
    );
    prop_oneof![
        8 => raise.prop_map(|(category, severity, mode, school, reported)| {
            Ask::Raise { category, severity, mode, school, reported }
        }),
        1 => (0u8..3, school.clone()).prop_map(|(alarm, school)| Ask::Alarm { alarm, school }),
        12 => (alert.clone(), prop::collection::vec(unit.clone(), 1..3), prop::bool::weighted(0.3))
            .prop_map(|(alert, units, stack)| Ask::Send { alert, units, stack }),
        4 => (
            alert.clone(),
            severity,
            prop::option::of(category),
            prop::option::weighted(0.2, prop::sample::select(Tier::ALL)),
        ).prop_map(|(alert, severity, category, tier)| {
            Ask::Reclassify { alert, severity, category, tier }
        }),
        3 => (assignment.clone(), kind)
            .prop_map(|(assignment, kind)| Ask::Feedback { assignment, kind }),
        2 => alert.clone().prop_map(|alert| Ask::Resolve { alert }),
        2 => alert.clone().prop_map(|alert| Ask::Close { alert }),
        3 => alert.clone().prop_map(|alert| Ask::Finish { alert }),
        2 => alert.clone().prop_map(|alert| Ask::Reopen { alert }),
        1 => alert.clone().prop_map(|alert| Ask::Cancel { alert }),
        3 => (alert.clone(), alert.clone()).prop_map(|(alert, into)| Ask::Merge { alert, into }),
        2 => alert.clone().prop_map(|alert| Ask::Unmerge { alert }),
        1 => alert.clone().prop_map(|alert| Ask::TurnActual { alert }),
        5 => (alert.clone(), 0..16usize, prop::option::weighted(0.8, -200i64..60))
            .prop_map(|(alert, point, shift)| Ask::Correct { alert, point, shift }),
        3 => (alert.clone(), 0..8usize).prop_map(|(alert, rule)| Ask::Excuse { alert, rule }),
        2 => (alert.clone(), -1i64..300)
            .prop_map(|(alert, seconds)| Ask::DeferHazard { alert, seconds }),
        1 => alert.clone().prop_map(|alert| Ask::FixHazard { alert }),
        28 => (assignment.clone(), step)
            .prop_map(|(assignment, step)| Ask::Take { assignment, step }),
        2 => assignment.clone().prop_map(|assignment| Ask::Decline { assignment }),
        2 => assignment.clone().prop_map(|assignment| Ask::CallBack { assignment }),
        1 => assignment.prop_map(|assignment| Ask::Reinforce { assignment }),
        2 => (unit.clone(), 0..4usize).prop_map(|(unit, duty)| Ask::Duty { unit, duty }),
        1 => unit.clone().prop_map(|unit| Ask::Position { unit }),
        1 => (unit.clone(), school.clone()).prop_map(|(unit, school)| Ask::CheckIn { unit, school }),
        1 => (unit.clone(), prop::sample::select(&[UnitKind::Post, UnitKind::SchoolGuard][..]))
            .prop_map(|(unit, kind)| Ask::Define { unit, kind }),
        1 => unit.prop_map(|unit| Ask::RemoveUnit { unit }),
        1 => school.prop_map(|school| Ask::RemoveSchool { school }),
        1 => (0..UNITS.len() + 3).prop_map(|account| Ask::Disable { account }),
        1 => (0u8..4, prop::array::uniform4(0i64..600))
            .prop_map(|(call, seconds)| Ask::Import { call, seconds }),
        3 => alert.clone().prop_map(|alert| Ask::Tell { alert }),
        2 => alert.prop_map(|alert| Ask::See { alert }),
    ]
}
