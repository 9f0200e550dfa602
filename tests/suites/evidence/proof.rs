//! A proof of one alert: it checks out without the journal, and nothing in it can be changed.

use std::sync::Arc;

use campus_dispatch::{
    domain::{Role, Timestamp, Verdict, Within, id::AlertId, policy::preset::preset},
    journal::{
        JournalReader,
        chain::Hash,
        proof::{self, Checked, Flaw, Proof, ProofError, ProvedPolicy},
        seal::Sealer,
    },
};
use sha2::{Digest, Sha256};

use super::story::{journal_of, late_and_corrected, records_of};
use crate::domain::{
    ask,
    centre::{Centre, one},
};

/// A centre's journal, an alert in it, and the alert's proof.
struct Proved {
    centre: Centre,
    journal: Box<dyn JournalReader>,
    proof: Proof,
}

fn prove(centre: Centre, alert: AlertId) -> Proved {
    let journal = journal_of(&centre.records);
    let sealer = Sealer::of(&*journal, u64::MAX).expect("readable");
    let proof = proof::prove(&*journal, &sealer, alert, centre.now()).expect("a proof");
    Proved { centre, journal, proof }
}

fn late() -> Proved {
    let mut centre = Centre::new();
    let alert = late_and_corrected(&mut centre);
    prove(centre, alert)
}

fn under_an_adopted_policy() -> Proved {
    let mut centre = Centre::new();
    let policy = preset("severity-only").expect("shipped");
    centre.does(&one(Role::Admin), ask::adopt(policy));
    let alert = late_and_corrected(&mut centre);
    prove(centre, alert)
}

fn check(proof: &Proof) -> Result<Checked, Flaw> {
    proof::check(&proof.to_file().expect("written"))
}

/// The file of a forger who makes the checksum again.
fn with_checksum(proof: &str) -> Vec<u8> {
    let sha256 = Hash(Sha256::digest(proof).into());
    format!("{{\"campus_dispatch_proof\":1,\"sha256\":\"{sha256}\",\"proof\":{proof}}}\n").into()
}

#[test]
fn it_holds_all_records_of_its_alert_and_the_verdict_they_come_to() {
    let Proved { centre, proof, .. } = late();
    let checked = check(&proof).expect("it checks out");
    assert_eq!(checked.records, records_of(&centre.records, proof.alert));
    assert_eq!(checked.alert, *centre.alert(proof.alert));
    assert_eq!(proof.verdict, Verdict::Excused);
    assert!(matches!(proof.policy, ProvedPolicy::Release { .. }));
    let text = String::from_utf8(proof.to_file().expect("written")).expect("UTF-8");
    assert_eq!(with_checksum(&serde_json::to_string(&proof).expect("JSON")), text.as_bytes());
}

#[test]
fn a_policy_of_the_journal_comes_with_the_record_that_took_it_in() {
    let Proved { centre, proof, .. } = under_an_adopted_policy();
    let ProvedPolicy::Journal { record, .. } = &proof.policy else { panic!("{:?}", proof.policy) };
    let taken_in = &centre.records[record.seq as usize - 1];
    assert_eq!(taken_in.event.kind(), "policy_adopted");
    let checked = check(&proof).expect("it checks out");
    assert_eq!(checked.alert.policy.id.as_str(), "severity-only");
}

#[test]
fn any_changed_byte_turns_it_red() {
    for proved in [late(), under_an_adopted_policy()] {
        let file = proved.proof.to_file().expect("written");
        for place in 0..file.len() {
            for flip in [0x01, 0x80] {
                let mut changed = file.clone();
                changed[place] ^= flip;
                assert!(proof::check(&changed).is_err(), "byte {place} of {}", file.len());
            }
        }
        assert!(proof::check(&file[..file.len() - 1]).is_err(), "cut by one byte");
        assert!(proof::check(&[&file[..], b" "].concat()).is_err(), "one byte more");
    }
}

/// Every thirteenth digit or letter is changed into another and the checksum made again. Only the
/// instant of judgement is free: nothing that has ended is judged otherwise by it.
#[test]
fn a_checksum_made_again_hides_nothing() {
    for proved in [late(), under_an_adopted_policy()] {
        let text = serde_json::to_string(&proved.proof).expect("JSON");
        let free = text.find("\"judged_at\"").expect("it is told");
        let free = free..free + "\"judged_at\":\"2026-03-02T00:00:00.000Z\"".len();
        let mut tried = 0;
        for place in (0..text.len()).step_by(13) {
            let byte = text.as_bytes()[place];
            if free.contains(&place) || !byte.is_ascii_alphanumeric() {
                continue;
            }
            let other = if byte == b'1' { b'2' } else { b'1' };
            let mut changed = text.clone().into_bytes();
            changed[place] = other;
            let changed = String::from_utf8(changed).expect("ASCII for ASCII");
            let around = &text[..place].chars().rev().take(40).collect::<String>();
            let found = proof::check(&with_checksum(&changed));
            assert!(found.is_err(), "{place}: {}", around.chars().rev().collect::<String>());
            tried += 1;
        }
        assert!(tried > 300, "{tried}");
    }
}

