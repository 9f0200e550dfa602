//! The demo's script: the same seed plays the same day, and the day holds everything it should.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use campus_dispatch::{
    cli::demo::{
        VISITORS, accounts,
        choice::{POLICE, Wish, choose},
        district::{District, SCHOOLS, STATIONS, UNITS, VISITORS_UNIT},
        furnish,
        pace::{Errand, pace},
        past,
        script::{Act, Cue, Scene, Twist, day, day_length},
    },
    domain::{
        Timestamp,
        classification::{Category, Mode, Source},
        district::{Duty, LastPosition, Unit, UnitKind},
        id::AssignmentId,
    },
};

const SEED: u64 = 135;

fn scenes(cues: &[Cue]) -> Vec<(Duration, &Scene)> {
    let mut scenes = Vec::new();
    for Cue { at, act } in cues {
        if let Act::Report(scene) = act {
            scenes.push((*at, &**scene));
        }
    }
    scenes
}

#[test]
fn the_same_seed_plays_the_same_day() {
    assert_eq!(day(SEED, 0), day(SEED, 0));
    assert_ne!(day(SEED, 0), day(SEED, 1));
    assert_ne!(day(SEED, 0), day(SEED + 1, 0));
    assert_eq!(District::invent(SEED), District::invent(SEED));
}

#[test]
fn cues_come_in_order_within_the_day() {
    for number in 0..3 {
        let cues = day(SEED, number);
        assert!(cues.is_sorted_by_key(|cue| cue.at));
        assert!(cues.last().expect("cues").at < day_length());
    }
}

#[test]
fn a_visitor_sees_alerts_at_once_and_then_steadily() {
    let cues = day(SEED, 0);
    let scenes = scenes(&cues);
    let early = scenes.iter().filter(|(at, _)| *at <= Duration::from_secs(10)).count();
    assert!(early >= 4, "{early} alerts in the first ten seconds");
    let actual: Vec<Duration> =
        scenes.iter().filter(|(_, scene)| scene.mode == Mode::Actual).map(|(at, _)| *at).collect();
    let longest = actual.windows(2).map(|pair| pair[1] - pair[0]).max().expect("alerts");
    assert!(longest <= Duration::from_secs(16), "the board stands still for {longest:?}");
}

#[test]
fn some_of_the_first_alerts_wait_for_the_visitor() {
    let cues = day(SEED, 0);
    let waiting = scenes(&cues)
        .iter()
        .filter(|(at, _)| *at <= Duration::from_secs(10))
        .filter(|(_, scene)| scene.waits >= Duration::from_secs(60))
        .count();
    assert!(waiting >= 2, "{waiting} wait");
}

#[test]
fn a_day_holds_every_category_twist_and_source() {
    for seed in [SEED, 1, 2, 3] {
        let cues = day(seed, 0);
        let scenes: Vec<&Scene> = scenes(&cues).into_iter().map(|(_, scene)| scene).collect();
        let categories: BTreeSet<Category> = scenes.iter().map(|scene| scene.category).collect();
        assert_eq!(categories.len(), Category::ALL.len(), "seed {seed}");
        let mut twists: BTreeMap<Twist, usize> = BTreeMap::new();
        for scene in &scenes {
            *twists.entry(scene.twist).or_default() += 1;
        }
        for twist in [
            Twist::LeftForVisitor,
            Twist::OneKey,
            Twist::Echelons,
            Twist::Declined,
            Twist::SlowToAcknowledge,
            Twist::Stacked,
            Twist::SecondCaller,
            Twist::Reinforced,
            Twist::HazardDeferred,
            Twist::HazardFixed,
            Twist::CalledOff,
            Twist::Excused,
            Twist::Reopened,
            Twist::Downgraded,
            Twist::FoundByUnit,
        ] {
            assert!(twists.contains_key(&twist), "seed {seed} lacks {twist:?}");
        }
        assert!(scenes.iter().any(|scene| scene.source == Source::OneKeyAlarm));
        assert!(scenes.iter().any(|scene| scene.is_late), "seed {seed}: somebody is late");
        let exercises = scenes.iter().filter(|scene| scene.mode == Mode::Exercise).count();
        assert_eq!(exercises, 1, "seed {seed}");
    }
}

#[test]
fn posts_are_manned_at_the_peaks_and_taken_off_after_each() {
    let cues = day(SEED, 0);
    let peaks: Vec<bool> = cues
        .iter()
        .filter_map(|cue| match cue.act {
            Act::PeakBegins => Some(true),
            Act::PeakEnds => Some(false),
            _ => None,
        })
        .collect();
    assert_eq!(peaks, [true, false, true, false, true, false]);
}

