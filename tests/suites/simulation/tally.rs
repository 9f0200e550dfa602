//! What occurred, counted, so that a run that proves nothing is noticed.

use std::{collections::BTreeMap, fmt};

use campus_dispatch::domain::{Command, Event, Rejection};
use strum::{IntoEnumIterator, VariantNames};

use super::disk::Mishap;

/// What is counted: a kind of thing and its name.
pub type Counted = (&'static str, &'static str);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<Counted, u64>);

/// Refusals no simulated client can come by.
const OUT_OF_REACH: [Rejection; 0] = [];

/// What else must have occurred, beside every verb, event, refusal and mishap.
const HAPPENINGS: &[Counted] = &[
    ("answer", "done"),
    ("answer", "unchanged"),
    ("answer", "refused"),
    ("answer", "id reused"),
    ("answer", "overloaded"),
    ("answer", "outcome unknown"),
    ("answer", "stopped"),
    ("client", "retries what was answered"),
    ("client", "retries what was left open"),
    ("client", "retries after a restart and is answered as before"),
    ("client", "uses an id for another command"),
    ("client", "goes away"),
    ("client", "submits while the disk stalls"),
    ("clock", "passes"),
    ("clock", "stands"),
    ("clock", "comes to a deadline"),
    ("clock", "wall leaps ahead"),
    ("clock", "wall steps back"),
    ("clock", "wall freezes"),
    ("clock", "restarts behind the journal"),
    ("follower", "takes a picture"),
    ("follower", "follows"),
    ("follower", "falls off the ring"),
    ("follower", "resumes after a restart"),
    ("follower", "resumes from the future"),
    ("follower", "vanishes"),
    ("follower", "vanishes while a picture is drawn"),
    ("restart", "in order"),
    ("restart", "after a crash between two turns"),
    ("restart", "after a failed append"),
    ("restart", "keeps an unknown batch"),
    ("restart", "loses an unknown batch"),
    ("snapshot", "is used"),
    ("snapshot", "is damaged"),
    ("snapshot", "is of another history"),
    ("snapshot", "is ahead of the journal"),
    ("damage", "a record is missing"),
    ("damage", "a byte is flipped"),
];

impl Tally {
    pub fn count(&mut self, what: Counted) {
        *self.0.entry(what).or_default() += 1;
    }

    pub fn add(&mut self, other: &Self) {
        for (what, count) in &other.0 {
            *self.0.entry(*what).or_default() += count;
        }
    }

    pub fn of(&self, what: Counted) -> u64 {
        self.0.get(&what).copied().unwrap_or_default()
    }

    /// What should have occurred in a whole run and did not.
    pub fn missing(&self) -> Vec<Counted> {
        let verbs = Command::VARIANTS.iter().map(|verb| ("verb", *verb));
        // A repair is made by hand on a stopped journal; no engine ever records one.
        let events = Event::VARIANTS.iter().filter(|kind| **kind != "journal_repaired");
        let events = events.map(|kind| ("event", *kind));
        let rejections = Rejection::iter().filter(|one| !OUT_OF_REACH.contains(one));
        let rejections = rejections.map(|one| ("rejection", one.code()));
        let mishaps = Mishap::iter().map(|mishap| ("mishap", mishap.into()));
        let needed = verbs.chain(events).chain(rejections).chain(mishaps);
        let needed = needed.chain(HAPPENINGS.iter().copied());
        needed.filter(|what| self.of(*what) == 0).collect()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before = "";
        for ((group, name), count) in &self.0 {
            if *group != before {
                write!(f, "\n  {group}:")?;
                before = group;
            }
            write!(f, " {name} {count},")?;
        }
        Ok(())
    }
}
