//! Unmerge: they were two happenings after all.

use campus_dispatch::domain::{Stage, classification::Category};

use crate::domain::{
    ask,
    centre::{Centre, operator, second},
};

#[test]
fn both_are_as_they_were_before_the_merge() {
    let mut centre = Centre::new();
    let child = centre.raise(Category::Fight, "S-A");
    let root = centre.at(100).raise(Category::Fight, "S-A");
    centre.does(&operator(), ask::merge(child, root));
    centre.does(&operator(), ask::unmerge(child));
    assert_eq!(centre.stage(child), Stage::Received);
    assert_eq!(centre.alert(root).started_at(), second(100));
    assert!(centre.state.open.contains(&child));
}

refusals! {
    one_that_was_never_merged is AlertNotMerged: |centre| {
        (operator(), ask::unmerge(centre.raise(Category::Fight, "S-A")))
    }
    once_the_root_is_closed is AlertClosed: |centre| {
        let root = centre.raise(Category::Fight, "S-A");
        let child = centre.raise(Category::Fight, "S-A");
        centre.does(&operator(), ask::merge(child, root));
        centre.end_without_arrival(root);
        (operator(), ask::unmerge(child))
    }
}
