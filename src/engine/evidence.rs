//! The seal of the history and proofs of single alerts, made beside the writer from its journal.

use std::sync::{Arc, Mutex, PoisonError};

use crate::{
    domain::{Seq, Timestamp, id::AlertId},
    engine::Engine,
    journal::{
        JournalError, JournalReader,
        proof::{self, ProofError},
        seal::{Seal, Sealer},
    },
};

/// What is kept of the history to seal it: a hash per alert, read on from where it was.
pub(super) struct Evidence {
    reader: Arc<dyn JournalReader>,
    sealer: Mutex<Sealer>,
}

impl Evidence {
    pub fn new(reader: Arc<dyn JournalReader>) -> Self {
        Self { reader, sealer: Mutex::default() }
    }

    /// The seal up to a record at least; the first takes a look at every hash of the journal.
    pub fn seal(&self, to: Seq) -> Result<Seal, JournalError> {
        self.sealer_at(to).map(|sealer| sealer.seal())
    }

    /// The file that proves an alert as of now.
    pub fn prove(&self, alert: AlertId, to: Seq, now: Timestamp) -> Result<Vec<u8>, ProofError> {
        let sealer = self.sealer_at(to)?;
        Ok(proof::prove(&*self.reader, &sealer, alert, now)?.to_file()?)
    }

    /// The hash of a durable record.
    pub fn hash_at(&self, seq: Seq) -> Result<Option<String>, JournalError> {
        self.reader.hash_at(seq)
    }

    /// A copy, so that nobody waits while a proof is made.
    fn sealer_at(&self, to: Seq) -> Result<Sealer, JournalError> {
        let mut sealer = self.sealer.lock().unwrap_or_else(PoisonError::into_inner);
        sealer.read_on(&*self.reader, to)?;
        Ok(sealer.clone())
    }
}

impl Engine {
    /// The seal of the durable history: one digest that answers for every record of it.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub async fn seal(&self) -> Result<Seal, JournalError> {
        let (evidence, to) = (self.shared().evidence.clone(), self.position().seq);
        self.beside(move || evidence.seal(to)).await?
    }

    /// The hash of the record at `seq`, which every later record's hash rests on; `None` beyond the
    /// head. Reads the journal: not for a thread that serves sockets.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn hash_at(&self, seq: Seq) -> Result<Option<String>, JournalError> {
        self.shared().evidence.hash_at(seq)
    }

    /// A file that proves an alert as it stands, to be checked elsewhere.
    ///
    /// # Errors
    /// When the alert is unknown, or the journal cannot be read.
    pub async fn prove(&self, alert: AlertId) -> Result<Vec<u8>, ProofError> {
        let (evidence, to, now) = (self.shared().evidence.clone(), self.position().seq, self.now());
        self.beside(move || evidence.prove(alert, to, now)).await?
    }
}
