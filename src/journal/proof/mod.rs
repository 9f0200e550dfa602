//! One alert's records in a file that another machine can check without the journal.
//!
//! # What a proof that checks out shows
//! With the digest of a [`Seal`] that was known from elsewhere (noted by `journal verify`, printed
//! under a report, or made again from a backup):
//! - each record is, byte for byte, the one that stood at its place in the sealed history, with
//!   who, when and what;
//! - none of the alert's records up to the seal is left out, and none is added;
//! - the policy is the one that was in the journal, or the one that ships with the software;
//! - the verdict of every clock follows from those records by the domain's own rules.
//!
//! # What it does not show
//! - Without a digest from elsewhere it shows only that the file fits together: who can write a
//!   whole new journal can also make a proof of it.
//! - Nothing of what happened after the seal.
//! - Not that what people told the system was true.
//!
//! The file holds the records as they are, callers' numbers included.

mod check;
mod make;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

pub use check::{Checked, Flaw, check};
pub use make::{ProofError, prove};

use super::{
    chain::{Hash, StoredRecord},
    seal::{Seal, TreePath},
};
use crate::domain::{
    Policy, Timestamp, Verdict, Within,
    derivation::{Derivation, Mark},
    id::{AlertId, RuleId},
    record::Seq,
};

/// The version of the file this release writes, and the newest it reads.
pub const FORMAT: u32 = 1;

/// The file: its version, SHA-256 over the bytes of `proof` as they stand, and the proof.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    campus_dispatch_proof: u32,
    sha256: Hash,
    proof: Box<RawValue>,
}

/// What is proved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    pub alert: AlertId,
    /// Up to where the history is taken in.
    pub seal: Seal,
    /// All of the alert's records up to the seal.
    pub records: Vec<ProvedRecord>,
    /// From the alert to the seal.
    pub path: TreePath,
    pub policy: ProvedPolicy,
    /// As of when a clock that still ran was judged.
    pub judged_at: Timestamp,
    /// The governing clock's.
    pub verdict: Verdict,
    /// The governing one first.
    pub clocks: Vec<ProvedClock>,
}

/// A record as it is stored: its hash is SHA-256 over `before` and the bytes of `line`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvedRecord {
    pub seq: Seq,
    pub before: Hash,
    pub line: String,
}

/// Where the policy comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case", deny_unknown_fields)]
pub enum ProvedPolicy {
    /// It ships with the software.
    Release { policy: Arc<Policy> },
    /// A record took it in; `path` leads from it to the root over all records that touch no alert,
    /// and `path_apart` from there to the seal.
    Journal { record: ProvedRecord, path: TreePath, path_apart: TreePath },
}

/// What a clock came to, and the records it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvedClock {
    pub rule: RuleId,
    pub governing: bool,
    pub verdict: Verdict,
    #[serde(rename = "limit_ms")]
    pub limit: Within,
    #[serde(rename = "elapsed_ms")]
    pub elapsed: Option<Within>,
    pub start: Option<ProvedMark>,
    pub end: Option<ProvedMark>,
    pub corrected: bool,
}

/// An instant with the record it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvedMark {
    pub seq: Seq,
    pub at: Timestamp,
}

impl From<&Derivation> for ProvedClock {
    fn from(derived: &Derivation) -> Self {
        let mark = |mark: Mark| ProvedMark { seq: mark.seq, at: mark.at };
        Self {
            rule: derived.rule.id.clone(),
            governing: derived.rule.governing,
            verdict: derived.reading.verdict,
            limit: derived.reading.limit,
            elapsed: derived.reading.elapsed,
            start: derived.start.map(mark),
            end: derived.end.map(mark),
            corrected: derived.reading.corrected,
        }
    }
}

impl ProvedRecord {
    fn of((before, stored): (Hash, StoredRecord)) -> Self {
        Self { seq: stored.seq, before, line: stored.line }
    }
}

impl Proof {
    /// The file's bytes.
    ///
    /// # Errors
    /// When something in it has no written form.
    pub fn to_file(&self) -> serde_json::Result<Vec<u8>> {
        let proof = RawValue::from_string(serde_json::to_string(self)?)?;
        seal_file(proof)
    }
}

fn seal_file(proof: Box<RawValue>) -> serde_json::Result<Vec<u8>> {
    let sha256 = Hash(Sha256::digest(proof.get()).into());
    let mut bytes = serde_json::to_vec(&Envelope { campus_dispatch_proof: FORMAT, sha256, proof })?;
    bytes.push(b'\n');
    Ok(bytes)
}
