//! Turn actual: an exercise became real.

use campus_dispatch::domain::{
    classification::{Category, Mode},
    decide::raise::RaiseAlert,
    id::AlertId,
};

use crate::domain::{
    ask,
    centre::{Centre, operator},
};

fn exercise(centre: &mut Centre, mode: Mode) -> AlertId {
    let report = RaiseAlert { mode, ..ask::report(Category::Fight, "S-A") };
    centre.does(&operator(), ask::raised(report));
    centre.last_alert()
}

#[test]
fn it_counts_as_actual_from_then_on() {
    let mut centre = Centre::new();
    let alert = exercise(&mut centre, Mode::Exercise);
    centre.does(&operator(), ask::turn_actual(alert, "示例：真有人受伤"));
    assert_eq!(centre.alert(alert).mode, Mode::Actual);
}

#[test]
fn what_was_merged_into_it_turns_with_it() {
    let mut centre = Centre::new();
    let root = exercise(&mut centre, Mode::Exercise);
    let child = exercise(&mut centre, Mode::Exercise);
    centre.does(&operator(), ask::merge(child, root));
    centre.does(&operator(), ask::turn_actual(root, "示例"));
    assert_eq!(centre.alert(child).mode, Mode::Actual);
}

refusals! {
    an_actual_one is NotAnExercise: |centre| {
        (operator(), ask::turn_actual(centre.raise(Category::Fight, "S-A"), "示例"))
    }
    a_test is NotAnExercise: |centre| {
        (operator(), ask::turn_actual(exercise(centre, Mode::Test), "示例"))
    }
    without_a_reason is ReasonMissing: |centre| {
        (operator(), ask::turn_actual(exercise(centre, Mode::Exercise), ""))
    }
}
