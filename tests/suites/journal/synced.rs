//! An append returns after its sync, as the system sees it: `strace` watches this very test in a
//! process of its own.

use std::{env, fs, path::Path, process::Command};

use campus_dispatch::journal::{Journal, sqlite::SqliteJournal};

use super::records::records;

/// Names the data directory, in the process that is watched.
const WATCHED: &str = "CAMPUS_WATCHED_DIRECTORY";
const APPENDS: u64 = 5;

#[test]
fn an_append_returns_after_its_sync() {
    if let Ok(directory) = env::var(WATCHED) {
        return append(Path::new(&directory));
    }
    let directory = tempfile::tempdir().unwrap();
    let trace = directory.path().join("trace");
    let watched = Command::new("strace")
        .args(["-f", "-y", "-e", "trace=openat,pwrite64,fsync,fdatasync", "-o"])
        .arg(&trace)
        .arg(env::current_exe().unwrap())
        .args(["--exact", "journal::synced::an_append_returns_after_its_sync"])
        .env(WATCHED, directory.path())
        .output()
        .expect("strace is missing: install it (Debian: apt-get install strace)");
    assert!(watched.status.success(), "{}", String::from_utf8_lossy(&watched.stderr));
    let trace = fs::read_to_string(trace).unwrap();
    let mut lines = trace.lines();
    for nth in 1..=APPENDS {
        let returned = format!("/returned-{nth}\"");
        let calls: Vec<&str> =
            lines.by_ref().take_while(|line| !line.contains(&returned)).collect();
        let on_log = |line: &&&str| line.contains("journal.db-wal>");
        let last = calls.iter().rev().find(on_log).expect("an append writes the log");
        assert!(last.contains("sync("), "append {nth} returned after {last}");
    }
    assert!(lines.next().is_some(), "the last append returned");
}

/// Appends, and says by a file's name that each has returned.
fn append(directory: &Path) {
    let mut journal = SqliteJournal::open(&directory.join("data")).unwrap();
    for nth in 1..=APPENDS {
        journal.append(&records(nth, nth)).unwrap();
        fs::write(directory.join(format!("returned-{nth}")), "").unwrap();
    }
}
