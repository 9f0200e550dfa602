//! What an administrator does about damage, with the binary: verify, repair, and what it says.

use std::{fs, path::Path};

use rusqlite::Connection;
use tempfile::TempDir;

use crate::cli::server::{Server, done, run, told};

/// A data directory with five records and a backup of its first three.
struct Place {
    root: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { root: TempDir::new().expect("a temporary directory") };
        for name in ["a", "b", "c"] {
            place.account(name);
        }
        place.does(&["backup", &place.backup()]);
        for name in ["d", "e"] {
            place.account(name);
        }
        place
    }

    fn account(&self, name: &str) {
        self.does(&["account", "add", name, "--role", "admin", "--token"]);
    }

    fn data(&self) -> std::path::PathBuf {
        self.root.path().join("data")
    }

    fn backup(&self) -> String {
        self.root.path().join("backup").to_str().expect("UTF-8").to_owned()
    }

    fn does(&self, args: &[&str]) -> String {
        done(&self.data(), args)
    }

    fn damage(&self, statement: &str) {
        let database = Connection::open(self.data().join("journal.db")).expect("a database");
        assert_eq!(database.execute(statement, []).expect("done"), 1);
    }

    fn accounts(&self) -> Vec<String> {
        let export = self.does(&["export"]);
        let name = |line: &str| {
            let record: serde_json::Value = serde_json::from_str(line).expect("JSON");
            record["event"]["account"]["name"].as_str().map(str::to_owned)
        };
        export.lines().filter_map(name).collect()
    }
}

const CHANGED: &str = "UPDATE record SET line = replace(line, '\"d\"', '\"x\"') WHERE seq = 4";

/// Runs to an end with that code, and gives what it told on stderr.
fn refused(data: &Path, args: &[&str], code: i32) -> String {
    let output = run(data, args);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {}", told(&output));
    told(&output)
}

#[test]
fn verify_names_the_first_bad_record_and_what_helps() {
    let place = Place::new();
    place.damage("DELETE FROM record WHERE seq = 5");
    place.damage(CHANGED);
    let text = refused(&place.data(), &["journal", "verify"], 4);
    for part in ["journal.db", "seq 4", "journal repair"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let text = refused(&place.data(), &["serve", "--listen", "127.0.0.1:0"], 4);
    assert!(text.contains("journal.db"), "{text}");
}

#[test]
fn a_loss_is_not_taken_for_accepted() {
    let place = Place::new();
    place.damage(CHANGED);
    let text = refused(&place.data(), &["journal", "repair"], 4);
    for part in ["seq 4", "Records 4 to 5 are lost: 2 of them", "--from", "--accept-loss"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.contains("Nothing was changed"), "{text}");
    assert!(refused(&place.data(), &["journal", "verify"], 4).contains("seq 4"));
}

#[test]
fn an_accepted_loss_is_cut_off_told_and_recorded() {
    let place = Place::new();
    place.damage(CHANGED);
    let text = place.does(&["journal", "repair", "--accept-loss"]);
    assert!(text.contains("Records 4 to 5 are lost: 2 of them"), "{text}");
    assert_eq!(place.accounts(), ["a", "b", "c"]);
    let export = place.does(&["export"]);
    let last = export.lines().last().expect("a record");
    assert!(last.contains("journal_repaired") && last.contains("\"kept_to\":3"), "{last}");
    place.does(&["journal", "verify"]);
    let kept = fs::read_dir(place.data())
        .expect("a directory")
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.to_string_lossy().contains("damaged-"))
        .expect("the damaged files are kept");
    assert!(text.contains(kept.to_str().expect("UTF-8")), "{text}");
    assert!(kept.join("journal.db").exists());
    place.account("f");
    assert_eq!(place.accounts(), ["a", "b", "c", "f"]);
}

#[test]
fn a_backup_and_what_is_whole_after_it_lose_nothing() {
    let place = Place::new();
    place.damage("DELETE FROM record WHERE seq = 2");
    let text = place.does(&["journal", "repair", "--from", &place.backup()]);
    assert!(text.contains("3 records were restored"), "{text}");
    assert!(text.contains("2 that followed it were whole"), "{text}");
    assert!(text.contains("Nothing is lost"), "{text}");
    assert_eq!(place.accounts(), ["a", "b", "c", "d", "e"]);
    assert!(place.does(&["journal", "repair"]).contains("Nothing to repair"));
}

#[test]
fn a_served_directory_is_not_repaired() {
    let place = Place::new();
    let _server = Server::start(&place.data());
    refused(&place.data(), &["journal", "repair", "--accept-loss"], 3);
}

#[test]
fn a_backup_is_put_into_an_empty_directory() {
    let place = Place::new();
    let new = place.root.path().join("new");
    let text = done(&new, &["restore", &place.backup()]);
    assert!(text.starts_with("Restored: 3 records"), "{text}");
    assert!(done(&new, &["journal", "verify"]).contains("3 records"));
    let text = refused(&place.data(), &["restore", &place.backup()], 1);
    assert!(text.contains("not empty"), "{text}");
}
