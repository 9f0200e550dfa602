//! Root exports what another account serves: that account has to read the note of it.
//!
//! Needs root, to give a directory away.

use std::{
    fs,
    os::unix::fs::{MetadataExt, chown},
};

use tempfile::TempDir;

use crate::cli::server::done;

/// Nobody's, on every system.
const OTHER: u32 = 65_534;

#[test]
fn s25_a_note_of_an_export_belongs_to_whoever_owns_the_data_directory() {
    let place = TempDir::new().expect("a temporary directory");
    done(place.path(), &["account", "add", "desk", "--role", "operator", "--token"]);
    chown(place.path(), Some(OTHER), Some(OTHER)).expect("run the tests as root");
    done(place.path(), &["export"]);
    let entries = fs::read_dir(place.path()).expect("a directory").map(|entry| entry.unwrap());
    let note =
        entries.map(|entry| entry.path()).find(|path| path.extension() == Some("note".as_ref()));
    let found = fs::metadata(note.expect("a note")).expect("it is there");
    assert_eq!((found.uid(), found.gid(), found.mode() & 0o777), (OTHER, OTHER, 0o600));
}
