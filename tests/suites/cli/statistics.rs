//! `statistics`: one number, whoever is asked.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::server::{Server, done, run};

#[tokio::test]
async fn the_command_prints_what_the_api_answers_beside_a_server_and_without() {
    let data = TempDir::new().expect("a temporary directory");
    let token = done(data.path(), &["account", "add", "desk", "--role", "operator", "--token"]);
    let server = Server::start(data.path());
    let client = reqwest::Client::new();
    for category in ["FIGHT", "FIGHT", "THEFT"] {
        let report = json!({
            "source": "phone110", "category": category, "place": { "text": "示例路口" },
            "summary": "示例",
        });
        let raise = client.post(format!("{}/api/v1/alerts", server.address));
        let raised = raise.bearer_auth(token.trim_end()).json(&report).send().await;
        assert!(raised.expect("an answer").status().is_success());
    }
    let question = "from=2026-01-01T00:00:00Z&to=2099-01-01T00:00:00Z&group=category";
    let ask = client.get(format!("{}/api/v1/statistics/response?{question}", server.address));
    let answer = ask.bearer_auth(token.trim_end()).send().await.expect("an answer");
    let answer: Value = answer.json().await.expect("JSON");
    assert_eq!(answer["total"]["alerts"], 3);

    let command = [
        "statistics",
        "--from",
        "2026-01-01T00:00:00Z",
        "--to",
        "2099-01-01T00:00:00Z",
        "--group",
        "category",
        "--json",
    ];
    let listed =
        done(data.path(), &[&command[..7], &["--alerts", "alerts", "--row", "FIGHT"]].concat());
    assert!(listed.ends_with("2 in all\n"), "{listed}");
    let hints = done(data.path(), &[&command[..5], &["--hints"]].concat());
    assert!(hints.contains("NoArrival"), "{hints}");
    let judged = done(data.path(), &[&command[..5], &["--what-if", "severity-only"]].concat());
    assert!(judged.contains("nothing is changed"), "{judged}");
    let printed = || serde_json::from_str::<Value>(&done(data.path(), &command)).expect("JSON");
    let beside = printed();
    server.terminate();
    let without = printed();
    for part in ["from", "to", "policies", "total", "before", "rows"] {
        assert_eq!(beside[part], answer[part], "{part}");
        assert_eq!(without[part], answer[part], "{part}");
    }
    let table = done(data.path(), &["statistics", "--from", "2026-01-01", "--group", "category"]);
    assert!(table.lines().any(|line| line.starts_with("THEFT")), "{table}");
}

#[test]
fn a_question_that_cannot_be_understood_ends_with_2() {
    let data = TempDir::new().expect("a temporary directory");
    for args in [
        &["statistics", "--tier", "T2"][..],
        &["statistics", "--from", "yesterday"],
        &["statistics", "--from", "2026-03-02", "--to", "2026-03-02"],
        &["statistics", "--group", "colour"],
        &["statistics", "--alerts", "colour"],
        &["statistics", "--what-if", "no-such-policy"],
    ] {
        assert_eq!(run(data.path(), args).status.code(), Some(2), "{args:?}");
    }
}
