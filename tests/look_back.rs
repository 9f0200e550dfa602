//! A generated year, looked back at and reported on: nothing wrong, nothing missing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock},
};

use campus_dispatch::{
    domain::{
        Alert, Change, Event, Record, State, Timestamp, Within,
        classification::Mode,
        district::Unit,
        id::{AlertId, UnitId},
    },
    engine::hindsight::{Hindsight, Shelf},
    journal::{Epoch, JournalReader, proof, seal::Sealer},
    statistics::{self, Filter, Grouping, Query},
};
use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use super::{story::journal_of, year::year};
use crate::domain::centre::{Centre, START};

const DAY: Within = Within::from_seconds(24 * 3_600);

/// The year and its journal, made once for all tests.
struct Kept {
    centre: Centre,
    journal: Arc<dyn JournalReader>,
}

static YEAR: LazyLock<Kept> = LazyLock::new(|| {
    let centre = year(1_200, 20_260_302);
    let journal = journal_of(&centre.records).into();
    Kept { centre, journal }
});

fn head() -> u64 {
    YEAR.centre.records.len() as u64
}

/// With a shelf so small that it is filled many times over.
fn hindsight() -> Hindsight {
    Hindsight::keeping(YEAR.journal.clone(), Shelf::of(64, 8))
}

/// What a board shows: alerts that need somebody, those settled within the last day, and units.
#[derive(Debug, Default, PartialEq)]
struct Shown {
    alerts: BTreeMap<AlertId, Arc<Alert>>,
    units: BTreeMap<UnitId, Arc<Unit>>,
}

/// The same worked out from every record since the first, without anything clever.
fn shown(state: &State, at: Timestamp) -> Shown {
    let since = at + Within::from_millis(-DAY.millis());
    let is_shown = |alert: &Alert| {
        let settled_lately = alert.settled_at().is_some_and(|settled| settled >= since);
        alert.needs_somebody() || settled_lately
    };
    let alerts = state.alerts.iter().filter(|(_, alert)| is_shown(alert));
    let alerts = alerts.map(|(id, alert)| (*id, alert.clone())).collect();
    let units = state.units.iter().map(|(id, unit)| (id.clone(), unit.clone())).collect();
    Shown { alerts, units }
}

fn looked_back(hindsight: &Hindsight, at: Timestamp) -> Shown {
    let standing = hindsight.at(at, head()).expect("readable");
    let picture = standing.picture(Epoch("e".to_owned()), at);
    let alerts = picture.alerts.into_iter().map(|alert| (alert.id, alert)).collect();
    let units = picture.units.into_iter();
    let units = units.map(|unit| (unit.profile.id.clone(), unit)).collect();
    Shown { alerts, units }
}

/// Instants all over the year: any, and those at, just before and just after a record.
fn instants(count: usize) -> Vec<Timestamp> {
    let mut dice = Xoshiro256PlusPlus::seed_from_u64(7);
    let records = &YEAR.centre.records;
    let mut instants = Vec::new();
    for n in 0..count {
        let record = &records[dice.random_range(0..records.len())];
        let beside = Within::from_millis([-1, 0, 1, dice.random_range(0..DAY.millis())][n % 4]);
        instants.push(record.at + beside);
    }
    instants.push(START + Within::from_millis(-1));
    instants.push(records[records.len() - 1].at + DAY);
    instants
}

