//! How a proof is made, beside a running server or without one.

use std::sync::Arc;

use super::{Proof, ProvedClock, ProvedPolicy, ProvedRecord};
use crate::{
    domain::{
        Alert, Event, Policy, Record, Timestamp,
        id::AlertId,
        policy::{PolicyRef, preset},
        record::Seq,
        retold::frozen_policy,
    },
    journal::{
        JournalError, JournalReader,
        chain::{Hash, StoredRecord},
        merkle, read_stored,
        seal::{Sealer, TreePath},
    },
};

/// How many records are read at once.
const READ: usize = 1_024;

/// What the line of a record that takes a policy in cannot be without.
const TAKES_POLICY: &str = r#""kind":"policy_"#;

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    #[error("there is no alert {alert} among the first {seq} records")]
    Unknown { alert: AlertId, seq: Seq },
    #[error("the policy {} v{} of the alert is in no record before it", policy.id, policy.version)]
    PolicyMissing { policy: PolicyRef },
    #[error("the alert's records cannot be followed")]
    Untold,
    #[error("the proof cannot be written: {0}")]
    Unwritable(#[from] serde_json::Error),
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// Proves an alert as of what the sealer has taken in. A clock that still runs is judged as of
/// `judged_at`.
///
/// # Errors
/// When the alert is unknown, or the journal cannot be read.
pub fn prove(
    reader: &dyn JournalReader,
    sealer: &Sealer,
    alert: AlertId,
    judged_at: Timestamp,
) -> Result<Proof, ProofError> {
    let seal = sealer.seal();
    let unknown = || ProofError::Unknown { alert, seq: seal.seq };
    let mut stored = reader.stored_of(Some(alert), 0, usize::MAX)?;
    stored.retain(|(_, record)| record.seq <= seal.seq);
    let path = sealer.path_of(alert).ok_or_else(unknown)?;
    let records: Vec<Record> = read_all(&stored)?;
    let first = records.first().ok_or_else(unknown)?;
    let reference = frozen_policy(first).ok_or(ProofError::Untold)?;
    let (policy, proved_policy) = policy(reader, sealer, reference, first.seq)?;
    let told = Alert::retold(&records, policy).ok_or(ProofError::Untold)?;
    let clocks = told.derivations(&records, judged_at).iter().map(ProvedClock::from).collect();
    Ok(Proof {
        alert,
        records: stored.into_iter().map(ProvedRecord::of).collect(),
        path,
        policy: proved_policy,
        judged_at,
        verdict: told.verdict(judged_at),
        clocks,
        seal,
    })
}

fn read_all(stored: &[(Hash, StoredRecord)]) -> Result<Vec<Record>, JournalError> {
    let read = |(before, one): &(Hash, StoredRecord)| {
        read_stored(*before, one).map_err(|broken| broken.in_file("journal".as_ref()))
    };
    stored.iter().map(read).collect()
}

/// The policy of that name as the state would have found it: the shipped one, else the first
/// adopted before the alert, else the first filed.
fn policy(
    reader: &dyn JournalReader,
    sealer: &Sealer,
    reference: &PolicyRef,
    before: Seq,
) -> Result<(Arc<Policy>, ProvedPolicy), ProofError> {
    if let Some(policy) = shipped(reference) {
        return Ok((policy.clone(), ProvedPolicy::Release { policy }));
    }
    let mut leaves = Vec::new();
    let mut adopted = None;
    let mut filed = None;
    let mut after = 0;
    loop {
        let stored = reader.stored_of(None, after, READ)?;
        let Some((_, last)) = stored.last() else { break };
        after = last.seq;
        for (hash, record) in stored {
            if record.seq > sealer.seq() {
                break;
            }
            let index = leaves.len();
            leaves.push(merkle::leaf(record.hash));
            if record.seq >= before || !record.line.contains(TAKES_POLICY) {
                continue;
            }
            let read =
                read_stored(hash, &record).map_err(|broken| broken.in_file("journal".as_ref()))?;
            let (place, policy) = match read.event {
                Event::PolicyAdopted { policy } => (&mut adopted, policy),
                Event::PolicyFiled { policy } => (&mut filed, policy),
                _ => continue,
            };
            if policy.reference() == *reference && place.is_none() {
                *place = Some((index, Arc::new(*policy), ProvedRecord::of((hash, record))));
            }
        }
    }
    let missing = || ProofError::PolicyMissing { policy: reference.clone() };
    let (index, policy, record) = adopted.or(filed).ok_or_else(missing)?;
    let path = merkle::path(&leaves, index);
    let path = TreePath { index: index as u64, size: leaves.len() as u64, path };
    let path_apart = sealer.path_apart();
    Ok((policy, ProvedPolicy::Journal { record, path, path_apart }))
}

/// The policy in force before any is adopted.
pub(super) fn shipped(reference: &PolicyRef) -> Option<Arc<Policy>> {
    let policy = preset::preset(preset::DEFAULT)?;
    (policy.reference() == *reference).then(|| Arc::new(policy))
}
