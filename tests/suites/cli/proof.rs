//! `journal prove` beside a server, and `journal check` where there is no journal.

use std::{fs, path::Path};

use serde_json::json;
use tempfile::TempDir;

use super::server::{Server, done, run, told};

/// A data directory whose server has taken one alert, and the server.
async fn served() -> (TempDir, Server) {
    let data = TempDir::new().expect("a temporary directory");
    let token = done(data.path(), &["account", "add", "desk", "--role", "operator", "--token"]);
    let server = Server::start(data.path());
    let report = json!({
        "source": "phone110", "category": "FIGHT", "place": { "text": "示例路口" },
        "summary": "示例", "caller_phone": "13800000000",
    });
    let raise = reqwest::Client::new().post(format!("{}/api/v1/alerts", server.address));
    let raised = raise.bearer_auth(token.trim_end()).json(&report).send().await;
    assert!(raised.expect("an answer").status().is_success());
    (data, server)
}

fn name(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// The digest in what `journal verify` prints.
fn seal_of(data: &Path) -> String {
    let verified = done(data, &["journal", "verify"]);
    verified.trim_end().rsplit(' ').next().expect("a word").to_owned()
}

#[tokio::test]
async fn a_proof_made_beside_a_server_checks_out_elsewhere() {
    let (data, server) = served().await;
    let elsewhere = TempDir::new().expect("a temporary directory");
    let file = elsewhere.path().join("alert-1.json");
    let proved = done(data.path(), &["journal", "prove", "1", "--out", name(&file)]);
    server.terminate();
    let seal = seal_of(data.path());
    assert!(proved.contains(&seal), "{proved}");
    let check = |more: &[&str]| {
        done(elsewhere.path(), &[&["journal", "check", name(&file)], more].concat())
    };
    let said = check(&[]);
    for part in ["checks out", "of alert 1", "school-135-default v1", "only that the file fits"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(check(&["--seal", &seal]).contains("That is the seal given"));
    let backup = elsewhere.path().join("backup");
    done(data.path(), &["backup", name(&backup)]);
    for directory in [data.path(), &backup] {
        assert!(check(&["--against", name(directory)]).contains("has the same history"));
    }
    let again = run(data.path(), &["journal", "prove", "1", "--out", name(&file)]);
    assert_eq!(again.status.code(), Some(1), "a file that is there is kept");
    let printed = run(data.path(), &["journal", "prove", "1"]).stdout;
    fs::write(&file, printed).expect("written");
    assert!(check(&["--seal", &seal]).contains("checks out"), "what is printed is the file");
}

#[tokio::test]
async fn what_does_not_check_out_ends_with_4_and_a_reason() {
    let (data, server) = served().await;
    let file = data.path().join("alert-1.json");
    done(data.path(), &["journal", "prove", "1", "--out", name(&file)]);
    server.terminate();
    let refused = |args: &[&str]| {
        let output = run(data.path(), &[&["journal", "check", name(&file)], args].concat());
        assert_eq!(output.status.code(), Some(4), "{args:?}: {}", told(&output));
        told(&output)
    };
    assert!(refused(&["--seal", &"0".repeat(64)]).contains("not the one given"));
    let (other, another) = served().await;
    another.terminate();
    done(other.path(), &["account", "add", "more", "--role", "admin", "--token"]);
    done(other.path(), &["account", "add", "even-more", "--role", "admin", "--token"]);
    assert!(refused(&["--against", name(other.path())]).contains("another history"));
    let mut bytes = fs::read(&file).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes).expect("written");
    assert!(refused(&[]).contains("does not check out"));
}

#[test]
fn what_is_not_there_is_told() {
    let data = TempDir::new().expect("a temporary directory");
    done(data.path(), &["account", "add", "desk", "--role", "operator", "--token"]);
    let unknown = run(data.path(), &["journal", "prove", "7"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(told(&unknown).contains("there is no alert 7"), "{}", told(&unknown));
    for args in [&["journal", "prove", "1", "--up-to", "9"][..], &["journal", "prove", "0"]] {
        assert_eq!(run(data.path(), args).status.code(), Some(2), "{args:?}");
    }
}
