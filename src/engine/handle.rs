//! What the other floors hold of the engine.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use crossbeam_channel::{Sender, TrySendError};
use tokio::sync::watch;

use crate::{
    domain::{
        Actor, Command, Rejection, Seq, Timestamp, Within,
        alert::Alert,
        command::Outcome,
        id::{AlertId, CommandId},
        record::Record,
    },
    engine::{
        Board, Feed, Limits, Picture,
        clock::{Clock, ServerTime},
        core::Core,
        evidence::Evidence,
        hindsight::Hindsight,
        mail::{Awaited, Mail, Owed},
        replay::replay,
        snapshots::Snapshots,
        writer::Writer,
    },
    journal::{Epoch, Journal, JournalError, JournalReader, Shortage, snapshot::SnapshotStore},
};

/// How many records of the journal are read at once where some are looked for.
const READ_STEP: Seq = 1_024;

/// A place in one history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    pub epoch: Epoch,
    pub seq: Seq,
}

/// A command on its way to the writer.
#[derive(Clone, Debug)]
pub struct Submission {
    pub actor: Actor,
    /// The caller's own id for it. The same id from the same account with the same content is
    /// applied once and answered alike, also after a restart.
    pub id: Option<CommandId>,
    pub command: Command,
}

/// Why a command has no outcome.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SubmitError {
    /// The rules refuse it. `alert` is how the alert it names stands, where it names one.
    #[error("refused: {}", rejection.code())]
    Rejected { rejection: Rejection, alert: Option<Arc<Alert>> },
    /// The same command id came with another content before.
    #[error("the command id was used for another command")]
    IdReused,
    /// Too much waits already; nothing was done.
    #[error("the mailbox is full")]
    Overloaded,
    /// The append failed after it was decided: whether it counts is settled by the next start.
    #[error("the outcome is unknown")]
    OutcomeUnknown,
    /// The rules broke down over this command; nothing was done.
    #[error("the command failed inside the rules")]
    Failed,
    /// The disk has no room for more records; nothing was done.
    #[error(transparent)]
    DiskAlmostFull(#[from] Shortage),
    /// The engine is stopping; nothing was done.
    #[error("the engine has stopped")]
    Stopped,
}

/// The handle. Cheap to clone. When the last one is dropped the engine stops by itself.
#[derive(Clone)]
pub struct Engine {
    door: Arc<Door>,
}

/// What the handles share. The writer does not hold it, so it sees when nobody is left.
struct Door {
    mailbox: Sender<Mail>,
    shared: Arc<Shared>,
}

/// What the handles and the writer share.
pub(super) struct Shared {
    pub board: Board,
    pub feed: Feed,
    pub epoch: Epoch,
    pub time: ServerTime,
    reader: Arc<dyn JournalReader>,
    pub evidence: Arc<Evidence>,
    pub hindsight: Arc<Hindsight>,
    closed: AtomicBool,
    shortage: Mutex<Option<Shortage>>,
    ended: watch::Sender<Option<Result<(), JournalError>>>,
}

impl Engine {
    /// [`Engine::open`]s and starts the writer's thread.
    ///
    /// # Errors
    /// When the journal cannot be read or is damaged.
    pub fn start(
        journal: Box<dyn Journal>,
        snapshots: Option<SnapshotStore>,
        clock: Arc<dyn Clock>,
        limits: Limits,
        progress: &mut dyn FnMut(Seq, Seq),
    ) -> Result<Self, JournalError> {
        let (engine, writer) = Self::open(journal, snapshots, clock, limits, progress)?;
        let thread = thread::Builder::new().name("writer".to_owned());
        thread.spawn(move || writer.run()).map_err(|error| JournalError::Storage {
            path: "writer".into(),
            cause: format!("its thread does not start: {error}"),
        })?;
        Ok(engine)
    }

