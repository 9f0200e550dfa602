//! The one writer. One turn of it is plain and synchronous: it takes all that waits, lets the
//! [`Core`] decide each, appends one batch, and releases it in order: read board, feed, replies.
//! [`Writer::run`] is turn after turn on a thread; a simulation calls [`Writer::turn`] itself.
//!
//! A "no" may rest on a "yes" that is not durable yet, so every answer waits for the append. When
//! an append fails nothing of its batch is shown, every held answer says that the outcome is
//! unknown, and the writer ends: only a restart settles what the journal kept.

use std::{
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, RecvTimeoutError};

use crate::{
    domain::{
        Actor, Change, Command, Record, Within, command::Outcome, decide::notice::NoteClockJump,
    },
    engine::{
        Limits, Picture, Position, Published, Submission, SubmitError,
        core::{Core, Decided},
        handle::Shared,
        mail::{Mail, Owed},
        past::Past,
        snapshots::Snapshots,
    },
    journal::{Journal, JournalError, Shortage},
    planted::{self, Planted},
};

/// Alerts whose deadlines are told before the commands of a turn get theirs.
const DEADLINES_PER_TURN: usize = 1_024;
/// How often the wall clock and the disk are looked at when nothing else happens.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A wall clock that moved by more than this between two looks was set, and did not merely drift.
const JUMP: Within = Within::from_seconds(2);

/// Whoever has it is the only one who changes anything.
pub struct Writer {
    pub(super) core: Core,
    pub(super) journal: Box<dyn Journal>,
    pub(super) snapshots: Snapshots,
    pub(super) mailbox: Receiver<Mail>,
    pub(super) shared: Arc<Shared>,
    pub(super) limits: Limits,
    /// As it was at the last look.
    pub(super) wall_offset: Within,
}

/// What one turn decided, held back until it is durable.
#[derive(Default)]
struct Turn {
    records: Vec<Record>,
    changes: Vec<Vec<Change>>,
    answers: Vec<(Owed<Outcome>, Result<Outcome, SubmitError>)>,
    pictures: Vec<Owed<Arc<Picture>>>,
}

impl Writer {
    /// Works until it is told to stop, nobody is left, or an append fails.
    pub fn run(mut self) {
        let worked = catch_unwind(AssertUnwindSafe(|| self.work()));
        self.end(worked.unwrap_or_else(|_| {
            Err(JournalError::OutcomeUnknown { cause: "the writer panicked".to_owned() })
        }));
    }

    /// One turn, without waiting for anything to do.
    ///
    /// # Errors
    /// When the append fails: there must be no further turn, only [`Writer::end`].
    pub fn turn(&mut self) -> Result<(), JournalError> {
        self.take_turn(None)
    }

    /// Whether it was told to stop, or nobody is left, and all that was asked is answered.
    pub fn is_done(&self) -> bool {
        self.shared.is_closed() && self.mailbox.is_empty()
    }

    /// The past as the next turn finds it, durable but for a turn that failed.
    pub fn past(&self) -> &Past {
        self.core.past()
    }

    /// Ends, and says why it did.
    pub fn end(mut self, ended: Result<(), JournalError>) {
        self.shared.close();
        match &ended {
            Ok(()) => self.snapshots.finish(&*self.journal, self.core.past()),
            Err(error) => tracing::error!(%error, "the writer ends"),
        }
        let shared = self.shared.clone();
        // The journal is closed before anybody hears that the writer has ended.
        drop(self);
        shared.end(ended);
    }

    fn work(&mut self) -> Result<(), JournalError> {
        while !self.is_done() {
            let first = self.wait();
            self.take_turn(first)?;
            self.snapshots.write_if_due(&*self.journal, self.core.past());
        }
        Ok(())
    }

