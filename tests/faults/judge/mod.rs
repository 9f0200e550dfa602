//! The judge: reads the recovered journal on from where it last stopped, and holds against it
//! everything that was answered and shown meanwhile.
//!
//! - I1 what was answered is there, as it was asked; what was there before is there unchanged
//! - I2 a command id is applied once, and every answer to it is the same
//! - I3 the chain is whole (by the journal's own reader, which checks each record it gives)
//! - what was asked after another's answer comes after it
//! - I5 what was shown is in the journal as it was shown
//! - I6 legal steps only; see [`legal`]
//! - I9 what was refused left nothing; what was done was done whole
//! - I11 each record has actor, role, channel and a time that never steps back

pub mod fired;
mod legal;
mod order;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use anyhow::Context;
use campus_dispatch::{
    domain::{Channel, Record, Role, Timestamp},
    journal::{Head, JournalReader, sqlite::SqliteReader},
};
use serde_json::Value;

use self::{legal::Legal, order::Order};
use crate::{
    command::Command,
    history::{Answer, Entry, History},
    load::{Load, Shown, look, screen::Seen},
};

/// Violations after which it is enough.
const ENOUGH: usize = 200;

type Key = (Arc<str>, Arc<str>);

/// Account, key, command and answer of something done.
pub type Done = (Arc<str>, Arc<str>, Arc<Command>, Value);

/// Judges one data directory over all its lives.
pub struct Judge {
    data: PathBuf,
    /// Where the last reading ended.
    head: Option<Head>,
    last_at: Timestamp,
    written: HashMap<Key, Vec<Record>>,
    last_key: Option<Key>,
    asked: HashMap<Key, Asked>,
    order: Order,
    /// Records by position since the last reading, for what was shown.
    shown_as: HashMap<u64, Told>,
    legal: Legal,
    pub violations: Vec<String>,
    pub counts: Counts,
}

/// What was looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub records: u64,
    pub done: u64,
    pub refused: u64,
    pub lost: u64,
    pub repeated: u64,
    pub frames: u64,
}

impl Counts {
    /// Both together.
    pub fn add(&mut self, other: &Self) {
        self.records += other.records;
        self.done += other.done;
        self.refused += other.refused;
        self.lost += other.lost;
        self.repeated += other.repeated;
        self.frames += other.frames;
    }

    /// In words.
    pub fn told(&self) -> String {
        let Self { records, done, refused, lost, repeated, frames } = self;
        format!(
            "{done} done ({repeated} again), {refused} refused, {lost} lost, {records} records, \
             {frames} frames"
        )
    }
}

/// Everything that was answered to one command id.
struct Asked {
    command: Arc<Command>,
    /// The first time.
    sent: Instant,
    first: Option<Value>,
    refused: bool,
    unsettled: bool,
}

/// A record as a frame tells it.
#[derive(PartialEq)]
struct Told {
    at: Value,
    by: String,
    kind: &'static str,
}

