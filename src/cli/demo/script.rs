//! A school day as it will be played: what happens when, from a seed and nothing else. It says what
//! is reported and how the people behave; which unit goes is decided when the time comes, on the
//! board as it then is.

use std::time::Duration;

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus, seq::SliceRandom};

use super::district::SCHOOLS;
use crate::domain::classification::{Category, Mode, Severity, Source};

/// Something that begins at an instant of the played day.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// From the day's beginning, at speed 1.
    pub at: Duration,
    pub act: Act,
}

/// What begins.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// School starts or ends: the posts are manned.
    PeakBegins,
    PeakEnds,
    /// A patrol visits the school of that index.
    Visit {
        school: usize,
    },
    Report(Box<Scene>),
}

/// One alert's story.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The school's index in the district.
    pub school: usize,
    pub category: Category,
    /// The category's own where not given.
    pub severity: Option<Severity>,
    pub source: Source,
    pub mode: Mode,
    pub twist: Twist,
    /// How long it waits on the board before the playing operator sends somebody. Never scaled:
    /// clocks run in real time, and so do people.
    pub waits: Duration,
    /// Whether its units come within the limit.
    pub is_late: bool,
    /// How long the units stay, at speed 1.
    pub on_scene: Duration,
}

/// What makes it different from the plain case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Twist {
    Plain,
    /// Waits for the visitor before the playing operator takes it after all.
    LeftForVisitor,
    /// A school's one-key alarm: L1 until the operator has looked.
    OneKey,
    /// Three waves are sent.
    Echelons,
    /// The first unit declines.
    Declined,
    /// The unit does not acknowledge in time.
    SlowToAcknowledge,
    /// Sent to a unit that has an assignment already.
    Stacked,
    /// A second caller reports the same, and the reports are merged.
    SecondCaller,
    /// The unit asks for reinforcement.
    Reinforced,
    /// A hazard that cannot be fixed on the spot.
    HazardDeferred,
    /// A deferred hazard, fixed some minutes later.
    HazardFixed,
    /// The caller calls it off before anybody comes.
    CalledOff,
    /// Late, and excused by the supervisor.
    Excused,
    /// Closed, and opened again by the supervisor.
    Reopened,
    /// Downgraded by the supervisor.
    Downgraded,
    /// A unit reports what it found itself.
    FoundByUnit,
}

/// How often each comes in one round; a round holds every one.
const ROUND: [(Twist, usize); 16] = [
    (Twist::Plain, 14),
    (Twist::LeftForVisitor, 12),
    (Twist::OneKey, 3),
    (Twist::Echelons, 3),
    (Twist::Declined, 2),
    (Twist::SlowToAcknowledge, 2),
    (Twist::Stacked, 1),
    (Twist::SecondCaller, 2),
    (Twist::Reinforced, 2),
    (Twist::HazardDeferred, 1),
    (Twist::HazardFixed, 1),
    (Twist::CalledOff, 1),
    (Twist::Excused, 1),
    (Twist::Reopened, 1),
    (Twist::Downgraded, 1),
    (Twist::FoundByUnit, 2),
];

/// A part of the day.
struct Phase {
    is_peak: bool,
    seconds: u64,
    /// Seconds from one report to the next, at speed 1.
    gap: (f64, f64),
}

/// Morning, lessons, noon, lessons, afternoon, evening: 19 minutes at speed 1.
const DAY: [Phase; 6] = [
    Phase { is_peak: true, seconds: 240, gap: (4.0, 6.0) },
    Phase { is_peak: false, seconds: 180, gap: (6.0, 8.0) },
    Phase { is_peak: true, seconds: 180, gap: (4.0, 6.0) },
    Phase { is_peak: false, seconds: 180, gap: (6.0, 8.0) },
    Phase { is_peak: true, seconds: 240, gap: (4.0, 6.0) },
    Phase { is_peak: false, seconds: 120, gap: (6.5, 8.0) },
];

/// When the first reports of the first day come: a visitor who looks at once sees alerts arrive.
const OPENING: [f64; 5] = [0.5, 2.0, 4.0, 6.0, 8.5];

/// One exercise a day, so long after its beginning.
const EXERCISE_AT: Duration = Duration::from_secs(75);

/// Seconds between two visits of patrols.
const VISIT_EVERY: u64 = 20;

/// How long a day is, at speed 1.
pub fn day_length() -> Duration {
    Duration::from_secs(DAY.iter().map(|phase| phase.seconds).sum())
}