    /// Replays the journal (from the newest usable snapshot on) and returns once the board stands,
    /// with the writer, which whoever has it must give its turns. `progress` is called now and then
    /// with how many records are replayed and how many there are.
    ///
    /// # Errors
    /// When the journal cannot be read or is damaged.
    pub fn open(
        journal: Box<dyn Journal>,
        snapshots: Option<SnapshotStore>,
        clock: Arc<dyn Clock>,
        limits: Limits,
        progress: &mut dyn FnMut(Seq, Seq),
    ) -> Result<(Self, Writer), JournalError> {
        let reader: Arc<dyn JournalReader> = journal.reader()?.into();
        let (past, kept) = replay(&*journal, &*reader, snapshots.as_ref(), progress)?;
        let (mailbox, incoming) = crossbeam_channel::bounded(limits.mailbox_max);
        let shared = Arc::new(Shared {
            board: Board::of(&past.state),
            feed: Feed::new(past.state.seq, limits.ring_max),
            epoch: journal.epoch().clone(),
            time: ServerTime::from(clock.clone(), past.state.last_at),
            evidence: Arc::new(Evidence::new(reader.clone())),
            hindsight: Arc::new(Hindsight::new(reader.clone())),
            reader,
            closed: AtomicBool::new(false),
            shortage: Mutex::new(journal.room().err()),
            ended: watch::Sender::new(None),
        });
        let writer = Writer {
            core: Core::new(past),
            snapshots: Snapshots::new(snapshots, limits.snapshot_every, kept),
            journal,
            mailbox: incoming,
            shared: shared.clone(),
            limits,
            wall_offset: Within::default(),
        };
        let door = Arc::new(Door { mailbox, shared });
        let left = Arc::downgrade(&door);
        clock.on_move(Box::new(move || {
            if let Some(door) = left.upgrade() {
                door.wake();
            }
        }));
        Ok((Self { door }, writer))
    }

    /// Submits a command and waits until its outcome is durable. A caller that stops waiting does
    /// not take the command back.
    ///
    /// # Errors
    /// See [`SubmitError`]; only [`SubmitError::OutcomeUnknown`] leaves open whether it happened.
    pub async fn submit(&self, submission: Submission) -> Result<Outcome, SubmitError> {
        let verb = submission.command.verb();
        let (owed, awaited) = Owed::new();
        let outcome = match self.send(Mail::Command(Box::new(submission), owed)) {
            Ok(()) => self.answer(awaited).await,
            Err(error) => Err(error),
        };
        let label = outcome_label(&outcome);
        metrics::counter!("campus_dispatch_commands_total", "verb" => verb, "outcome" => label)
            .increment(1);
        outcome
    }

    /// The durable state, for reading.
    pub fn board(&self) -> &Board {
        &self.door.shared.board
    }

    /// The records as they become durable.
    pub fn feed(&self) -> &Feed {
        &self.door.shared.feed
    }

    /// A whole picture of the board at one instant of the writer, with its position: what the feed
    /// brings after that position continues it without a gap.
    ///
    /// # Errors
    /// [`SubmitError::Stopped`] or [`SubmitError::Overloaded`].
    pub async fn picture(&self) -> Result<Picture, SubmitError> {
        let (owed, awaited) = Owed::new();
        self.send(Mail::Picture(owed))?;
        self.answer(awaited).await.map(Arc::unwrap_or_clone)
    }

    /// The durable head.
    pub fn position(&self) -> Position {
        let Shared { epoch, feed, .. } = &*self.door.shared;
        Position { epoch: epoch.clone(), seq: feed.position() }
    }

    /// Server time: never behind the last record, moved by monotonic time.
    pub fn now(&self) -> Timestamp {
        self.door.shared.time.now()
    }

    /// How long, in real time, until server time reaches `at`; zero when it has.
    pub fn until(&self, at: Timestamp) -> Duration {
        self.door.shared.time.until(at)
    }

    /// Asks for a call whenever server time is moved otherwise than by passing, for whoever sleeps on
    /// an [`until`](Self::until).
    pub fn on_clock_move(&self, wake: Box<dyn Fn() + Send + Sync>) {
        self.door.shared.time.on_move(wake);
    }