impl Judge {
    /// Begins with the journal as it is: what is there already must stay.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn begin(data: &Path) -> anyhow::Result<Self> {
        let mut judge = Self {
            data: data.to_owned(),
            head: None,
            last_at: Timestamp::default(),
            written: HashMap::new(),
            last_key: None,
            asked: HashMap::new(),
            order: Order::default(),
            shown_as: HashMap::new(),
            legal: Legal::default(),
            violations: Vec::new(),
            counts: Counts::default(),
        };
        judge.read()?;
        Ok(judge)
    }

    /// Judges what a load has been answered and shown by now. Call it after each recovery.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn look(&mut self, load: &Load) -> anyhow::Result<()> {
        let screens: Vec<&Shown> = load.screens().collect();
        self.look_at(&load.history, &screens)
    }

    /// The same for a history and some screens.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn look_at(&mut self, history: &History, screens: &[&Shown]) -> anyhow::Result<()> {
        // First what was answered, then the journal: it must hold all of it.
        let entries = history.take();
        let mut seen = Vec::new();
        for screen in screens {
            look(screen, |screen| {
                seen.append(&mut screen.seen);
                self.violations.append(&mut screen.violations);
            });
        }
        self.read()?;
        for entry in entries {
            self.hear(entry);
        }
        for frame in seen {
            self.compare(&frame);
        }
        Ok(())
    }

    /// The last word: nothing is on its way any more.
    ///
    /// # Errors
    /// When the journal cannot be read, or its own verification finds fault.
    pub fn close(&mut self, load: &Load) -> anyhow::Result<()> {
        self.look(load)?;
        self.settle()
    }

    /// The last word on what was looked at before.
    ///
    /// # Errors
    /// When the journal cannot be read, or its own verification finds fault.
    pub fn settle(&mut self) -> anyhow::Result<()> {
        for (key, asked) in &self.asked {
            let stands = self.written.contains_key(key);
            if asked.first.is_none() && asked.refused && !asked.unsettled && stands {
                self.violations.push(format!("I9 {} was refused, and is in the journal", key.1));
            }
        }
        for (key, records) in &self.written {
            match self.asked.get(key) {
                Some(asked) => {
                    if let Err(wrong) = asked.command.check(records) {
                        self.violations.push(format!("I9 {}: {wrong}", key.1));
                    }
                }
                None if is_ours(&key.0) => {
                    self.violations.push(format!("{} is in the journal, and nobody asked", key.1));
                }
                None => {}
            }
        }
        let verified = SqliteReader::open(&self.data)?.verify(&mut |_| ());
        if let Err(error) = verified {
            self.violations.push(format!("I3 {error}"));
        }
        Ok(())
    }

    /// Some keys that were done long ago with their commands and answers, for a late retry.
    pub fn long_ago(&self, count: usize) -> Vec<Done> {
        let mut done: Vec<Done> = self
            .asked
            .iter()
            .filter_map(|((account, key), asked)| {
                let first = asked.first.clone()?;
                Some((account.clone(), key.clone(), asked.command.clone(), first))
            })
            .collect();
        done.sort_by_key(|(.., first)| first["seq"].as_u64());
        done.truncate(count);
        done
    }

    /// Where a command's records end.
    pub fn seq_of(&self, key: &str) -> Option<u64> {
        let of_key = self.written.iter().find(|((_, known), _)| **known == *key);
        of_key.and_then(|(_, records)| records.last()).map(|record| record.seq)
    }

    /// Where the last reading ended.
    pub fn position(&self) -> u64 {
        self.head.as_ref().map_or(0, |head| head.seq)
    }

    fn read(&mut self) -> anyhow::Result<()> {
        let reader = SqliteReader::open(&self.data).context("the journal is read")?;
        let after = self.position();
        if let Some(head) = &self.head {
            let now = reader.hash_at(head.seq)?;
            if now.as_deref() != Some(&head.hash) {
                let found = now.map_or("is gone".to_owned(), |hash| format!("is now {hash}"));
                self.violations.push(format!("I1 record {} was {}, {found}", head.seq, head.hash));
                return Ok(());
            }
        }
        self.shown_as.clear();
        let mut records = Vec::new();
        reader.read_after(after, &mut |record| records.push(record))?;
        for record in &records {
            self.enter(record);
        }
        let end = records.last().map_or(after, |record| record.seq);
        let hash = reader.hash_at(end)?.context("the last record read")?;
        self.head = Some(Head { seq: end, hash });
        Ok(())
    }

    fn enter(&mut self, record: &Record) {
        self.counts.records += 1;
        if record.at < self.last_at {
            self.note(format!("I11 record {} is earlier than the one before", record.seq));
        }
        self.last_at = record.at;
        let actor = &record.actor;
        let is_whole = match actor.channel {
            Channel::Http => actor.role != Role::System,
            Channel::Deadline => actor.role == Role::System && record.command.is_none(),
            _ => true,
        };
        if actor.account.as_str().is_empty() || !is_whole {
            self.note(format!("I11 record {} does not say who did it: {record:?}", record.seq));
        }
        if let Err(wrong) = self.legal.follows(record) {
            self.note(format!("I6 record {}: {wrong}", record.seq));
        }
        self.shown_as.insert(record.seq, Told::of(record));
        let key = record
            .command
            .as_ref()
            .map(|command| -> Key { (actor.account.as_str().into(), command.id.as_str().into()) });
        if let Some(key) = key.clone().filter(|key| is_ours(&key.0)) {
            if self.written.contains_key(&key) && self.last_key.as_ref() != Some(&key) {
                self.note(format!("I2 {} was applied again at seq {}", key.1, record.seq));
            }
            self.written.entry(key).or_default().push(record.clone());
        }
        self.last_key = key;
    }

    fn hear(&mut self, entry: Entry) {
        let Entry { account, key, command, sent, took, answer } = entry;
        let key: Key = (account, key);
        let asked = self.asked.entry(key.clone()).or_insert_with(|| Asked {
            command: command.clone(),
            sent,
            first: None,
            refused: false,
            unsettled: false,
        });
        asked.sent = asked.sent.min(sent);
        let Some(outcome) = answer.done() else {
            match &answer {
                Answer::Lost(_) => {
                    asked.unsettled = true;
                    self.counts.lost += 1;
                }
                _ if answer.code() == "outcome_unknown" => asked.unsettled = true,
                _ => {
                    asked.refused = true;
                    self.counts.refused += 1;
                }
            }
            return;
        };
        self.counts.done += 1;
        if outcome["seq"] == 0 {
            // Nothing had to change then, so nothing is remembered: it may change something yet.
            return;
        }
        if let Some(first) = &asked.first {
            self.counts.repeated += 1;
            if first != outcome {
                let told = format!("I2 {} came to {first}, and again to {outcome}", key.1);
                self.note(told);
            }
            return;
        }
        asked.first = Some(outcome.clone());
        let first_sent = asked.sent;
        let seq = outcome["seq"].as_u64().unwrap_or_default();
        if let Err(wrong) = self.promised(&key, &command, outcome) {
            self.note(format!("I1 {} was answered with {outcome}, but {wrong}", key.1));
        }
        if let Err(known) = self.order.answer(first_sent, sent, took, seq) {
            let told = format!("{} at seq {seq} was asked after seq {known} was answered", key.1);
            self.note(told);
        }
    }

    /// Whether a 2xx rests on records.
    fn promised(&self, key: &Key, command: &Command, outcome: &Value) -> Result<(), String> {
        let records = self.written.get(key).map(Vec::as_slice).unwrap_or_default();
        command.check(records)?;
        let last = records.last().ok_or("it left no record")?;
        if outcome["seq"] != last.seq {
            return Err(format!("it ends at seq {}", last.seq));
        }
        let alert = records[0].event.alert().map(|alert| u64::from(alert.0));
        if outcome["alert"].as_u64() != alert {
            return Err(format!("its alert is {alert:?}"));
        }
        let mut assignments: Vec<Value> = Vec::new();
        for assignment in records.iter().filter_map(|record| record.event.assignment()) {
            if !assignments.contains(&assignment.0.into()) {
                assignments.push(assignment.0.into());
            }
        }
        if outcome["assignments"] != Value::Array(assignments.clone()) {
            return Err(format!("its assignments are {assignments:?}"));
        }
        Ok(())
    }

    fn compare(&mut self, seen: &Seen) {
        self.counts.frames += 1;
        let Some(told) = self.shown_as.get(&seen.seq) else {
            // Read before it was shown: looked at then.
            if seen.seq > self.position() {
                self.note(format!("I5 seq {} was shown, and is not in the journal", seen.seq));
            }
            return;
        };
        let same = told.at == seen.at && seen.by == told.by.as_str() && seen.kind == told.kind;
        if !same {
            self.note(format!("I5 seq {} was shown as another record", seen.seq));
        }
    }

    fn note(&mut self, violation: String) {
        if self.violations.len() < ENOUGH {
            self.violations.push(violation);
        }
    }
}

impl Told {
    fn of(record: &Record) -> Self {
        Self {
            at: serde_json::to_value(record.at).unwrap_or_default(),
            by: record.actor.account.to_string(),
            kind: record.event.kind(),
        }
    }
}

/// Whether an account is one of the load's own: the long past has others.
fn is_ours(account: &str) -> bool {
    ["desk-", "phone-", "keys-"].iter().any(|ours| account.starts_with(ours))
}
