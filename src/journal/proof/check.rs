//! How a proof is checked: without the journal, by the same rules.

use std::sync::Arc;

use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::{Envelope, FORMAT, Proof, ProvedClock, ProvedPolicy, ProvedRecord, make, seal_file};
use crate::{
    domain::{Alert, Event, Policy, Record, policy::PolicyRef, record::Seq, retold::frozen_policy},
    journal::{
        chain::{Break, Chain, Hash, StoredRecord},
        seal,
    },
};

/// A proof that checks out.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub proof: Proof,
    pub records: Vec<Record>,
    /// As the records leave it.
    pub alert: Alert,
}

/// Why a proof does not check out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    #[error("it is not a proof of campus-dispatch: {0}")]
    NotAProof(String),
    #[error("it was written by a newer release (format {found}, and this release reads up to {known}); use the newer release", known = FORMAT)]
    Newer { found: u32 },
    #[error("its bytes are not those that were written: the checksum differs")]
    Changed,
    #[error("record {seq} is not what was written: {what}")]
    Record { seq: Seq, what: String },
    #[error("record {seq} does not follow record {before}")]
    Order { before: Seq, seq: Seq },
    #[error("the records do not lead to the sealed history: one is changed, missing or added")]
    Seal,
    #[error("the policy does not lead to the sealed history, or is not the one the alert froze")]
    Policy,
    #[error("the policy is told to ship with the software, and this release ships another")]
    PolicyOfRelease,
    #[error("the records do not tell one alert from its beginning")]
    Story,
    #[error("the verdict told is not the one that follows from the records")]
    Verdict,
}

/// Checks a file and tells what it proves.
///
/// # Errors
/// The first flaw found.
pub fn check(file: &[u8]) -> Result<Checked, Flaw> {
    let proof = open(file)?;
    let records = chained(&proof.records)?;
    let hashes = proof.records.iter().map(|record| (record.seq, record.hash()));
    let is_sealed = proof.seal.is_over(seal::alert_hash(hashes), &proof.path);
    let ends_within = records.last().is_some_and(|last| last.seq <= proof.seal.seq);
    let is_of_alert = proof.path.index == u64::from(proof.alert.0);
    if !is_sealed || !ends_within || !is_of_alert {
        return Err(Flaw::Seal);
    }
    let first = records.first().ok_or(Flaw::Story)?;
    let reference = frozen_policy(first).ok_or(Flaw::Story)?;
    let policy = policy(&proof, reference, first.seq)?;
    let alert = Alert::retold(&records, policy).filter(|alert| alert.id == proof.alert);
    let alert = alert.ok_or(Flaw::Story)?;
    let derived = alert.derivations(&records, proof.judged_at);
    let clocks: Vec<ProvedClock> = derived.iter().map(ProvedClock::from).collect();
    if clocks != proof.clocks || alert.verdict(proof.judged_at) != proof.verdict {
        return Err(Flaw::Verdict);
    }
    Ok(Checked { proof, records, alert })
}

/// The proof in a file that is, byte for byte, as it would be written.
fn open(file: &[u8]) -> Result<Proof, Flaw> {
    let not_a_proof = |error: serde_json::Error| Flaw::NotAProof(error.to_string());
    let envelope: Envelope = serde_json::from_slice(file).map_err(not_a_proof)?;
    if envelope.campus_dispatch_proof > FORMAT {
        return Err(Flaw::Newer { found: envelope.campus_dispatch_proof });
    }
    if Hash(Sha256::digest(envelope.proof.get()).into()) != envelope.sha256 {
        return Err(Flaw::Changed);
    }
    let proof: Proof = serde_json::from_str(envelope.proof.get()).map_err(not_a_proof)?;
    let again: Box<RawValue> = envelope.proof;
    match seal_file(again) {
        Ok(bytes) if bytes == file => Ok(proof),
        _ => Err(Flaw::Changed),
    }
}

/// Reads the records, each by its own hash and, where one follows directly, by the one before.
fn chained(proved: &[ProvedRecord]) -> Result<Vec<Record>, Flaw> {
    let mut last: Option<(Seq, Hash)> = None;
    let mut records = Vec::with_capacity(proved.len());
    for one in proved {
        if let Some((before, hash)) = last {
            let follows = one.seq > before && (one.seq > before + 1 || one.before == hash);
            if !follows {
                return Err(Flaw::Order { before, seq: one.seq });
            }
        }
        records.push(one.read()?);
        last = Some((one.seq, one.hash()));
    }
    Ok(records)
}

fn policy(proof: &Proof, reference: &PolicyRef, before: Seq) -> Result<Arc<Policy>, Flaw> {
    match &proof.policy {
        ProvedPolicy::Release { policy } => {
            let shipped = make::shipped(reference).ok_or(Flaw::Policy)?;
            if shipped == *policy { Ok(shipped) } else { Err(Flaw::PolicyOfRelease) }
        }
        ProvedPolicy::Journal { record, path, path_apart } => {
            let apart = path.root_over(record.hash()).ok_or(Flaw::Policy)?;
            let apart = seal::apart_hash(path.size, apart);
            let leads = proof.seal.is_over(apart, path_apart) && path_apart.index == 0;
            let policy = match record.read()?.event {
                Event::PolicyAdopted { policy } | Event::PolicyFiled { policy } => policy,
                _ => return Err(Flaw::Policy),
            };
            let is_it = policy.reference() == *reference && record.seq < before;
            if leads && is_it { Ok(Arc::new(*policy)) } else { Err(Flaw::Policy) }
        }
    }
}

impl ProvedRecord {
    fn hash(&self) -> Hash {
        self.before.followed_by(&self.line)
    }

    /// The record, which must be at the place it says.
    fn read(&self) -> Result<Record, Flaw> {
        let hash = self.hash();
        let mut stored = StoredRecord { seq: self.seq, alert: None, line: self.line.clone(), hash };
        let mut chain = Chain::after(self.seq.saturating_sub(1), self.before);
        let read = chain.salvage(&mut stored);
        read.map_err(|broken| match broken {
            Break::Altered { seq, what } => Flaw::Record { seq, what },
            Break::Newer { found } => Flaw::Newer { found },
        })
    }
}
