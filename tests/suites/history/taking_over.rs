//! `import history`: all or nothing, the dry run, and what is told.

use std::path::PathBuf;

use campus_dispatch::{
    cli::{
        history::{ImportHistoryArgs, import},
        limits::Limits,
    },
    domain::{classification::Zone, policy::preset},
    engine::Engine,
};

use super::support::{in_repository, start};

fn args(file: &str, mapping: &str) -> ImportHistoryArgs {
    ImportHistoryArgs {
        file: in_repository("tests/data/history").join(file),
        mapping: in_repository("tests/data/mappings").join(mapping),
        skip_bad: false,
        dry_run: false,
    }
}

fn dirty() -> ImportHistoryArgs {
    args("dirt.csv", "example-per-unit.toml")
}

fn clean() -> ImportHistoryArgs {
    args("example-district-gbk.csv", "example-district.toml")
}

async fn told(engine: &Engine, args: &ImportHistoryArgs) -> (String, Option<String>) {
    let mut out = Vec::new();
    let refusal = import(args, engine, Limits::default(), &mut out)
        .await
        .err()
        .map(|error| format!("{error:#}"));
    (String::from_utf8(out).expect("text"), refusal)
}

#[tokio::test]
async fn a_file_with_a_bad_row_writes_nothing() {
    let engine = start();
    let (out, refusal) = told(&engine, &dirty()).await;
    assert!(out.contains("line 5: received"), "{out}");
    assert!(refusal.expect("a refusal").contains("--skip-bad"));
    assert_eq!(engine.position().seq, 0);
}

#[tokio::test]
async fn with_skip_bad_the_good_calls_are_taken_over() {
    let engine = start();
    let (out, refusal) = told(&engine, &ImportHistoryArgs { skip_bad: true, ..dirty() }).await;
    assert_eq!(refusal, None);
    assert!(out.contains("taken over: 6 calls; already known: 0"), "{out}");
    assert_eq!(engine.board().alerts_before(None).count(), 6);
}

#[tokio::test]
async fn a_dry_run_tells_the_same_and_writes_nothing() {
    let engine = start();
    let (rehearsed, refusal) = told(&engine, &ImportHistoryArgs { dry_run: true, ..clean() }).await;
    assert_eq!((refusal, engine.position().seq), (None, 0));
    let (done, refusal) = told(&engine, &clean()).await;
    assert_eq!(refusal, None);
    let report = rehearsed.strip_suffix("dry run: nothing was written\n").expect("says so");
    assert!(done.starts_with(report), "{rehearsed}\n{done}");
}

#[tokio::test]
async fn the_policy_in_force_judges_where_the_mapping_says_current() {
    let engine = start();
    assert_eq!(told(&engine, &clean()).await.1, None);
    for alert in engine.board().alerts_before(None) {
        assert_eq!(alert.selection.policy.id.as_str(), preset::DEFAULT);
        assert_eq!((alert.zone, alert.is_imported()), (Zone::C, true));
    }
}

#[tokio::test]
async fn a_school_nobody_defined_is_a_bad_row() {
    let engine = start();
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("calls.csv");
    let text = std::fs::read(clean().file).expect("the fixture");
    let (text, _, _) = encoding_rs::GBK.decode(&text);
    let text = text.replace("116.3975;无;", "116.3975;1234567890;");
    std::fs::write(&file, encoding_rs::GBK.encode(&text).0).expect("a file");
    let (out, refusal) = told(&engine, &ImportHistoryArgs { file, ..clean() }).await;
    assert!(out.contains("line 2: call 0012026030200001 is refused: school_unknown"), "{out}");
    assert!(refusal.is_some());
    assert_eq!(engine.position().seq, 0);
}

#[tokio::test]
async fn a_file_that_is_not_there_is_named_in_one_line() {
    let engine = start();
    let missing = ImportHistoryArgs { file: PathBuf::from("/nowhere/calls.csv"), ..clean() };
    let refusal = told(&engine, &missing).await.1.expect("a refusal");
    assert!(refusal.contains("/nowhere/calls.csv") && !refusal.contains('\n'), "{refusal}");
}
