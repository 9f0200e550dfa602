//! What an alert is classified by, and what it came to, as one word of bits.

use crate::{
    domain::{
        Alert, Verdict,
        assignment::Withdrawal,
        classification::{Category, Mode, Severity, Source, Tier, Validity, Zone},
    },
    statistics::{Filter, fact::Fact, fact::LeftOut},
};

/// A value's place in the word.
#[derive(Clone, Copy, Debug)]
pub struct Bits {
    shift: u32,
    width: u32,
}

pub const TIER: Bits = Bits { shift: 0, width: 2 };
pub const SEVERITY: Bits = Bits { shift: 2, width: 2 };
pub const CATEGORY: Bits = Bits { shift: 4, width: 5 };
pub const ZONE: Bits = Bits { shift: 9, width: 2 };
pub const SOURCE: Bits = Bits { shift: 11, width: 3 };
pub const MODE: Bits = Bits { shift: 14, width: 2 };
/// See [`COUNTED`].
pub const COUNTED_AS: Bits = Bits { shift: 16, width: 4 };
pub const NEEDS_ARRIVAL: Bits = Bits { shift: 20, width: 1 };
/// See [`Ending`].
pub const ENDING: Bits = Bits { shift: 21, width: 3 };
pub const DECLINED: Bits = Bits { shift: 24, width: 1 };
pub const REOPENED: Bits = Bits { shift: 25, width: 1 };

impl Bits {
    const fn mask(self) -> u32 {
        ((1 << self.width) - 1) << self.shift
    }

    const fn put(self, value: u32) -> u32 {
        debug_assert!(value < 1 << self.width);
        value << self.shift
    }

    pub const fn get(self, class: u32) -> u32 {
        (class & self.mask()) >> self.shift
    }

    /// How many values there is room for.
    pub const fn values(self) -> usize {
        1 << self.width
    }
}

/// What an alert counts as, in the order of its number in the word.
pub const COUNTED: [Result<Verdict, LeftOut>; 11] = [
    Ok(Verdict::Met),
    Ok(Verdict::Late),
    Ok(Verdict::Missed),
    Ok(Verdict::Breaching),
    Ok(Verdict::Excused),
    Err(LeftOut::Test),
    Err(LeftOut::Merged),
    Err(LeftOut::Inquiry),
    Err(LeftOut::EndedEarly),
    Err(LeftOut::Advisory),
    Err(LeftOut::Pending),
];

/// What a closed alert was worth; a merged one is a duplicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Unsaid,
    Valid,
    FalseAlarm,
    Malicious,
    Duplicate,
}

impl Ending {
    fn of(alert: &Alert) -> Self {
        if alert.merged_into.is_some() {
            return Self::Duplicate;
        }
        match alert.closing.as_ref().map(|closing| closing.validity) {
            None => Self::Unsaid,
            Some(Validity::Valid) => Self::Valid,
            Some(Validity::FalseAlarm) => Self::FalseAlarm,
            Some(Validity::Malicious) => Self::Malicious,
            Some(Validity::Duplicate) => Self::Duplicate,
        }
    }
}

/// The word of an alert.
pub fn class(alert: &Alert, fact: &Fact) -> u32 {
    let counted = COUNTED.iter().position(|each| *each == fact.counted);
    let is_declined = |sent: &crate::domain::assignment::Assignment| {
        matches!(sent.withdrawal, Some(Withdrawal::Declined { .. }))
    };
    TIER.put(tier(alert.tier()))
        | SEVERITY.put(severity(alert.severity))
        | CATEGORY.put(category(alert.category))
        | ZONE.put(zone(alert.zone))
        | SOURCE.put(source(alert.source))
        | MODE.put(mode(alert.mode))
        | COUNTED_AS.put(counted.unwrap_or(COUNTED.len()) as u32)
        | NEEDS_ARRIVAL.put(fact.needs_arrival.into())
        | ENDING.put(Ending::of(alert) as u32)
        | DECLINED.put(alert.assignments.iter().any(is_declined).into())
        | REOPENED.put((alert.reopened > 0).into())
}

fn tier(tier: Option<Tier>) -> u32 {
    tier.map_or(0, |tier| tier as u32 + 1)
}

fn severity(severity: Severity) -> u32 {
    severity as u32
}

fn category(category: Category) -> u32 {
    category as u32
}

fn zone(zone: Zone) -> u32 {
    zone as u32
}

fn source(source: Source) -> u32 {
    source as u32
}

fn mode(mode: Mode) -> u32 {
    mode as u32
}

/// The bits a filter asks for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    mask: u32,
    value: u32,
}

impl Wanted {
    pub fn by(filter: &Filter) -> Self {
        let mut wanted = Self { mask: 0, value: 0 };
        let mut ask = |bits: Bits, value: Option<u32>| {
            if let Some(value) = value {
                wanted.mask |= bits.mask();
                wanted.value |= bits.put(value);
            }
        };
        ask(MODE, Some(mode(filter.mode)));
        ask(TIER, filter.tier.map(|wanted| tier(Some(wanted))));
        ask(SEVERITY, filter.severity.map(severity));
        ask(CATEGORY, filter.category.map(category));
        ask(ZONE, filter.zone.map(zone));
        ask(SOURCE, filter.source.map(source));
        wanted
    }

    /// Whether it takes every one; without a branch for each.
    pub fn takes_all(self, classes: &[u32]) -> bool {
        let other = |class: &u32| (class & self.mask) ^ self.value;
        classes.iter().map(other).fold(0, |all, other| all | other) == 0
    }

    pub fn takes(self, class: u32) -> bool {
        class & self.mask == self.value
    }
}
