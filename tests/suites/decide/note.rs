//! Note: a remark is added to an open alert.

use campus_dispatch::domain::{classification::Category, id::AlertId};

use crate::domain::{
    ask,
    centre::{Centre, operator, second},
};

#[test]
fn it_is_kept_with_who_said_it_and_when() {
    let mut centre = Centre::new();
    let alert = centre.raise(Category::Fight, "S-A");
    centre.at(12).does(&operator(), ask::note(alert, " 示例：穿蓝衣 "));
    let note = &centre.alert(alert).notes[0];
    assert_eq!((note.at, note.by.as_str(), note.text.as_str()), (second(12), "operator-1", "示例：穿蓝衣"));
}

refusals! {
    an_unknown_alert is AlertUnknown: |_centre| {
        (operator(), ask::note(AlertId(0), "示例"))
    }
    nothing_said is TextMissing: |centre| {
        (operator(), ask::note(centre.raise(Category::Fight, "S-A"), " \n "))
    }
    too_much_said is TextTooLong: |centre| {
        (operator(), ask::note(centre.raise(Category::Fight, "S-A"), &"字".repeat(4001)))
    }
    a_closed_alert is AlertClosed: |centre| {
        let alert = centre.raise(Category::Fight, "S-A");
        centre.end_without_arrival(alert);
        (operator(), ask::note(alert, "示例"))
    }
}