#[test]
fn the_year_holds_what_may_happen_to_an_alert() {
    let kinds: BTreeSet<&str> = YEAR.centre.records.iter().map(|one| one.event.kind()).collect();
    for kind in [
        "alert_raised",
        "alert_reclassified",
        "feedback_filed",
        "alert_resolved",
        "alert_closed",
        "alert_reopened",
        "alert_cancelled",
        "alert_merged",
        "alert_unmerged",
        "time_point_corrected",
        "verdict_excused",
        "hazard_deferred",
        "hazard_fixed",
        "assignment_declined",
        "deadline_passed",
        "duty_changed",
        "position_reported",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
    assert!(head() > 10_000, "{}", head());
}

#[test]
fn the_board_of_any_instant_is_the_one_that_stood() {
    let hindsight = hindsight();
    let asked = instants(120);
    let mut found: BTreeMap<Timestamp, Shown> =
        asked.iter().map(|at| (*at, looked_back(&hindsight, *at))).collect();
    let mut state = State::default();
    let mut records = YEAR.centre.records.iter().peekable();
    let mut some_alerts = 0;
    while let Some((at, looked_back)) = found.pop_first() {
        while let Some(record) = records.next_if(|record| record.at <= at) {
            state.apply(record);
        }
        let stood = shown(&state, at);
        some_alerts += stood.alerts.len();
        assert_eq!(looked_back.alerts.keys().collect::<Vec<_>>(), stood.alerts.keys().collect::<Vec<_>>(), "{at}");
        assert_eq!(looked_back, stood, "{at}");
    }
    assert!(some_alerts > 300, "{some_alerts}");
}

#[test]
fn a_replay_record_by_record_comes_to_the_board_of_its_end() {
    let hindsight = hindsight();
    let starts = instants(12);
    for from in starts {
        let until = from + Within::from_millis(3 * DAY.millis());
        let mut board = looked_back(&hindsight, from);
        let mut seq = hindsight.at(from, head()).expect("readable").seq();
        loop {
            let stretch = hindsight.after(seq, until, 7, head()).expect("readable");
            assert!(stretch.records.iter().all(|one| one.record.seq > seq && one.record.at <= until));
            for published in &stretch.records {
                take_in(&mut board, &published.changes);
            }
            seq = stretch.standing.seq();
            if !stretch.has_more {
                break;
            }
        }
        let ended = looked_back(&hindsight, until);
        board.alerts.retain(|id, _| ended.alerts.contains_key(id));
        assert_eq!(board, ended, "{from}");
    }
}

/// As a screen does.
fn take_in(board: &mut Shown, changes: &[Change]) {
    for change in changes {
        match change {
            Change::Alert(alert) => drop(board.alerts.insert(alert.id, alert.clone())),
            Change::Unit(unit) => {
                board.units.insert(unit.profile.id.clone(), unit.clone());
            }
            _ => {}
        }
    }
}

#[test]
fn the_marks_of_a_day_are_its_alerts_and_alarms() {
    let hindsight = hindsight();
    for from in instants(20) {
        let to = from + DAY;
        let (marks, complete) = hindsight.marks(from, to, 10_000, head()).expect("readable");
        assert!(complete);
        let within = |record: &&Record| record.at >= from && record.at <= to;
        let marked = |record: &&Record| {
            matches!(record.event, Event::AlertRaised(_) | Event::DeadlinePassed { .. })
        };
        let records = YEAR.centre.records.iter().filter(within).filter(marked);
        let wanted: Vec<u64> = records.map(|record| record.seq).collect();
        assert_eq!(marks.iter().map(|mark| mark.seq).collect::<Vec<_>>(), wanted);
        if wanted.len() > 2 {
            let (some, complete) = hindsight.marks(from, to, 2, head()).expect("readable");
            assert_eq!((some.len(), complete), (2, false));
        }
    }
}

#[test]
fn every_alert_has_a_report_that_agrees_with_its_verdicts() {
    let Kept { centre, journal } = &*YEAR;
    let mut by_alert: BTreeMap<AlertId, Vec<Record>> = BTreeMap::new();
    for record in &centre.records {
        if let Some(alert) = record.event.alert() {
            by_alert.entry(alert).or_default().push(record.clone());
        }
    }
    assert_eq!(by_alert.len(), centre.state.alerts.len());
    let now = centre.now();
    for (id, alert) in &centre.state.alerts {
        let records = &by_alert[id];
        assert_eq!(journal.records_of(*id).expect("readable").len(), records.len());
        let told = Alert::retold(records, alert.policy.clone());
        assert_eq!(told.as_ref(), Some(&**alert), "{id}");
        let derived = alert.derivations(records, now);
        let readings: Vec<_> = derived.iter().map(|one| one.reading.clone()).collect();
        assert_eq!(readings, alert.clocks(now), "{id}");
        for one in derived {
            assert_eq!(one.start.map(|mark| mark.at), one.reading.started_at, "{id}");
            assert_eq!(one.end.map(|mark| mark.at), one.reading.reached_at, "{id}");
            for mark in [one.start, one.end, one.ended].into_iter().flatten() {
                let record = &centre.records[mark.seq as usize - 1];
                assert_eq!(record.event.alert(), Some(*id));
                let is_plain = mark.original.is_none() && mark.child.is_none();
                assert!(!is_plain || record.at == mark.at, "{id}: {mark:?}");
            }
        }
        let legs = alert.legs(now);
        assert!(legs.windows(2).all(|pair| pair[0].to_at == pair[1].from_at), "{id}");
        assert_eq!(legs.first().map(|leg| leg.from_at), (!legs.is_empty()).then(|| alert.started_at()));
    }
}

#[test]
fn proofs_from_all_over_the_year_check_out_under_one_seal() {
    let Kept { centre, journal } = &*YEAR;
    let sealer = Sealer::of(&**journal, u64::MAX).expect("readable");
    for id in centre.state.alerts.keys().step_by(60) {
        let proof = proof::prove(&**journal, &sealer, *id, centre.now()).expect("a proof");
        let checked = proof::check(&proof.to_file().expect("written")).expect("it checks out");
        assert_eq!(checked.alert, *centre.alert(*id));
        assert_eq!(checked.proof.seal, sealer.seal());
    }
}

#[test]
fn the_figures_of_the_year_leave_no_alert_out() {
    let centre = &YEAR.centre;
    let (from, to) = (START, centre.now() + DAY);
    let raised = |mode| centre.state.alerts.values().filter(|alert| alert.mode == mode).count();
    for mode in [Mode::Actual, Mode::Exercise] {
        let filter = Filter {
            mode,
            tier: None,
            severity: None,
            category: None,
            zone: None,
            source: None,
            school: None,
            station: None,
            unit: None,
            peak: None,
        };
        for grouping in [Grouping::Tier, Grouping::Day, Grouping::School] {
            let query = Query { from, to, filter: filter.clone(), grouping };
            let figures = statistics::response_of(&centre.state, &query, centre.now());
            let figures = serde_json::to_value(&figures).expect("JSON");
            let count = |row: &serde_json::Value, name: &str| row[name].as_u64().expect("a count");
            assert_eq!(count(&figures["total"], "alerts") as usize, raised(mode));
            let rows = figures["rows"].as_array().expect("rows");
            let sum: u64 = rows.iter().map(|row| count(row, "alerts")).sum();
            assert_eq!(sum as usize, raised(mode), "{grouping:?}");
        }
    }
}