/// The cues of one day, in order. The same seed and day give the same cues.
pub fn day(seed: u64, day: u64) -> Vec<Cue> {
    let seed = seed.wrapping_add(day.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut writer = Writer {
        random: Xoshiro256PlusPlus::seed_from_u64(seed),
        categories: Vec::new(),
        twists: Vec::new(),
    };
    let mut cues = Vec::new();
    let mut begins = 0.0;
    for (index, phase) in DAY.iter().enumerate() {
        let act = if phase.is_peak { Act::PeakBegins } else { Act::PeakEnds };
        cues.push(Cue { at: seconds(begins), act });
        let ends = begins + phase.seconds as f64;
        let mut at = begins;
        if index == 0 && day == 0 {
            for (number, at) in OPENING.into_iter().enumerate() {
                cues.push(Cue { at: seconds(at), act: writer.opening(number) });
            }
            at = OPENING[OPENING.len() - 1];
        }
        loop {
            at += writer.random.random_range(phase.gap.0..phase.gap.1);
            if at >= ends {
                break;
            }
            cues.push(Cue { at: seconds(at), act: writer.report() });
        }
        begins = ends;
    }
    cues.push(Cue { at: EXERCISE_AT, act: writer.exercise() });
    for at in (10..day_length().as_secs()).step_by(VISIT_EVERY as usize) {
        let school = writer.school();
        cues.push(Cue { at: Duration::from_secs(at), act: Act::Visit { school } });
    }
    cues.sort_by_key(|cue| cue.at);
    cues
}

struct Writer {
    random: Xoshiro256PlusPlus,
    /// What is left of this round of categories and of twists.
    categories: Vec<Category>,
    twists: Vec<Twist>,
}

impl Writer {
    /// The first reports: two that wait for the visitor, and three that are taken at once.
    fn opening(&mut self, number: usize) -> Act {
        let twist = if number.is_multiple_of(2) { Twist::LeftForVisitor } else { Twist::Plain };
        let category = [Category::Fight, Category::Medical, Category::Dispute][number % 3];
        self.scene(twist, category)
    }

    fn report(&mut self) -> Act {
        let twist = self.next_twist();
        let category = match twist {
            Twist::HazardDeferred | Twist::HazardFixed => Category::Hazard,
            Twist::Echelons | Twist::Downgraded => {
                [Category::Weapon, Category::Intrusion, Category::Attack][self.below(3)]
            }
            _ => self.next_category(),
        };
        self.scene(twist, category)
    }

    fn exercise(&mut self) -> Act {
        let Act::Report(mut scene) = self.scene(Twist::Echelons, Category::Intrusion) else {
            unreachable!("a scene is a report")
        };
        scene.mode = Mode::Exercise;
        scene.is_late = false;
        Act::Report(scene)
    }

    fn scene(&mut self, twist: Twist, category: Category) -> Act {
        let is_inquiry = category == Category::Other && self.random.random_bool(0.3);
        let late = match twist {
            Twist::Excused => 1.0,
            Twist::CalledOff | Twist::Stacked => 0.0,
            _ => 0.1,
        };
        let source = match twist {
            Twist::OneKey => Source::OneKeyAlarm,
            Twist::FoundByUnit => Source::UnitFinding,
            _ => [Source::Phone110, Source::Phone110, Source::SchoolStaff, Source::Video]
                [self.below(4)],
        };
        let (shortest, longest) = match twist {
            Twist::LeftForVisitor => (75.0, 150.0),
            Twist::OneKey | Twist::Echelons => (2.5, 6.0),
            _ => (4.0, 14.0),
        };
        Act::Report(Box::new(Scene {
            school: self.school(),
            category,
            severity: is_inquiry.then_some(Severity::L0),
            source,
            mode: Mode::Actual,
            twist,
            waits: seconds(self.random.random_range(shortest..longest)),
            is_late: self.random.random_bool(late),
            on_scene: seconds(self.random.random_range(20.0..60.0)),
        }))
    }

    fn next_twist(&mut self) -> Twist {
        if self.twists.is_empty() {
            let round = ROUND.iter().flat_map(|(twist, count)| vec![*twist; *count]);
            self.twists = round.collect();
            self.twists.shuffle(&mut self.random);
        }
        self.twists.pop().unwrap_or(Twist::Plain)
    }

    fn next_category(&mut self) -> Category {
        if self.categories.is_empty() {
            self.categories = Category::ALL.to_vec();
            self.categories.shuffle(&mut self.random);
        }
        self.categories.pop().unwrap_or(Category::Other)
    }

    /// Busy schools come more often: half the reports are from the first third.
    fn school(&mut self) -> usize {
        let among = if self.random.random_bool(0.5) { SCHOOLS / 3 } else { SCHOOLS };
        self.below(among)
    }

    fn below(&mut self, end: usize) -> usize {
        self.random.random_range(0..end)
    }
}

fn seconds(seconds: f64) -> Duration {
    Duration::from_millis((seconds * 1000.0) as u64)
}
