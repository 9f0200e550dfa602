//! Journals of earlier releases (faults.md row 8): one is kept per format, and each opens with the
//! digest it had then. A newer one is refused with a message.
//!
//! `tests/data/journals/v1` holds the records of a day on which everything that can happen happens.
//! It is never written again: a release that writes otherwise gets a directory of its own, by
//! `WRITE_JOURNAL=vN cargo test --test suites storage::upgrade`. Where the state has deliberately
//! got another shape, the same writes down anew what a kept journal comes to, and nothing else.

use std::{
    fs,
    path::{Path, PathBuf},
};

use campus_dispatch::{
    domain::State,
    journal::{
        Journal, JournalError, JournalReader, chain,
        sqlite::{SqliteJournal, SqliteReader},
    },
};
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::{
    cli::server::{done, run, told},
    domain::record::everything,
};

const KEPT: &str = "tests/data/journals";
const FILES: [&str; 2] = ["journal.db", "head.anchor"];

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(KEPT)
}

/// A copy of a kept journal, to be opened for writing.
fn copy(version: &Path) -> TempDir {
    let place = TempDir::new().expect("a temporary directory");
    for file in FILES {
        fs::copy(version.join(file), place.path().join(file)).expect("a kept file");
    }
    place
}

/// What a journal comes to: its head, and the digest of the state as its JSON is today.
fn comes_to(directory: &Path) -> Result<Value, JournalError> {
    let journal = SqliteJournal::open(directory)?;
    let mut state = State::default();
    journal.reader()?.read_after(0, &mut |record| drop(state.apply(&record)))?;
    let json = serde_json::to_vec(&state).expect("JSON");
    let head = journal.head();
    Ok(json!({
        "seq": head.seq,
        "hash": head.hash,
        "alerts": state.alerts.len(),
        "state_sha256": hex::encode(Sha256::digest(json)),
    }))
}

/// Every format there was, with its directory.
fn versions() -> Vec<PathBuf> {
    let mut found: Vec<_> = fs::read_dir(kept())
        .expect("kept journals")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

#[test]
fn a_journal_is_kept_for_every_format() {
    if let Some(version) = std::env::var_os("WRITE_JOURNAL") {
        write(&kept().join(version));
    }
    let expected: Vec<_> =
        (1..=chain::LINE_VERSION).map(|n| kept().join(format!("v{n}"))).collect();
    assert_eq!(versions(), expected);
}

fn write(directory: &Path) {
    if !directory.exists() {
        fs::create_dir_all(directory).expect("a directory");
        let made = TempDir::new().expect("a temporary directory");
        SqliteJournal::open(made.path()).expect("new").append(&everything()).expect("written");
        for file in FILES {
            fs::copy(made.path().join(file), directory.join(file)).expect("copied");
        }
    }
    let told = comes_to(copy(directory).path()).expect("whole");
    let text = serde_json::to_string_pretty(&told).expect("JSON") + "\n";
    fs::write(directory.join("told.json"), text).expect("written");
}

#[test]
fn every_kept_journal_opens_with_the_digest_it_had() {
    for version in versions() {
        let told = fs::read(version.join("told.json")).expect("what it came to");
        let told: Value = serde_json::from_slice(&told).expect("JSON");
        let place = copy(&version);
        assert_eq!(comes_to(place.path()).expect("whole"), told, "{}", version.display());
        let text = done(place.path(), &["journal", "verify"]);
        assert!(text.contains(told["hash"].as_str().expect("a hash")), "{text}");
    }
}

#[test]
fn a_kept_journal_is_written_on() {
    for version in versions() {
        let place = copy(&version);
        done(place.path(), &["account", "add", "new", "--role", "admin", "--token"]);
        SqliteReader::open(place.path()).expect("a journal").verify(&mut |_| ()).expect("whole");
    }
}

#[test]
fn a_newer_format_is_refused_and_left_alone() {
    let place = copy(&kept().join(format!("v{}", chain::LINE_VERSION)));
    let database = Connection::open(place.path().join("journal.db")).expect("a database");
    database.execute("UPDATE meta SET format = format + 1", []).expect("changed");
    drop(database);
    let before = fs::read(place.path().join("journal.db")).expect("bytes");
    for args in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["journal", "verify"],
        &["journal", "repair", "--accept-loss"],
        &["export"],
    ] {
        let output = run(place.path(), args);
        assert_eq!(output.status.code(), Some(1), "{args:?}: {}", told(&output));
        for part in ["journal.db", "format 2", "up to 1", "use the newer release"] {
            assert!(told(&output).contains(part), "{args:?}: {}", told(&output));
        }
    }
    assert!(fs::read(place.path().join("journal.db")).expect("bytes") == before);
}
