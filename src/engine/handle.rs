//! What the other floors hold of the engine.

use std::sync::Arc;

use crate::{
    domain::{
        Actor, Command, Rejection, Seq,
        alert::Alert,
        command::Outcome,
        id::{AlertId, CommandId},
        record::Record,
    },
    engine::{Board, Feed, Limits, Picture, clock::Clock},
    journal::{Epoch, Journal, JournalError, snapshot::SnapshotStore},
};

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
    /// The engine is stopping; nothing was done.
    #[error("the engine has stopped")]
    Stopped,
}

/// The handle. Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    // ENGINE-HELPER: private fields
}

impl Engine {
    /// Replays the journal (from the newest usable snapshot on), starts the writer's thread and
    /// returns once the board stands. `progress` is called now and then with how many records are
    /// replayed and how many there are.
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
        let _ = (journal, snapshots, clock, limits, progress);
        unimplemented!()
    }

    /// Submits a command and waits until its outcome is durable.
    ///
    /// # Errors
    /// See [`SubmitError`]; only [`SubmitError::OutcomeUnknown`] leaves open whether it happened.
    pub async fn submit(&self, submission: Submission) -> Result<Outcome, SubmitError> {
        let _ = submission;
        unimplemented!()
    }

    /// The durable state, for reading.
    pub fn board(&self) -> &Board {
        unimplemented!()
    }

    /// The records as they become durable.
    pub fn feed(&self) -> &Feed {
        unimplemented!()
    }

    /// A whole picture of the board at one instant of the writer, with its position: what the feed
    /// brings after that position continues it without a gap.
    ///
    /// # Errors
    /// [`SubmitError::Stopped`] or [`SubmitError::Overloaded`].
    pub async fn picture(&self) -> Result<Picture, SubmitError> {
        unimplemented!()
    }

    /// The durable head.
    pub fn position(&self) -> Position {
        unimplemented!()
    }

    /// Server time: never behind the last record, moved by monotonic time.
    pub fn now(&self) -> crate::domain::Timestamp {
        unimplemented!()
    }

    /// Every record of one alert, from the journal.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn records_of(&self, alert: AlertId) -> Result<Vec<Record>, JournalError> {
        let _ = alert;
        unimplemented!()
    }

    /// Whether commands are taken: false once an append failed or the engine stops.
    pub fn is_ready(&self) -> bool {
        unimplemented!()
    }

    /// Resolves when the writer has stopped; the error says why, if it was not asked to.
    pub async fn stopped(&self) -> Result<(), JournalError> {
        unimplemented!()
    }

    /// Finishes what waits, writes a snapshot, closes the journal.
    pub async fn stop(&self) {
        unimplemented!()
    }
}
