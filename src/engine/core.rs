//! The rule of the engine, synchronous and plain: a submission and an instant in, records and an
//! outcome out. No clock, no I/O, no thread; a simulation is a loop around it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{
    domain::{
        Actor, Change, Command, CommandKey, Event, Record, Rejection, State, Timestamp,
        command::Outcome, decide, id::AlertId,
    },
    engine::{
        Submission, SubmitError,
        commands::{self, Recalled},
        deadlines::Deadlines,
        past::Past,
        subject,
    },
    planted::{self, Planted},
};

/// The head: the past with everything decided so far, durable or not, and what is due next.
pub struct Core {
    past: Past,
    deadlines: Deadlines,
    rules: Rules,
}

/// What decides; [`decide`] except where a test puts something else in its place.
pub type Rules = fn(&State, &Actor, &Command, Timestamp) -> Result<Vec<Event>, Rejection>;

/// A command decided: all its records, already folded into the head, or none.
#[derive(Debug)]
pub struct Decided {
    /// Empty where nothing had to change, and for a retry.
    pub records: Vec<Record>,
    /// Of each record what it changed.
    pub changes: Vec<Vec<Change>>,
    pub outcome: Outcome,
}

impl Core {
    /// Goes on from a past.
    pub fn new(past: Past) -> Self {
        Self::with_rules(past, decide)
    }

    /// Goes on from a past with other rules.
    pub fn with_rules(past: Past, rules: Rules) -> Self {
        Self { deadlines: Deadlines::of(&past.state), past, rules }
    }

    /// The head.
    pub fn past(&self) -> &Past {
        &self.past
    }

    /// The head's state.
    pub fn state(&self) -> &State {
        &self.past.state
    }

    /// When the next deadline comes.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.deadlines.next()
    }

    /// Up to `max` alerts with a deadline that has come.
    pub fn due(&self, now: Timestamp, max: usize) -> Vec<AlertId> {
        self.deadlines.due(now, max)
    }

    /// Decides one submission and folds what it came to into the head. Later submissions see it.
    ///
    /// # Errors
    /// Refused, the id reused, or the rules failed; the head is as before.
    pub fn step(
        &mut self,
        submission: &Submission,
        now: Timestamp,
    ) -> Result<Decided, SubmitError> {
        let Submission { actor, command, .. } = submission;
        let key = key(submission);
        if let Some(outcome) = self.recall(actor, key.as_ref())? {
            return Ok(Decided::without_records(outcome));
        }
        let at = now.max(self.past.state.last_at);
        let events = self.decide(actor, command, at)?;
        if events.is_empty() {
            let alert = decide::standing_alert(&self.past.state, actor, command);
            let outcome = Outcome { seq: 0, alert, assignments: Vec::new() };
            return Ok(Decided::without_records(outcome));
        }
        let mut records = Vec::with_capacity(events.len());
        let mut changes = Vec::with_capacity(events.len());
        for event in events {
            let (actor, command) = (actor.clone(), key.clone());
            let record = Record { seq: self.past.state.seq + 1, at, actor, command, event };
            changes.push(self.apply(&record));
            records.push(record);
        }
        let outcome = commands::outcome(&records).expect("there is a record");
        Ok(Decided { records, changes, outcome })
    }

    /// What a submission came to before, where it is a retry. Asks nothing of the journal.
    ///
    /// # Errors
    /// The id was another command's.
    pub fn recalled(&self, submission: &Submission) -> Result<Option<Outcome>, SubmitError> {
        self.recall(&submission.actor, key(submission).as_ref())
    }

    fn recall(
        &self,
        actor: &Actor,
        key: Option<&CommandKey>,
    ) -> Result<Option<Outcome>, SubmitError> {
        let recalled = key.map(|key| self.past.commands.recall(&actor.account, key));
        match recalled {
            None | Some(Recalled::Nothing) => Ok(None),
            Some(Recalled::Same(outcome)) => Ok(Some(outcome)),
            Some(Recalled::Other) => Err(SubmitError::IdReused),
        }
    }

    /// Tells what is due on an alert. An alert that has nothing to tell after all leaves the queue.
    pub fn tell_deadlines(&mut self, alert: AlertId, now: Timestamp) -> Option<Decided> {
        let tell = decide::notice::TellDeadlines { alert };
        let command = Command::TellDeadlines(tell);
        let submission = Submission { actor: Actor::system(), id: None, command };
        let decided = self.step(&submission, now).ok().filter(|told| !told.records.is_empty());
        if decided.is_none() {
            self.deadlines.set(alert, None);
        }
        decided
    }

    /// The rules are pure, so a panic in them leaves the head whole and costs one command.
    fn decide(
        &self,
        actor: &Actor,
        command: &Command,
        at: Timestamp,
    ) -> Result<Vec<Event>, SubmitError> {
        let state = &self.past.state;
        let decided = catch_unwind(AssertUnwindSafe(|| {
            break_down(state, command);
            (self.rules)(state, actor, command, at)
        }));
        match decided {
            Ok(decided) => decided.map_err(|rejection| {
                let named = subject::alert_named(state, command);
                let alert = named.and_then(|id| state.alert(id)).cloned();
                SubmitError::Rejected { rejection, alert }
            }),
            Err(_) => {
                tracing::error!(verb = command.verb(), "the rules panicked; nothing was changed");
                Err(SubmitError::Failed)
            }
        }
    }

    fn apply(&mut self, record: &Record) -> Vec<Change> {
        let changes = self.past.apply(record);
        for change in &changes {
            if let Change::Alert(alert) = change {
                self.deadlines.set(alert.id, alert.next_deadline());
            }
        }
        changes
    }
}

/// Where faults are planted, and nowhere else.
fn break_down(state: &State, command: &Command) {
    match command {
        Command::NoteAlert(note) => {
            planted::break_down(Planted::PanicInCommand, || note.text.clone());
        }
        Command::TellDeadlines(told) => planted::break_down(Planted::PanicInTimer, || {
            state.alert(told.alert).map(|alert| alert.summary.clone()).unwrap_or_default()
        }),
        _ => {}
    }
}

fn key(submission: &Submission) -> Option<CommandKey> {
    let Submission { id, command, .. } = submission;
    id.clone().map(|id| CommandKey { id, digest: commands::digest(command) })
}

impl Decided {
    fn without_records(outcome: Outcome) -> Self {
        Self { records: Vec::new(), changes: Vec::new(), outcome }
    }
}
