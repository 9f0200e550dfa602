//! S22: what the command line takes out is in the record of access.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::server::{Server, binary, done};

/// Longer than a server ever takes to look for notes.
const AT_LAST: Duration = Duration::from_secs(60);

/// A data directory with an alert, its auditor's token, and a place outside of it.
struct Site {
    data: TempDir,
    elsewhere: TempDir,
    auditor: String,
}

impl Site {
    async fn with_an_alert() -> Self {
        let data = TempDir::new().expect("a temporary directory");
        let token = |name: &str, role: &str| {
            done(data.path(), &["account", "add", name, "--role", role, "--token"])
                .trim()
                .to_owned()
        };
        let (operator, auditor) = (token("desk", "operator"), token("audit", "auditor"));
        let server = Server::start(data.path());
        let report = json!({
            "source": "phone110", "category": "FIGHT", "place": { "text": "示例路口" },
            "summary": "示例", "caller_phone": "13800000000",
        });
        let raise = reqwest::Client::new().post(format!("{}/api/v1/alerts", server.address));
        let raised = raise.bearer_auth(operator).json(&report).send().await.expect("an answer");
        assert!(raised.status().is_success());
        assert_eq!(server.terminate().code(), Some(0));
        Self { data, elsewhere: TempDir::new().expect("a temporary directory"), auditor }
    }

    fn data(&self) -> &Path {
        self.data.path()
    }

    /// Takes something out by every verb, into new files.
    fn takes_out_everything(&self, time: &str) {
        let file = |name: &str| self.elsewhere.path().join(format!("{time}-{name}"));
        let [journal, alerts, report, proof, backup] =
            ["journal.jsonl", "alerts.csv", "bulletin.xlsx", "proof.json", "backup"].map(file);
        let path = |path: &PathBuf| path.to_str().expect("UTF-8").to_owned();
        for args in [
            &["export", "--output", &path(&journal)][..],
            &["export", "alerts", "--output", &path(&alerts)],
            &["report", "bulletin", "--out", &path(&report)],
            &["journal", "prove", "1", "--out", &path(&proof)],
            &["backup", &path(&backup)],
        ] {
            done(self.data(), args);
        }
    }

    /// Notes that wait in the data directory.
    fn notes(&self) -> Vec<PathBuf> {
        self.lying("note")
    }

    fn lying(&self, ending: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.data()).expect("a directory");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths.filter(|path| path.extension().is_some_and(|found| found == ending)).collect()
    }

    /// The exports in the record of access, the newest first, once no note waits any more.
    async fn recorded(&self, server: &Server) -> Vec<Value> {
        let began = Instant::now();
        while !self.notes().is_empty() {
            assert!(began.elapsed() < AT_LAST, "{:?} stay; {}", self.notes(), server.told());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.record_of("data_exported", server).await
    }

    /// What the auditor reads of a kind, the newest first.
    async fn record_of(&self, kind: &str, server: &Server) -> Vec<Value> {
        let address = format!("{}/api/v1/access-record?kind={kind}", server.address);
        let asked = reqwest::Client::new().get(address).bearer_auth(&self.auditor);
        let page: Value = asked.send().await.expect("an answer").json().await.expect("JSON");
        page["records"].as_array().expect("records").clone()
    }
}

/// What each was of and its form, in the order of their names.
fn what(exports: &[Value]) -> Vec<(String, String)> {
    let word = |value: &Value| value.as_str().expect("a text").to_owned();
    let of = |one: &Value| {
        assert_eq!((&one["by"], &one["role"]), (&json!("console"), &json!("console")), "{one}");
        let export = &one["detail"]["export"];
        assert!(export["taken_at"].is_string(), "{one}");
        (word(&export["what"]), word(&export["format"]))
    };
    let mut told: Vec<_> = exports.iter().map(of).collect();
    told.sort();
    told
}