    /// Every record of one alert, from the journal.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn records_of(&self, alert: AlertId) -> Result<Vec<Record>, JournalError> {
        let reader = self.door.shared.reader.clone();
        self.beside(move || reader.records_of(alert)).await?
    }

    /// Up to `max` records before a position that are asked for, the newest first; none is older
    /// than `since`.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn records_before(
        &self,
        before: Seq,
        since: Option<Timestamp>,
        max: usize,
        is_asked_for: impl Fn(&Record) -> bool + Send + 'static,
    ) -> Result<Vec<Record>, JournalError> {
        let reader = self.door.shared.reader.clone();
        let read = move || {
            let (mut asked_for, mut before) = (Vec::new(), before);
            // Step by step: a page of a long journal ends long before the journal does.
            while before > 1 && asked_for.len() < max {
                let after = (before - 1).saturating_sub(READ_STEP);
                let step = reader.read_some(after, (before - 1 - after) as usize)?;
                let is_old = |record: &Record| since.is_some_and(|since| record.at < since);
                // No record is older than the one before it, so nothing further back is wanted.
                let is_end = step.first().is_none_or(is_old);
                let wanted = |record: &Record| !is_old(record) && is_asked_for(record);
                asked_for.extend(step.into_iter().rev().filter(wanted));
                if is_end {
                    break;
                }
                before = after + 1;
            }
            asked_for.truncate(max);
            Ok(asked_for)
        };
        self.beside(read).await?
    }

    /// What the handles and the writer share.
    pub(super) fn shared(&self) -> &Shared {
        &self.door.shared
    }

    /// Reads the journal where nobody else has to wait for it.
    pub(super) async fn beside<T: Send + 'static>(
        &self,
        read: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JournalError> {
        tokio::task::spawn_blocking(read).await.map_err(|error| JournalError::Storage {
            path: "journal".into(),
            cause: error.to_string(),
        })
    }

    /// Whether commands are taken: false once an append failed or the engine stops.
    pub fn is_ready(&self) -> bool {
        !self.door.shared.is_closed()
    }

    /// Why nothing can be written at the moment, though everything can be read; it passes by
    /// itself once there is space.
    pub fn shortage(&self) -> Option<Shortage> {
        self.door.shared.shortage()
    }

    /// Resolves when the writer has stopped; the error says why, if it was not asked to.
    pub async fn stopped(&self) -> Result<(), JournalError> {
        let mut ended = self.door.shared.ended.subscribe();
        let ended = ended.wait_for(Option::is_some).await;
        ended.ok().and_then(|ended| ended.clone()).unwrap_or(Ok(()))
    }

    /// Finishes what waits, writes a snapshot, closes the journal.
    pub async fn stop(&self) {
        self.door.shared.close();
        self.door.wake();
        // Why it ended is for `stopped` to tell.
        let _ = self.stopped().await;
    }

    /// An answer owed is always given. What the writer has left lying in the mailbox when it ends was
    /// never taken up.
    async fn answer<T>(&self, mut awaited: Awaited<T>) -> Result<T, SubmitError> {
        let mut ended = self.door.shared.ended.subscribe();
        tokio::select! {
            biased;
            answer = &mut awaited => answer.unwrap_or(Err(SubmitError::OutcomeUnknown)),
            _ = ended.wait_for(Option::is_some) => {
                awaited.try_recv().unwrap_or(Err(SubmitError::Stopped))
            }
        }
    }

    fn send(&self, mail: Mail) -> Result<(), SubmitError> {
        if !self.is_ready() {
            return Err(SubmitError::Stopped);
        }
        self.door.mailbox.try_send(mail).map_err(|error| match error {
            TrySendError::Full(_) => SubmitError::Overloaded,
            TrySendError::Disconnected(_) => SubmitError::Stopped,
        })
    }
}

impl Door {
    /// Makes the writer look around. One that has a full mailbox does so anyway.
    fn wake(&self) {
        let _ = self.mailbox.try_send(Mail::Wake);
    }
}

impl Shared {
    /// Takes no more commands.
    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }

    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    pub fn shortage(&self) -> Option<Shortage> {
        *self.shortage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes whether there is room, and tells when that changes.
    pub fn note_room(&self, room: Result<(), Shortage>) {
        let mut noted = self.shortage.lock().unwrap_or_else(PoisonError::into_inner);
        match (&room, &*noted) {
            (Err(shortage), None) => tracing::error!(%shortage, "read-only"),
            (Ok(()), Some(_)) => tracing::info!("there is space again; writing goes on"),
            _ => {}
        }
        *noted = room.err();
    }

    /// The writer has ended.
    pub fn end(&self, why: Result<(), JournalError>) {
        self.ended.send_replace(Some(why));
    }
}

fn outcome_label(outcome: &Result<Outcome, SubmitError>) -> &'static str {
    match outcome {
        Ok(Outcome { seq: 0, .. }) => "unchanged",
        Ok(_) => "done",
        Err(SubmitError::Rejected { .. }) => "rejected",
        Err(SubmitError::IdReused) => "id_reused",
        Err(SubmitError::Overloaded) => "overloaded",
        Err(SubmitError::DiskAlmostFull(_)) => "disk_almost_full",
        Err(SubmitError::OutcomeUnknown) => "unknown",
        Err(SubmitError::Failed) => "failed",
        Err(SubmitError::Stopped) => "stopped",
    }
}
