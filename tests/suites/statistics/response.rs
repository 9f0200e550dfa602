use campus_dispatch::{
    domain::{
        Timestamp, Within,
        classification::{Mode, Severity::*},
    },
    statistics::{Filter, Grouping, LeftOutCounts, Query},
};

use super::centre::{Centre, OPENING};

#[tokio::test]
async fn arrival_at_the_limit_is_on_time_and_a_millisecond_later_is_not() {
    let centre = Centre::open().await;
    centre.reached(0, 300).await;
    assert_eq!(centre.figures().total.on_time_rate, Some(1.0));
    centre.reached(400, 701).await;
    let total = centre.figures().total;
    assert_eq!((total.n, total.met, total.late), (2, 1, 1));
    assert_eq!(total.on_time_rate, Some(0.5));
}

#[tokio::test]
async fn an_open_overdue_alert_counts_against_the_rate() {
    let centre = Centre::open().await;
    centre.raise(L2).await;
    let total = centre.at(301).figures().total;
    assert_eq!((total.n, total.breaching, total.on_time_rate), (1, 1, Some(0.0)));
}

#[tokio::test]
async fn an_open_alert_within_its_limit_is_left_out_as_pending() {
    let centre = Centre::open().await;
    centre.raise(L2).await;
    let total = centre.at(299).figures().total;
    assert_eq!((total.n, total.left_out.pending, total.on_time_rate), (0, 1, None));
}

#[tokio::test]
async fn resolved_without_a_unit_before_the_limit_is_left_out_and_after_it_is_missed() {
    let centre = Centre::open().await;
    let early = centre.raise(L2).await;
    let late = centre.raise(L2).await;
    centre.at(100).resolve(early).await;
    centre.at(301).resolve(late).await;
    let total = centre.figures().total;
    assert_eq!((total.n, total.missed, total.left_out.ended_early), (1, 1, 1));
}

#[tokio::test]
async fn what_is_left_out_is_told_by_reason() {
    let centre = Centre::open().await;
    let root = centre.raise(L2).await;
    let child = centre.raise(L2).await;
    centre.merge(child, root).await;
    centre.raise(L0).await;
    centre.raise(L3).await;
    let cancelled = centre.raise(L2).await;
    centre.cancel(cancelled).await;
    let total = centre.figures().total;
    let left_out =
        LeftOutCounts { test: 0, merged: 1, inquiry: 1, ended_early: 1, advisory: 1, pending: 1 };
    assert_eq!((total.alerts, total.n), (5, 0));
    assert_eq!(total.left_out, left_out);
}

#[tokio::test]
async fn an_excused_alert_counts_in_the_raw_rate_and_not_in_the_adjusted() {
    let centre = Centre::open().await;
    centre.reached(0, 100).await;
    let late = centre.reached(200, 501).await;
    centre.excuse(late).await;
    let total = centre.figures().total;
    assert_eq!((total.n, total.excused), (2, 1));
    assert_eq!((total.on_time_rate, total.adjusted_rate), (Some(0.5), Some(1.0)));
}

#[tokio::test]
async fn exercises_and_tests_are_apart_from_actual_alerts() {
    let centre = Centre::open().await;
    centre.raise(L2).await;
    centre.raise_as(Mode::Exercise, L2).await;
    centre.raise_as(Mode::Test, L2).await;
    let query = |mode| {
        let from = Timestamp::parse(OPENING).unwrap();
        let to = from + Within::from_seconds(3600);
        let filter = Filter { mode, ..Filter::default() };
        Query { from, to, filter, grouping: Grouping::Tier }
    };
    assert_eq!(centre.ask(&query(Mode::Actual)).total.alerts, 1);
    assert_eq!(centre.ask(&query(Mode::Exercise)).total.left_out.pending, 1);
    assert_eq!(centre.ask(&query(Mode::Test)).total.left_out.test, 1);
}

#[tokio::test]
async fn the_period_takes_its_first_instant_and_leaves_its_last() {
    let centre = Centre::open().await;
    centre.raise(L2).await;
    centre.at(60).raise(L2).await;
    let from = Timestamp::parse(OPENING).unwrap();
    let to = from + Within::from_seconds(60);
    let query = Query { from, to, filter: Filter::default(), grouping: Grouping::Tier };
    assert_eq!(centre.ask(&query).total.alerts, 1);
}

#[tokio::test]
async fn a_day_begins_at_the_centres_midnight() {
    let centre = Centre::open().await;
    let until_midnight = (16 * 60 + 30) * 60;
    centre.at(until_midnight - 1).raise(L2).await;
    centre.at(until_midnight).raise(L2).await;
    let rows = centre.figures_by(Grouping::Day).rows;
    let days: Vec<_> = rows.iter().map(|row| (row.group.as_deref(), row.alerts)).collect();
    assert_eq!(days, [(Some("2026-03-02"), 1), (Some("2026-03-03"), 1)]);
}