#[test]
fn a_record_left_out_added_or_out_of_order_is_found() {
    let Proved { proof, .. } = late();
    for place in 0..proof.records.len() {
        let mut without = proof.clone();
        without.records.remove(place);
        assert!(check(&without).is_err(), "without record {place}");
        let mut twice = proof.clone();
        twice.records.insert(place, proof.records[place].clone());
        assert!(check(&twice).is_err(), "record {place} twice");
    }
    let mut swapped = proof.clone();
    swapped.records.swap(1, 2);
    assert!(matches!(check(&swapped), Err(Flaw::Order { .. })));
}

#[test]
fn the_records_of_another_alert_do_not_pass_for_it() {
    let Proved { centre, journal, proof } = late();
    let sealer = Sealer::of(&*journal, u64::MAX).expect("readable");
    let other = AlertId(proof.alert.0 + 1);
    let beside = proof::prove(&*journal, &sealer, other, centre.now()).expect("a proof");
    let passed_off = Proof { alert: proof.alert, ..beside.clone() };
    assert_eq!(check(&passed_off), Err(Flaw::Seal));
    let passed_off = Proof { records: beside.records, ..proof };
    assert_eq!(check(&passed_off), Err(Flaw::Seal));
}

#[test]
fn a_verdict_told_otherwise_is_found() {
    let Proved { mut proof, .. } = late();
    proof.verdict = Verdict::Met;
    assert_eq!(check(&proof), Err(Flaw::Verdict));
}

#[test]
fn a_policy_told_otherwise_is_found() {
    let Proved { proof, .. } = late();
    let mut other = preset("school-135-default").expect("shipped");
    other.rules[0].limit = Within::from_seconds(3_600);
    let policy = ProvedPolicy::Release { policy: Arc::new(other) };
    assert_eq!(check(&Proof { policy, ..proof.clone() }), Err(Flaw::PolicyOfRelease));
    let Proved { proof: adopted, .. } = under_an_adopted_policy();
    assert_eq!(check(&Proof { policy: adopted.policy, ..proof }), Err(Flaw::Policy));
}

#[test]
fn a_newer_file_is_told_apart_from_a_changed_one() {
    let Proved { proof, .. } = late();
    let file = String::from_utf8(proof.to_file().expect("written")).expect("UTF-8");
    let newer = file.replacen("\"campus_dispatch_proof\":1", "\"campus_dispatch_proof\":2", 1);
    assert_eq!(proof::check(newer.as_bytes()), Err(Flaw::Newer { found: 2 }));
}

#[test]
fn an_alert_that_is_not_there_has_no_proof() {
    let Proved { journal, .. } = late();
    let sealer = Sealer::of(&*journal, u64::MAX).expect("readable");
    for alert in [AlertId(0), AlertId(99)] {
        let refused = proof::prove(&*journal, &sealer, alert, Timestamp::default());
        assert!(matches!(refused, Err(ProofError::Unknown { .. })), "{alert}");
    }
}

#[test]
fn a_seal_answers_for_every_record_before_it() {
    let Proved { centre, journal, proof } = late();
    let whole = Sealer::of(&*journal, u64::MAX).expect("readable").seal();
    assert_eq!(whole, proof.seal);
    let mut read_on = Sealer::of(&*journal, 20).expect("readable");
    assert_ne!(read_on.seal(), whole);
    read_on.read_on(&*journal, u64::MAX).expect("readable");
    assert_eq!(read_on.seal(), whole);
    for place in (0..centre.records.len()).step_by(5) {
        let mut records = centre.records.clone();
        records[place].at = Timestamp::from_millis(records[place].at.millis() + 1);
        let other = journal_of(&records);
        assert_ne!(Sealer::of(&*other, u64::MAX).expect("readable").seal().digest, whole.digest);
    }
}

#[test]
fn an_earlier_seal_proves_the_alert_as_it_stood_then() {
    let Proved { centre, journal, proof } = late();
    let closed = centre.records.iter().find(|one| one.event.kind() == "alert_closed").unwrap().seq;
    let sealer = Sealer::of(&*journal, closed).expect("readable");
    let then = proof::prove(&*journal, &sealer, proof.alert, centre.now()).expect("a proof");
    assert_eq!(check(&then).expect("it checks out").proof.verdict, Verdict::Late);
    assert!(then.records.len() < proof.records.len());
}
