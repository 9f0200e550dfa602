//! Each shared file of real records, whole, through reader, engine and statistics: every figure
//! agrees with the independent calculation.

use std::path::Path;

use campus_dispatch::{
    cli::{
        history::{Centre, Counts, Imported, Mapping, Report, prepare, submit_all},
        limits::Limits,
    },
    domain::{Actor, Channel, Command, classification::Source},
    engine::{Engine, Submission},
    statistics::{Columns, Filter, Grouping, Query, ResponseRow, ResponseStatistics},
};

use super::{
    independent::{self, Independent, Summary, Whole},
    support::{NOW, at, mapping, shared, start},
};

const FIRE: &str = "sf-fire-calls-2017-01-02_04.csv";
const POLICE: &str = "sf-police-calls-2026-01-15.csv";

/// A file taken over by a running engine.
struct TakenOver {
    engine: Engine,
    report: Report,
    imported: Imported,
}

async fn take_over(engine: Engine, file: &Path, mapping: &Mapping) -> TakenOver {
    let centre = Centre {
        schools: engine.board().schools(),
        policy: engine.board().policy_at(engine.now()),
    };
    let (report, rehearsed) =
        prepare(file, mapping, centre, Limits::default(), engine.now()).expect("a readable file");
    let submit = |command: Command| {
        let actor = Actor::console(Channel::Import);
        engine.submit(Submission { actor, id: None, command })
    };
    let imported = submit_all(rehearsed, submit, || {}).await.expect("an import");
    TakenOver { engine, report, imported }
}

impl TakenOver {
    fn statistics(&self, source: Option<Source>) -> ResponseStatistics {
        let query = Query {
            from: at("1970-01-01T00:00:00Z"),
            to: at(NOW),
            filter: Filter { source, ..Filter::default() },
            grouping: Grouping::Tier,
        };
        Columns::of_board(self.engine.board()).response(&query, at(NOW))
    }
}

fn assert_counts(counts: &Counts, figures: &Summary) {
    assert_eq!(counts.calls, figures.calls);
    assert_eq!(counts.calls_without_arrival, figures.calls_without_arrival);
    assert_eq!(counts.assignments, figures.unit_rows);
    assert_eq!(counts.assignments_without_arrival, figures.unit_rows_without_arrival);
}

fn assert_whole(statistics: &ResponseStatistics, figures: &Whole) {
    assert_row(&statistics.total, &figures.all);
    let tiers: Vec<_> = statistics.rows.iter().filter_map(|row| row.group.as_deref()).collect();
    let expected: Vec<_> = figures.tiers.keys().map(String::as_str).collect();
    assert_eq!(tiers, expected);
    for (row, figures) in statistics.rows.iter().zip(figures.tiers.values()) {
        assert_row(row, figures);
    }
}

fn assert_row(row: &ResponseRow, figures: &Summary) {
    let of = &row.group;
    assert_eq!(row.alerts, figures.calls, "{of:?}: calls");
    assert_eq!(row.n, figures.n, "{of:?}: n");
    assert_eq!(
        (row.met, row.late, row.missed, row.breaching, row.excused),
        (figures.met, figures.late, figures.missed, figures.breaching, 0),
        "{of:?}: met, late, missed, breaching, excused"
    );
    assert_eq!(row.left_out.pending, figures.pending, "{of:?}: pending");
    assert_eq!(row.left_out.ended_early, figures.not_applicable, "{of:?}: ended early");
    assert_eq!(row.on_time_rate, figures.on_time_rate, "{of:?}: on-time rate");
    let (ours, theirs) = (&row.response, &figures.response);
    let ms = |seconds: Option<f64>| seconds.map(|seconds| (seconds * 1000.0) as i64);
    assert_eq!(ours.n, theirs.n, "{of:?}: arrivals");
    assert_eq!(
        [ours.p50_ms, ours.p90_ms, ours.p95_ms, ours.p99_ms, ours.max_ms],
        [theirs.p50, theirs.p90, theirs.p95, theirs.p99, theirs.max].map(ms),
        "{of:?}: p50, p90, p95, p99, max"
    );
    let within = row.arrivals.within.iter().find(|within| within.minutes == 5);
    assert_eq!(within.map(|it| it.count), Some(theirs.within_300), "{of:?}: within 5 min");
}

