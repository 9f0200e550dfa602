//! What the other floors ask of the past.

use std::{sync::Arc, thread};

use super::{Mark, Standing, Stretch};
use crate::{
    domain::{Seq, Timestamp},
    engine::Engine,
    journal::JournalError,
};

impl Engine {
    /// The board as it stood at an instant.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn board_at(&self, at: Timestamp) -> Result<Arc<Standing>, JournalError> {
        let (hindsight, head) = (self.shared().hindsight.clone(), self.position().seq);
        self.beside(move || hindsight.at(at, head)).await?
    }

    /// Up to `max` records after `after` that were made no later than `until` and changed the
    /// board.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn records_since(
        &self,
        after: Seq,
        until: Timestamp,
        max: usize,
    ) -> Result<Stretch, JournalError> {
        let (hindsight, head) = (self.shared().hindsight.clone(), self.position().seq);
        self.beside(move || hindsight.after(after, until, max, head)).await?
    }

    /// Up to `max` marks from `from` to `to`, and whether those are all.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn marks(
        &self,
        from: Timestamp,
        to: Timestamp,
        max: usize,
    ) -> Result<(Vec<Mark>, bool), JournalError> {
        let (hindsight, head) = (self.shared().hindsight.clone(), self.position().seq);
        self.beside(move || hindsight.marks(from, to, max, head)).await?
    }

    /// The instant of the first record; `None` in an empty history.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn beginning(&self) -> Result<Option<Timestamp>, JournalError> {
        let hindsight = self.shared().hindsight.clone();
        self.beside(move || hindsight.beginning()).await?
    }

    /// Begins to go through the history, so that every look back is quick. Where that cannot begin,
    /// the first looks are slower.
    pub fn prepare_hindsight(&self) {
        let hindsight = self.shared().hindsight.clone();
        let thread = thread::Builder::new().name("hindsight".to_owned());
        if let Err(error) = thread.spawn(move || hindsight.prepare()) {
            tracing::warn!(%error, "the past is not prepared");
        }
    }
}
