//! The units a replay needs, under ids of their own: a district's units are left alone.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::schedule::Spans;
use crate::{
    cli::history::{report::HistoricCall, row::UNNAMED},
    domain::{
        Timestamp,
        district::{UnitKind, UnitProfile},
        id::{UnitId, is_valid_id},
    },
};

/// Who plays which leg.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// In order of their ids.
    pub units: Vec<UnitProfile>,
    /// By call and leg.
    pub players: HashMap<(usize, usize), UnitId>,
}

/// Casts every leg that is played. A source that names no units gets as many as are out at once.
pub fn cast(calls: &[HistoricCall], spans: &Spans) -> Cast {
    let mut cast = Casting::default();
    let mut unnamed = Vec::new();
    for (&(call, leg), &(from, to)) in spans {
        let sent = &calls[call].alert.assignments[leg];
        if sent.unit.as_str() == UNNAMED {
            unnamed.push((from, to, call, leg));
        } else {
            let player = cast.named(sent.unit.as_str(), sent.unit_kind);
            cast.players.insert((call, leg), player);
        }
    }
    unnamed.sort_unstable_by_key(|&(from, _, call, leg)| (from, call, leg));
    for (from, to, call, leg) in unnamed {
        let kind = calls[call].alert.assignments[leg].unit_kind;
        let player = cast.anyone(kind, from, to);
        cast.players.insert((call, leg), player);
    }
    Cast { units: cast.units.into_values().collect(), players: cast.players }
}

#[derive(Default)]
struct Casting {
    units: BTreeMap<UnitId, UnitProfile>,
    players: HashMap<(usize, usize), UnitId>,
    by_name: HashMap<String, UnitId>,
    taken: HashSet<String>,
    /// Unnamed units that are free, by kind, and those that will be, by when.
    free: BTreeMap<UnitKind, Vec<UnitId>>,
    out: BTreeSet<(Timestamp, UnitKind, UnitId)>,
    unnamed: usize,
}

impl Casting {
    fn named(&mut self, name: &str, kind: UnitKind) -> UnitId {
        if let Some(known) = self.by_name.get(name) {
            return known.clone();
        }
        let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
        let stem: String = name.chars().take(48).map(plain).collect();
        let id = (1..)
            .map(|n| if n == 1 { format!("replay-{stem}") } else { format!("replay-{stem}-{n}") })
            .find(|id| is_valid_id(id) && !self.taken.contains(id))
            .expect("one of endless ids is free");
        let unit = self.add(id, name, kind);
        self.by_name.insert(name.to_owned(), unit.clone());
        unit
    }

    fn anyone(&mut self, kind: UnitKind, from: Timestamp, to: Option<Timestamp>) -> UnitId {
        while let Some((at, kind, unit)) = self.out.first().cloned().filter(|(at, ..)| *at < from) {
            self.out.remove(&(at, kind, unit.clone()));
            self.free.entry(kind).or_default().push(unit);
        }
        let unit = self.free.entry(kind).or_default().pop().unwrap_or_else(|| {
            self.unnamed += 1;
            let n = self.unnamed;
            self.add(format!("replay-unit-{n:03}"), &format!("Unit {n}"), kind)
        });
        if let Some(to) = to {
            self.out.insert((to, kind, unit.clone()));
        }
        unit
    }

    fn add(&mut self, id: String, name: &str, kind: UnitKind) -> UnitId {
        self.taken.insert(id.clone());
        let id = UnitId::from(id);
        let profile = UnitProfile { id: id.clone(), name: name.to_owned(), kind, station: None };
        self.units.insert(id.clone(), profile);
        id
    }
}