const EVERYTHING: [(&str, &str); 5] = [
    ("alert_proof", "json"),
    ("alerts", "csv"),
    ("backup", "sqlite"),
    ("bulletin_report", "xlsx"),
    ("journal", "jsonl"),
];

fn everything() -> Vec<(String, String)> {
    EVERYTHING.map(|(what, format)| (what.to_owned(), format.to_owned())).to_vec()
}

#[tokio::test]
async fn s22_an_export_by_command_line_is_a_record() {
    let site = Site::with_an_alert().await;
    let server = Server::start(site.data());
    assert!(site.recorded(&server).await.is_empty());
    site.takes_out_everything("beside");
    assert_eq!(what(&site.recorded(&server).await), everything(), "beside a server");
    server.terminate();

    site.takes_out_everything("without");
    let notes = site.notes();
    assert_eq!(notes.len(), EVERYTHING.len(), "each waits for whoever serves next");
    let again: Vec<_> = notes.iter().map(|note| (note, fs::read(note).expect("a note"))).collect();
    let server = Server::start(site.data());
    let recorded = site.recorded(&server).await;
    assert_eq!(what(&recorded[..EVERYTHING.len()]), everything(), "without a server");
    assert_eq!(recorded.len(), 2 * EVERYTHING.len());
    server.kill();

    // As if the power had been cut between the records and the removal of their notes.
    for (note, bytes) in again {
        fs::write(note, bytes).expect("written");
    }
    let server = Server::start(site.data());
    assert_eq!(site.recorded(&server).await, recorded, "none is doubled");
}

#[tokio::test]
async fn s22_a_note_that_cannot_be_read_stops_nothing_and_is_kept() {
    let site = Site::with_an_alert().await;
    done(site.data(), &["export", "alerts"]);
    let put = |name: &str, bytes: &[u8]| fs::write(site.data().join(name), bytes).expect("put");
    put("export-broken.note", b"{\"what\":");
    put("export-long.note", &vec![b' '; 1 << 20]);
    put("export-nameless.note", br#"{"what":"","format":"csv"}"#);
    fs::create_dir(site.data().join("export-directory.note")).expect("a directory");
    let server = Server::start(site.data());
    assert_eq!(what(&site.recorded(&server).await), [("alerts".to_owned(), "csv".to_owned())]);
    let kept = site.lying("unread");
    assert_eq!(kept.len(), 4, "{kept:?}");
    done(site.data(), &["export", "alerts"]);
    assert_eq!(site.recorded(&server).await.len(), 2, "the next one is recorded");
    assert!(server.told().contains("cannot be recorded"), "{}", server.told());
}

#[tokio::test]
async fn s22_what_a_server_goes_by_is_a_record_whenever_it_is_something_else() {
    let site = Site::with_an_alert().await;
    let told = async |server: &Server, times: usize| {
        let began = Instant::now();
        let mut configured = Vec::new();
        while configured.len() < times {
            assert!(began.elapsed() < AT_LAST, "{configured:?}");
            configured = site.record_of("server_configured", server).await;
        }
        let told = |one: &Value| {
            assert_eq!(one["by"], "console");
            let configuration = &one["detail"]["configuration"];
            assert_eq!(configuration["version"], env!("CARGO_PKG_VERSION"));
            configuration["changed"].to_string()
        };
        configured.iter().map(told).collect::<Vec<_>>()
    };
    let server = Server::start(site.data());
    let first = told(&server, 1).await;
    assert!(!first[0].contains("second_factor"), "{first:?}");
    server.terminate();
    let mut laxer = binary(site.data());
    laxer.env("CAMPUS_DISPATCH_SECOND_FACTOR", "optional");
    let server = Server::of(laxer.args(["serve", "--listen", "127.0.0.1:0"]));
    let both = told(&server, 2).await;
    assert_eq!(both.len(), 2, "the second start was with the same");
    assert!(both[0].contains("\"second_factor\"") && both[1] == first[0], "{both:?}");
}