    /// Sleeps until there is mail or something is due.
    fn wait(&self) -> Option<Mail> {
        let until_due = self.core.next_deadline().map(|at| self.shared.time.until(at));
        // What is due cannot be told while there is no room for it.
        let until_due = until_due.filter(|_| self.shared.shortage().is_none());
        let patience = until_due.unwrap_or(LOOK_EVERY).min(LOOK_EVERY);
        match self.mailbox.recv_timeout(patience) {
            Ok(mail) => Some(mail),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                self.shared.close();
                None
            }
        }
    }

    /// Takes all that waits, as far as one batch goes.
    fn take_turn(&mut self, first: Option<Mail>) -> Result<(), JournalError> {
        let waiting = first.into_iter().chain(self.mailbox.try_iter());
        let mail: Vec<Mail> = waiting.take(self.limits.batch_max).collect();
        metrics::gauge!("campus_dispatch_mailbox_depth").set(self.mailbox.len() as f64);
        let room = self.journal.room();
        self.shared.note_room(room);
        let mut turn = Turn::default();
        if room.is_ok() {
            self.note_clock_jump(&mut turn);
            self.tell_deadlines(&mut turn);
        }
        for mail in mail {
            self.take_up(mail, room, &mut turn);
        }
        if planted::has(Planted::AnswerBeforeDurable) {
            turn.answer();
        }
        if planted::has(Planted::PushBeforeDurable) {
            let records = turn.records.clone();
            self.publish(&mut turn);
            turn.records = records;
        }
        self.commit(&turn)?;
        self.publish(&mut turn);
        turn.answer();
        self.show(turn);
        Ok(())
    }

    fn note_clock_jump(&mut self, turn: &mut Turn) {
        let offset = self.shared.time.wall_offset();
        let by = Within::from_millis(offset.millis() - self.wall_offset.millis());
        self.wall_offset = offset;
        if by.millis().abs() <= JUMP.millis() {
            return;
        }
        let command = Command::NoteClockJump(NoteClockJump { by });
        let submission = Submission { actor: Actor::system(), id: None, command };
        if let Ok(decided) = self.core.step(&submission, self.shared.time.now()) {
            turn.hold(decided);
        }
    }

    fn tell_deadlines(&mut self, turn: &mut Turn) {
        let now = self.shared.time.now();
        for alert in self.core.due(now, DEADLINES_PER_TURN) {
            if let Some(decided) = self.core.tell_deadlines(alert, now) {
                turn.hold(decided);
            }
        }
    }

    fn take_up(&mut self, mail: Mail, room: Result<(), Shortage>, turn: &mut Turn) {
        match mail {
            Mail::Command(submission, mut owed) => {
                owed.take_up();
                let answer = match room {
                    Ok(()) => {
                        let decided = self.core.step(&submission, self.shared.time.now());
                        decided.map(|decided| turn.hold(decided))
                    }
                    Err(shortage) => self
                        .core
                        .recalled(&submission)
                        .and_then(|outcome| outcome.ok_or(SubmitError::DiskAlmostFull(shortage))),
                };
                turn.answers.push((owed, answer));
            }
            Mail::Picture(owed) => turn.pictures.push(owed),
            Mail::Wake => {}
        }
    }

    fn commit(&mut self, turn: &Turn) -> Result<(), JournalError> {
        if turn.records.is_empty() {
            return Ok(());
        }
        let started = Instant::now();
        let mut appended = self.journal.append(&turn.records);
        if appended.is_err() && planted::has(Planted::RetryAfterFailedSync) {
            appended = self.journal.append(&turn.records);
        }
        metrics::histogram!("campus_dispatch_commit_seconds").record(started.elapsed());
        metrics::histogram!("campus_dispatch_batch_records").record(turn.records.len() as f64);
        // Not ready before the first caller is told that the outcome is unknown.
        appended.map(|_| ()).inspect_err(|_| self.shared.close())
    }

    fn publish(&self, turn: &mut Turn) {
        let pairs = mem::take(&mut turn.records).into_iter().zip(mem::take(&mut turn.changes));
        let published: Vec<Arc<Published>> =
            pairs.map(|(record, changes)| Arc::new(Published { record, changes })).collect();
        for published in &published {
            self.shared.board.apply(published);
        }
        self.shared.feed.publish(published);
    }

    fn show(&self, turn: Turn) {
        if turn.pictures.is_empty() {
            return;
        }
        let state = self.core.state();
        let position = Position { epoch: self.shared.epoch.clone(), seq: state.seq };
        let picture = Picture::of(state, position, self.shared.time.now().max(state.last_at));
        let picture = Arc::new(picture);
        for owed in turn.pictures {
            owed.answer(Ok(picture.clone()));
        }
    }
}

impl Turn {
    fn answer(&mut self) {
        for (owed, answer) in self.answers.drain(..) {
            owed.answer(answer);
        }
    }

    fn hold(&mut self, decided: Decided) -> Outcome {
        self.records.extend(decided.records);
        self.changes.extend(decided.changes);
        decided.outcome
    }
}
