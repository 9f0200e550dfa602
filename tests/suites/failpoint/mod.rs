//! Something breaks down in the middle of its work (faults.md row 21): it costs that command, that
//! deadline or that socket, and nothing else. Built and run by `tests/planted.sh`, which plants the
//! fault of each test.

use campus_dispatch::{
    domain::{
        Command, Role,
        account::{Account, Credential},
        decide::account::AddAccount,
        id::AlertId,
    },
    web::secret,
};
use serde_json::{Value, json};

use crate::{
    push::viewer::Viewer,
    web::{
        actor::fight,
        house::{House, token},
    },
};

/// What the planted faults look for.
const MARK: &str = "failpoint";

fn marked() -> String {
    format!("示例：{MARK}")
}

#[tokio::test]
async fn a_command_that_breaks_down_is_answered_500_and_the_next_is_done() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let note = format!("/alerts/{alert}/note");
    let broken = house.operator().posts(&note, json!({ "text": marked() })).await;
    broken.refused_with(500, "internal");
    house.operator().posts(&note, json!({ "text": "示例" })).await.is(200);
}

#[tokio::test]
async fn a_command_that_breaks_down_writes_nothing() {
    let house = House::open().await;
    let alert = house.operator().raises().await;
    let written = house.written();
    let note = format!("/alerts/{alert}/note");
    house.operator().posts(&note, json!({ "text": marked() })).await.is(500);
    assert_eq!(house.written(), written);
}

#[tokio::test]
async fn a_deadline_that_breaks_down_takes_no_other_with_it() {
    let house = House::open().await;
    let mut broken = fight();
    broken["summary"] = Value::from(marked());
    let broken = house.operator().posts("/alerts", broken).await.is(201).alert();
    let whole = house.operator().raises().await;
    house.at_second(3_600).await;
    assert_eq!(told(&house, broken).await, 0, "the fault was not planted");
    assert!(told(&house, whole).await > 0);
    house.operator().raises().await;
}

/// How often something was told as passed on an alert.
async fn told(house: &House, alert: u64) -> usize {
    let id = AlertId(alert.try_into().expect("a number of an alert"));
    let records = house.engine.records_of(id).await.expect("its records");
    records.iter().filter(|record| record.event.kind() == "deadline_passed").count()
}

#[tokio::test]
async fn a_socket_that_breaks_down_takes_no_other_with_it() {
    let house = House::open().await;
    let name = format!("screen-{MARK}");
    let account = Account {
        name: name.as_str().into(),
        role: Role::Screen,
        unit: None,
        station: None,
        credential: Credential::Token { sha256: secret::digest(&token(&name)) },
        disabled: false,
    };
    house.console(Command::AddAccount(AddAccount { account })).await;
    let (mut broken, _) = Viewer::watches(&house.caller(&name)).await;
    let (mut whole, mut board) = Viewer::watches(&house.caller("screen")).await;
    house.operator().raises().await;
    broken.is_cut_off().await;
    whole.reaches(&mut board, house.written()).await;
    // Its place is free again.
    Viewer::watches(&house.caller(&name)).await;
}
