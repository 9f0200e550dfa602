//! What a screen has been shown: it takes frames as the real ones do, and notes every gap, every
//! frame told twice and every step back.

use std::collections::BTreeMap;

use serde_json::Value;

/// A frame as the journal must know it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub seq: u64,
    pub at: Value,
    pub by: Value,
    pub kind: Value,
}

/// The board as of one position.
#[derive(Debug, Default)]
pub struct Screen {
    pub epoch: String,
    pub position: u64,
    pub alerts: BTreeMap<u64, Value>,
    units: BTreeMap<String, Value>,
    /// Frames since somebody last took them.
    pub seen: Vec<Seen>,
    pub violations: Vec<String>,
    /// Connections that went on where the last one ended.
    pub resumed: u64,
    /// Connections that began with a snapshot, by reason.
    pub shown: BTreeMap<String, u64>,
}

impl Screen {
    /// Takes a frame in.
    pub fn takes(&mut self, frame: &Value) {
        let seq = frame["seq"].as_u64().unwrap_or_default();
        match frame["frame"].as_str() {
            Some("hello") => self.greeted(frame, seq),
            Some("snapshot") => self.starts_anew(frame, seq),
            Some("heartbeat") => {
                if seq < self.position {
                    self.note(format!("I5 back in time: heartbeat {seq} after {}", self.position));
                }
                self.position = seq;
            }
            Some("change") => self.changes(frame, seq),
            _ => self.note(format!("an unknown frame: {frame}")),
        }
    }

    /// Where to go on from.
    pub fn query(&self) -> String {
        if self.epoch.is_empty() {
            return String::new();
        }
        format!("?epoch={}&since={}", self.epoch, self.position)
    }

    fn greeted(&mut self, hello: &Value, seq: u64) {
        let epoch = hello["epoch"].as_str().unwrap_or_default();
        if !self.epoch.is_empty() && epoch == self.epoch && seq < self.position {
            // What was pushed was not in the history that came back.
            self.note(format!("I5 was shown seq {}, and the history ends at {seq}", self.position));
        }
        if hello["resumed"] == true {
            self.resumed += 1;
            if seq != self.position {
                self.note(format!("I7 resumed at {seq} instead of {}", self.position));
            }
        } else {
            let reason = hello["reason"].as_str().unwrap_or_default();
            if reason == "future" {
                self.note(format!("I5 its position {} is in the future", self.position));
            }
            *self.shown.entry(reason.to_owned()).or_default() += 1;
        }
        epoch.clone_into(&mut self.epoch);
    }

    fn starts_anew(&mut self, snapshot: &Value, seq: u64) {
        let list = |name: &str| snapshot[name].as_array().cloned().unwrap_or_default();
        let alerts = list("alerts").into_iter();
        let open = alerts.filter(|alert| !is_over(alert));
        self.alerts = open.filter_map(|it| Some((it["id"].as_u64()?, it))).collect();
        let units = list("units").into_iter();
        self.units = units.filter_map(|it| Some((it["id"].as_str()?.to_owned(), it))).collect();
        self.position = seq;
    }

    fn changes(&mut self, frame: &Value, seq: u64) {
        let previous = frame["previous"].as_u64().unwrap_or(u64::MAX);
        if previous > self.position {
            self.note(format!("I7 a gap: {seq} follows {previous}, shown is {}", self.position));
        }
        if seq <= self.position {
            self.note(format!("I7 told twice: {seq} after {}", self.position));
        }
        let Value::Object(_) = frame else { return };
        let (at, by) = (frame["at"].clone(), frame["by"].clone());
        self.seen.push(Seen { seq, at, by, kind: frame["kind"].clone() });
        self.position = seq;
        if let Some(alert) = frame.get("alert")
            && let Some(id) = alert["id"].as_u64()
        {
            match is_over(alert) {
                true => self.alerts.remove(&id),
                false => self.alerts.insert(id, alert.clone()),
            };
        }
        for unit in frame["units"].as_array().into_iter().flatten() {
            if let Some(id) = unit["id"].as_str() {
                self.units.insert(id.to_owned(), unit.clone());
            }
        }
    }

    /// How this screen differs from one that was opened later, as of the same position.
    pub fn differences(&self, fresh: &Self) -> Vec<String> {
        if self.position != fresh.position {
            return vec![format!("it is at {}, the other at {}", self.position, fresh.position)];
        }
        let mut differences = Vec::new();
        let ids = self.alerts.keys().chain(fresh.alerts.keys());
        for id in ids.collect::<std::collections::BTreeSet<_>>() {
            let (own, other) = (self.alerts.get(id), fresh.alerts.get(id));
            if own.map(timeless) != other.map(timeless) {
                differences.push(format!("alert {id} is {own:?} and {other:?}"));
            }
        }
        if self.units != fresh.units {
            differences.push("the units".to_owned());
        }
        differences
    }

    fn note(&mut self, violation: String) {
        self.violations.push(violation);
    }
}

/// What is over stays on a board for a day; here that would be most of the load.
fn is_over(alert: &Value) -> bool {
    alert["stage"].as_str().is_some_and(|stage| ["closed", "cancelled", "merged"].contains(&stage))
}

/// An alert without what is judged by the instant it is shown at.
fn timeless(alert: &Value) -> Value {
    let mut alert = alert.clone();
    for clock in alert["clocks"].as_array_mut().into_iter().flatten() {
        for judged in ["verdict", "elapsed_ms"] {
            clock[judged] = Value::Null;
        }
    }
    alert
}
