//! Score a sample: every item of the check-list is marked, by a manager or an auditor.

use campus_dispatch::domain::{
    Command, Role,
    classification::Category,
    id::{AlertId, SampleId},
    sample::{CheckItem, Score},
};

use crate::domain::{
    ask,
    centre::{Centre, one, operator, second, supervisor},
};

const SAMPLE: SampleId = SampleId(1);

/// A sample of one alert.
fn drawn(centre: &mut Centre) -> AlertId {
    let alert = centre.raise(Category::Fight, "S-A");
    centre.at(60).handle(alert, "P-02");
    let lot = ask::lot(1, second(0), second(600), 5);
    centre.at(900).does(&one(Role::Manager), ask::draw_sample(lot, &[alert]));
    alert
}

fn score(centre: &Centre, alert: AlertId) -> &Score {
    &centre.state.samples[&SAMPLE].scores[&alert]
}

#[test]
fn an_alert_without_a_failed_item_is_passed() {
    let mut centre = Centre::new();
    let alert = drawn(&mut centre);
    centre.does(&one(Role::Auditor), ask::score_sample(SAMPLE, alert, &[], ""));
    assert!(score(&centre, alert).is_passed());
    assert_eq!(score(&centre, alert).by.as_str(), "auditor-1");
}

#[test]
fn one_failed_item_fails_it_with_its_remark() {
    let mut centre = Centre::new();
    let alert = drawn(&mut centre);
    let failed = [CheckItem::ResultClear];
    centre.does(&one(Role::Manager), ask::score_sample(SAMPLE, alert, &failed, " 示例 "));
    assert!(!score(&centre, alert).is_passed());
    assert_eq!(score(&centre, alert).remark, "示例");
}

#[test]
fn a_second_look_replaces_the_first_and_both_stay_in_the_journal() {
    let mut centre = Centre::new();
    let alert = drawn(&mut centre);
    let failed = [CheckItem::ResultClear];
    centre.does(&one(Role::Manager), ask::score_sample(SAMPLE, alert, &failed, "示例"));
    centre.does(&one(Role::Auditor), ask::score_sample(SAMPLE, alert, &[], ""));
    assert!(score(&centre, alert).is_passed());
    let scored = |kind: &str| kind == "sample_scored";
    let written = centre.records.iter().filter(|record| scored(record.event.kind())).count();
    assert_eq!(written, 2);
}

#[test]
fn the_same_score_again_changes_nothing() {
    let mut centre = Centre::new();
    let alert = drawn(&mut centre);
    centre.does(&one(Role::Manager), ask::score_sample(SAMPLE, alert, &[], ""));
    let again = centre.does(&one(Role::Manager), ask::score_sample(SAMPLE, alert, &[], " "));
    assert_eq!(again, Vec::new());
}

#[test]
fn the_alert_itself_stays_as_it_was() {
    let mut centre = Centre::new();
    let alert = drawn(&mut centre);
    let before = centre.alert(alert).clone();
    centre.does(&one(Role::Manager), ask::score_sample(SAMPLE, alert, &[], ""));
    assert_eq!(*centre.alert(alert), before);
}

refusals! {
    by_an_operator is RoleNotPermitted: |centre| {
        let alert = drawn(centre);
        (operator(), ask::score_sample(SAMPLE, alert, &[], ""))
    }
    by_a_supervisor is RoleNotPermitted: |centre| {
        let alert = drawn(centre);
        (supervisor(), ask::score_sample(SAMPLE, alert, &[], ""))
    }
    of_no_sample is SampleUnknown: |centre| {
        let alert = drawn(centre);
        (one(Role::Manager), ask::score_sample(SampleId(2), alert, &[], ""))
    }
    of_an_alert_that_was_not_drawn is AlertNotInSample: |centre| {
        drawn(centre);
        (one(Role::Manager), ask::score_sample(SAMPLE, AlertId(2), &[], ""))
    }
    an_item_without_a_mark is ScoreIncomplete: |centre| {
        let alert = drawn(centre);
        let mut command = ask::score_sample(SAMPLE, alert, &[], "");
        if let Command::ScoreSample(score) = &mut command {
            score.marks.remove(&CheckItem::FeedbackInTime);
        }
        (one(Role::Manager), command)
    }
    failed_without_a_word is ReasonMissing: |centre| {
        let alert = drawn(centre);
        (one(Role::Manager), ask::score_sample(SAMPLE, alert, &[CheckItem::ResultClear], ""))
    }
    with_a_remark_too_long is TextTooLong: |centre| {
        let alert = drawn(centre);
        (one(Role::Manager), ask::score_sample(SAMPLE, alert, &[], &"长".repeat(201)))
    }
}
