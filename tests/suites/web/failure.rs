//! What is told when something fails inside: an id to ask about, and nothing of the inside (S24).

use campus_dispatch::journal::memory::Fault;
use serde_json::Value;

use super::{actor::fight, house::House};

/// Everything a problem document may hold.
const MEMBERS: [&str; 8] =
    ["type", "title", "status", "detail", "code", "at", "request_id", "current"];

fn is_plain(problem: &Value) {
    let members = problem.as_object().expect("a document");
    for (name, value) in members {
        assert!(MEMBERS.contains(&name.as_str()), "{name}: {value}");
    }
    let text = problem.to_string();
    for inside in ["src/", ".rs", "panick", "memory", "sqlite", "Error", "stack", "thread"] {
        assert!(!text.contains(inside), "{inside} in {text}");
    }
}

#[tokio::test]
async fn s24_a_failing_disk_is_told_as_an_unknown_outcome_with_an_id() {
    let house = House::open().await;
    house.disk.fail_append(1, Fault::BeforeDurable);
    let refused = house.operator().posts("/alerts", fight()).await;
    let refused = refused.refused_with(503, "outcome_unknown");
    is_plain(&refused.body);
    let refused = house.operator().posts("/alerts", fight()).await;
    assert_eq!(refused.status, 503);
    is_plain(&refused.body);
}

#[tokio::test]
async fn s24_a_refusal_tells_what_the_caller_said_and_no_more() {
    let house = House::open().await;
    for answer in [
        house.operator().posts("/alerts", Value::Null).await,
        house.operator().gets("/alerts/99").await,
        house.operator().gets("/nothing").await,
        house.stranger().gets("/alerts").await,
    ] {
        assert!(answer.body["request_id"].is_string(), "{}", answer.text);
        is_plain(&answer.body);
    }
}