#[test]
fn the_district_is_as_large_as_it_says_and_says_that_it_is_an_example() {
    let district = District::invent(SEED);
    assert_eq!(district.stations.len(), STATIONS);
    assert_eq!(district.schools.len(), SCHOOLS);
    assert_eq!(district.units.len(), UNITS);
    let names = district
        .stations
        .iter()
        .map(|station| &station.name)
        .chain(district.schools.iter().map(|school| &school.name))
        .chain(district.units.iter().map(|unit| &unit.name));
    for name in names {
        assert!(name.starts_with("示例"), "{name}");
    }
    let accounts = accounts(&district);
    for (role, name) in VISITORS {
        let account = accounts.iter().find(|account| account.name.as_str() == name);
        assert_eq!(account.map(|account| account.role), Some(role), "{name}");
    }
}

#[test]
fn the_rules_take_the_whole_district_and_its_last_week() {
    let directory = tempfile::TempDir::new().expect("a temporary directory");
    furnish(directory.path(), &District::invent(SEED), SEED).expect("every command is legal");
}

#[test]
fn the_last_week_lies_in_the_past() {
    let now = Timestamp::parse("2026-03-02T08:00:00.000Z").expect("an instant");
    let week = past::week(SEED, &District::invent(SEED), now);
    assert_eq!(week, past::week(SEED, &District::invent(SEED), now));
    assert!(week.len() >= 200);
    assert!(week.iter().all(|alert| alert.observed_until <= now));
}

fn errand(left_seconds: u64) -> Errand {
    Errand {
        assignment: AssignmentId(7),
        left: Some(Duration::from_secs(left_seconds)),
        is_late: false,
        is_slow: false,
        on_scene: Duration::from_secs(40),
        haste: 1.0,
    }
}

#[test]
fn steps_come_in_order_and_in_time() {
    for number in 1..500 {
        let errand = Errand { assignment: AssignmentId(number), ..errand(50) };
        let pace = pace(SEED, &errand);
        let steps = [
            pace.delivered,
            pace.acknowledged,
            pace.en_route,
            pace.half_way,
            pace.arrived,
            pace.feedback,
            pace.cleared,
        ];
        assert!(steps.is_sorted(), "{pace:?}");
        assert!(pace.arrived < Duration::from_secs(50), "{pace:?}");
        assert!(pace.acknowledged > Duration::ZERO);
    }
}

#[test]
fn who_shall_be_late_is_late_at_any_speed() {
    for haste in [1.0, 4.0, 20.0] {
        for left in [0, 30, 250] {
            let errand = Errand { is_late: true, haste, ..errand(left) };
            assert!(pace(SEED, &errand).arrived > Duration::from_secs(left));
        }
    }
}

#[test]
fn who_shall_be_slow_misses_the_acknowledgement() {
    let slow = pace(SEED, &Errand { is_slow: true, ..errand(150) });
    assert!(slow.acknowledged > Duration::from_secs(30), "{slow:?}");
}

fn on_duty(district: &District) -> Vec<Unit> {
    let places = district.units.iter().zip(&district.posts);
    places
        .map(|(profile, position)| Unit {
            profile: profile.clone(),
            duty: Duty::Available,
            last_position: Some(LastPosition {
                position: *position,
                reported_at: Timestamp::default(),
            }),
            assignments: Vec::new(),
        })
        .collect()
}

#[test]
fn the_nearest_free_unit_is_sent_and_never_the_visitors() {
    let district = District::invent(SEED);
    let mut units = on_duty(&district);
    let visitors = units.iter().position(|unit| unit.profile.id.as_str() == VISITORS_UNIT);
    let visitors = visitors.expect("the visitor's unit");
    let school = &district.schools[50];
    let near = district.posts[visitors];
    let wish = Wish { kinds: &[UnitKind::Patrol], school: &school.id, near, committed: false };
    let first = choose(&units, &wish).expect("a patrol");
    assert_ne!(first.as_str(), VISITORS_UNIT);
    for unit in &mut units {
        if unit.profile.id == first {
            unit.assignments.push(AssignmentId(1));
        }
    }
    assert_ne!(choose(&units, &wish), Some(first.clone()), "a committed one stays");
    let stacked = Wish { committed: true, ..wish };
    assert_eq!(choose(&units, &stacked), Some(first));
}

#[test]
fn the_post_at_the_school_goes_first_and_other_posts_stay() {
    let district = District::invent(SEED);
    let mut units = on_duty(&district);
    let manning: Vec<_> = district.manning().collect();
    for unit in &mut units {
        if let Some((_, school)) = manning.iter().find(|(id, _)| **id == unit.profile.id) {
            unit.duty = Duty::OnPost { school: (*school).clone() };
        }
    }
    let school = &district.schools[3];
    let near = school.position.expect("a position");
    let wish = Wish { kinds: POLICE, school: &school.id, near, committed: false };
    assert_eq!(choose(&units, &wish).as_ref(), Some(manning[3].0));
    let bare = &district.schools[55];
    let wish = Wish { school: &bare.id, near: bare.position.expect("a position"), ..wish };
    let sent = choose(&units, &wish).expect("somebody");
    assert!(manning.iter().all(|(post, _)| **post != sent), "{sent} is on post elsewhere");
}
