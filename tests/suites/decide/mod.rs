//! Each verb: what it does, and each reason for which it is refused.

use std::collections::BTreeSet;

use campus_dispatch::domain::Rejection;
use strum::IntoEnumIterator;

/// The refusals of a verb: each one a test on a fresh district whose block plays the timeline up to
/// the command that is refused, and all of them a list for [`every_rejection_is_given`].
macro_rules! refusals {
    ($($name:ident is $reason:ident: |$centre:ident| $timeline:block)+) => {
        $(
            #[test]
            fn $name() {
                let mut district = crate::domain::centre::Centre::new();
                let $centre = &mut district;
                let (actor, command) = $timeline;
                district.refuses(&actor, command, campus_dispatch::domain::Rejection::$reason);
            }
        )+

        /// What the tests above are refused for.
        pub const REFUSED: &[campus_dispatch::domain::Rejection] =
            &[$(campus_dispatch::domain::Rejection::$reason),+];
    };
}

macro_rules! verbs {
    ($($verb:ident),+ $(,)?) => {
        $(mod $verb;)+
        const VERBS: &[&[Rejection]] = &[$($verb::REFUSED),+];
    };
}

verbs!(
    access,
    account,
    adopt_policy,
    cancel,
    change_duty,
    check_in,
    close,
    correct,
    credential,
    decline,
    defer_hazard,
    dispatch,
    district,
    draw_sample,
    excuse,
    feedback,
    fix_hazard,
    import,
    merge,
    note,
    notice,
    raise,
    reclassify,
    reinforce,
    reopen,
    report_position,
    resolve,
    score_sample,
    see_alarms,
    step,
    take_over,
    turn_actual,
    unmerge,
    withdraw,
);

#[test]
fn every_rejection_is_given() {
    let given: BTreeSet<&str> = VERBS.iter().copied().flatten().map(|one| one.code()).collect();
    let never: Vec<&str> =
        Rejection::iter().map(Rejection::code).filter(|code| !given.contains(code)).collect();
    assert!(never.is_empty(), "no test is refused for {never:?}");
}

#[test]
fn a_refusal_leaves_no_trace() {
    use crate::domain::{
        ask,
        centre::{Centre, operator},
    };
    use campus_dispatch::domain::{classification::Category, id::AlertId};

    let mut centre = Centre::new();
    centre.raise(Category::Fight, "S-A");
    let before = centre.clone();
    centre.refuses(&operator(), ask::note(AlertId(9), "示例"), Rejection::AlertUnknown);
    assert_eq!((centre.state, centre.records), (before.state, before.records));
}