#[tokio::test]
async fn response_counts_from_receipt_and_acknowledgement_from_dispatch() {
    let centre = Centre::open().await;
    let alert = centre.raise(L2).await;
    let assignment = centre.at(10).dispatch(alert).await;
    centre.at(25).acknowledge(assignment).await;
    centre.at(90).arrive(assignment).await;
    let total = centre.figures().total;
    assert_eq!(total.handling.max_ms, Some(10_000));
    assert_eq!(total.acknowledgement.max_ms, Some(15_000));
    assert_eq!(total.response.max_ms, Some(90_000));
}

#[tokio::test]
async fn a_skipped_point_leaves_its_intervals_uncounted() {
    let centre = Centre::open().await;
    centre.reached(0, 100).await;
    let total = centre.figures().total;
    assert_eq!((total.turnout.n, total.travel.n, total.acknowledgement.n), (0, 0, 0));
}

#[tokio::test]
async fn a_merged_groups_response_counts_from_its_earliest_receipt() {
    let centre = Centre::open().await;
    let first = centre.raise(L2).await;
    let root = centre.at(60).raise(L2).await;
    centre.merge(first, root).await;
    let assignment = centre.dispatch(root).await;
    centre.at(100).arrive(assignment).await;
    assert_eq!(centre.figures().total.response.max_ms, Some(100_000));
}

#[tokio::test]
async fn arrivals_within_minutes_count_among_the_alerts_that_needed_one() {
    let centre = Centre::open().await;
    centre.reached(0, 60).await;
    centre.reached(100, 281).await;
    let early = centre.at(300).raise(L2).await;
    centre.cancel(early).await;
    let arrivals = centre.figures().total.arrivals;
    let counts: Vec<_> = arrivals.within.iter().map(|each| (each.minutes, each.count)).collect();
    assert_eq!(arrivals.needed, 2);
    assert_eq!(counts, [(1, 1), (3, 1), (5, 2), (8, 2), (10, 2)]);
}

#[tokio::test]
async fn every_answer_names_the_policy_that_judged() {
    let centre = Centre::open().await;
    centre.raise(L2).await;
    let policies = centre.figures().policies;
    assert_eq!(policies.len(), 1);
    assert_eq!((policies[0].policy.id.as_str(), policies[0].alerts), ("school-135-default", 1));
}

#[tokio::test]
async fn by_unit_an_alert_counts_in_the_row_of_the_unit_that_was_sent() {
    let centre = Centre::open().await;
    centre.reached(0, 100).await;
    centre.raise(L2).await;
    let rows = centre.figures_by(Grouping::Unit).rows;
    let rows: Vec<_> = rows.iter().map(|row| (row.group.as_deref(), row.alerts)).collect();
    assert_eq!(rows, [(Some("-"), 1), (Some("P-01"), 1)]);
}

#[tokio::test]
async fn a_week_begins_on_the_centres_monday() {
    let centre = Centre::open().await;
    centre.raise(L2).await;
    let rows = centre.figures_by(Grouping::Week).rows;
    assert_eq!(rows[0].group.as_deref(), Some("2026-W10"));
    let rows = centre.figures_by(Grouping::WeekdayHour).rows;
    assert_eq!(rows[0].group.as_deref(), Some("1-07"));
}

#[tokio::test]
async fn a_unit_filter_takes_the_alerts_the_unit_was_sent_to() {
    let centre = Centre::open().await;
    centre.reached(0, 100).await;
    centre.raise(L2).await;
    let from = Timestamp::parse(OPENING).unwrap();
    let ask = |filter| {
        let to = from + Within::from_seconds(3600);
        centre.ask(&Query { from, to, filter, grouping: Grouping::Tier }).total.alerts
    };
    assert_eq!(ask(Filter { unit: Some("P-01".into()), ..Filter::default() }), 1);
    assert_eq!(ask(Filter { unit: Some("P-02".into()), ..Filter::default() }), 0);
    assert_eq!(ask(Filter { peak: Some(true), ..Filter::default() }), 0);
    assert_eq!(ask(Filter { peak: Some(false), ..Filter::default() }), 2);
}

#[tokio::test]
async fn the_period_before_is_as_long_and_ends_where_the_period_begins() {
    let centre = Centre::open().await;
    centre.reached(0, 100).await;
    centre.reached(600, 1000).await;
    let middle = Timestamp::parse(OPENING).unwrap() + Within::from_seconds(600);
    let to = middle + Within::from_seconds(600);
    let query = Query { from: middle, to, filter: Filter::default(), grouping: Grouping::Tier };
    let figures = centre.ask(&query);
    assert_eq!((figures.total.n, figures.total.met), (1, 0));
    assert_eq!(figures.before.to, middle);
    assert_eq!((figures.before.total.n, figures.before.total.met), (1, 1));
}

#[tokio::test]
async fn buckets_say_how_many_were_within_each_limit_of_how_many() {
    let centre = Centre::open().await;
    centre.reached(0, 60).await;
    centre.reached(100, 281).await;
    let buckets = centre.figures().total.buckets.arrival;
    let counts: Vec<_> = buckets.iter().map(|each| (each.within_seconds, each.count)).collect();
    assert_eq!(counts, [(60, 1), (180, 1), (300, 2), (480, 2), (600, 2)]);
    assert!(buckets.iter().all(|each| each.n == 2));
}