/// The description that came with the files, where it states a figure.
fn assert_described(figures: &Summary, n: usize, described: [f64; 4], within_300: usize) {
    let response = &figures.response;
    assert_eq!(response.n, n);
    let ours = [response.p50, response.p90, response.p95, response.p99];
    assert_eq!(ours, described.map(Some));
    assert_eq!(response.within_300, within_300);
}

#[tokio::test]
async fn the_fire_calls_come_to_the_independent_figures() {
    let (file, mapping) = (shared(FIRE), mapping("sf-fire-calls.toml"));
    let taken = take_over(start(), &file, &mapping).await;
    let figures = independent::figures("fire", &file);
    let counts = taken.report.counts();
    assert_eq!(taken.report.bad_rows, []);
    assert_eq!(taken.imported, Imported { new: figures.whole.all.calls, known: 0 });
    assert_counts(&counts, &figures.whole.all);
    assert_eq!(Some(counts.units), figures.units);
    assert_whole(&taken.statistics(None), &figures.whole);
}

#[tokio::test]
async fn the_police_calls_come_to_the_independent_figures() {
    let (file, mapping) = (shared(POLICE), mapping("sf-police-calls.toml"));
    let taken = take_over(start(), &file, &mapping).await;
    let figures = independent::figures("police", &file);
    let counts = taken.report.counts();
    assert_eq!(taken.report.bad_rows, []);
    assert_eq!(taken.imported, Imported { new: figures.whole.all.calls, known: 0 });
    assert_counts(&counts, &figures.whole.all);
    assert_eq!(Some(counts.not_closed), figures.not_closed);
    let early = taken.report.tally.times("closed before the first arrival");
    assert_eq!(Some(early), figures.closed_before_arrival);
    assert_whole(&taken.statistics(None), &figures.whole);
    let reported = taken.statistics(Some(Source::Phone110));
    assert_whole(&reported, &figures.not_on_view.expect("figures of reported calls"));
}

#[test]
fn the_independent_figures_are_those_of_the_files_description() {
    let fire = independent::figures("fire", &shared(FIRE));
    let all = &fire.whole.all;
    assert_eq!((all.unit_rows, all.calls, fire.units), (2_776, 1_302, Some(149)));
    assert_eq!((all.unit_rows_without_arrival, all.calls_without_arrival), (562, 46));
    assert_described(all, 1_256, [384.0, 1_016.0, 1_313.0, 2_015.0], 371);
    let police = independent::figures("police", &shared(POLICE));
    assert_eq!((police.whole.all.calls, police.whole.all.calls_without_arrival), (1_371, 214));
    assert_eq!((police.not_closed, police.closed_before_arrival), (Some(210), Some(3)));
    let Independent { not_on_view: Some(reported), .. } = police else { panic!("no such figures") };
    assert_described(&reported.tiers["T1"], 132, [512.0, 1_120.0, 1_425.0, 1_962.0], 23);
    assert_described(&reported.tiers["T3"], 193, [1_796.0, 6_734.0, 9_984.0, 15_475.0], 13);
    assert_described(&reported.tiers["T5"], 366, [2_881.0, 11_956.0, 19_043.0, 39_041.0], 30);
    assert_described(&reported.all, 691, [1_607.0, 8_497.0, 13_663.0, 31_286.0], 66);
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    let (file, mapping) = (shared(FIRE), mapping("sf-fire-calls.toml"));
    let first = take_over(start(), &file, &mapping).await;
    let (position, calls) = (first.engine.position(), first.imported.new);
    let figures = first.statistics(None);
    let second = take_over(first.engine, &file, &mapping).await;
    assert_eq!(second.imported, Imported { new: 0, known: calls });
    assert_eq!(second.engine.position(), position);
    assert_eq!(second.statistics(None), figures);
}

#[tokio::test]
async fn no_imported_call_is_placed_at_a_school_by_a_word_in_its_place() {
    let (file, mapping) = (shared(POLICE), mapping("sf-police-calls.toml"));
    let taken = take_over(start(), &file, &mapping).await;
    let streets = ["COLLEGE", "UNIVERSITY", "SCHOOL"];
    let about = |text: &str| streets.iter().any(|word| text.contains(word));
    let alerts: Vec<_> = taken.engine.board().alerts_before(None).collect();
    let places = alerts.iter().filter_map(|alert| alert.place.as_ref());
    assert!(places.clone().any(|place| about(&place.text)), "the trap is in the file");
    assert!(alerts.iter().all(|alert| alert.school.is_none()));
}
