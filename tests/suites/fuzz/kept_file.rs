//! What is kept in files and read again: other systems' records with their mapping, the snapshot of
//! a state, and the proof of an alert.

use campus_dispatch::{
    cli::{
        self,
        history::{Mapping, read},
    },
    domain::Timestamp,
    engine::{Limits, SNAPSHOT_FORMAT},
    journal::{
        proof::{self, prove},
        seal::Sealer,
        snapshot::{MemoryFile, SnapshotStore},
    },
};
use sha2::{Digest, Sha256};
use tokio::runtime::Runtime;

use super::fuzz;
use crate::{
    domain::centre::Centre as Story,
    engine::{centre::Centre, replay::a_day},
    evidence::story::{journal_of, late_and_corrected},
};

/// Between a mapping and the file it is for.
const APART: &[u8] = b"\n--8<--\n";

/// A mapping and a file, where an input holds both.
fn taken_apart(input: &[u8]) -> Option<(&str, &[u8])> {
    let at = input.windows(APART.len()).position(|window| window == APART)?;
    Some((std::str::from_utf8(&input[..at]).ok()?, &input[at + APART.len()..]))
}

#[test]
fn other_systems_records_are_read_or_refused() {
    let per_unit = include_str!("../../data/mappings/example-per-unit.toml");
    let district = include_str!("../../data/mappings/example-district.toml");
    let dirt = include_bytes!("../../data/history/dirt.csv");
    let gbk = include_bytes!("../../data/history/example-district-gbk.csv");
    let both = |mapping: &str, file: &[u8]| [mapping.as_bytes(), APART, file].concat();
    let examples = vec![dirt.to_vec(), both(per_unit, dirt), both(district, gbk)];
    let usual = Mapping::parse(per_unit).expect("a mapping");
    let now = Timestamp::parse("2026-11-24T00:00:00.000Z").expect("an instant");
    fuzz("history", examples, move |input| {
        let reads = |mapping: &Mapping, file: &[u8]| match read(
            file,
            mapping,
            cli::limits::Limits::default(),
            now,
        ) {
            Ok(report) => {
                let told = report.calls.len() + report.bad_rows.len();
                assert!(told as u64 <= report.rows, "{told} of {} rows", report.rows);
            }
            Err(fault) => assert!(!fault.to_string().is_empty()),
        };
        match taken_apart(input) {
            None => reads(&usual, input),
            Some((mapping, file)) => match Mapping::parse(mapping) {
                Ok(mapping) => reads(&mapping, file),
                Err(error) => assert!(!error.to_string().is_empty()),
            },
        }
    });
}

#[test]
fn a_start_comes_to_the_same_whatever_the_snapshot_holds() {
    let runtime = Runtime::new().expect("a runtime");
    let file = MemoryFile::default();
    let store = SnapshotStore::in_memory(file.clone(), SNAPSHOT_FORMAT);
    let (mut centre, position) = runtime.block_on(async {
        let centre = Centre::with(Limits::default(), Some(store)).await;
        a_day(&centre).await;
        let position = centre.engine.position().seq;
        centre.engine.stop().await;
        (centre, position)
    });
    let written = file.lock().expect("no panic").clone().expect("a snapshot");
    let alerts = centre.engine.board().alerts_before(None).count();
    fuzz("snapshot", vec![written], move |input| {
        *file.lock().expect("no panic") = Some(input.to_vec());
        runtime.block_on(async {
            centre.start_again();
            assert_eq!(centre.engine.position().seq, position);
            assert_eq!(centre.engine.board().alerts_before(None).count(), alerts);
            centre.engine.stop().await;
        });
    });
}

/// The file of a forger who makes the checksum again.
fn with_checksum(proof: &[u8]) -> Vec<u8> {
    let sha256 = hex::encode(Sha256::digest(proof));
    let begin = format!("{{\"campus_dispatch_proof\":1,\"sha256\":\"{sha256}\",\"proof\":");
    [begin.as_bytes(), proof, b"}\n"].concat()
}

#[test]
fn a_proof_under_a_known_seal_proves_what_was_written_and_nothing_else() {
    let mut centre = Story::new();
    let alert = late_and_corrected(&mut centre);
    let journal = journal_of(&centre.records);
    let sealer = Sealer::of(&*journal, u64::MAX).expect("readable");
    let proof = prove(&*journal, &sealer, alert, centre.now()).expect("a proof");
    let examples =
        vec![proof.to_file().expect("written"), serde_json::to_vec(&proof).expect("written")];
    fuzz("proof", examples, move |input| {
        for file in [input.to_vec(), with_checksum(input)] {
            match proof::check(&file) {
                // Under the seal that was noted elsewhere.
                Ok(checked) if checked.proof.seal == proof.seal => {
                    assert_eq!(checked.proof.alert, proof.alert);
                    assert_eq!(checked.proof.records, proof.records);
                    assert_eq!(checked.proof.policy, proof.policy);
                }
                Ok(_) => {}
                Err(flaw) => assert!(!flaw.to_string().is_empty()),
            }
        }
    });
}
