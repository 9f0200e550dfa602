//! The bodies of every route that takes one, each bent and sent to it.

use campus_dispatch::domain::Role;
use reqwest::Method;
use tokio::runtime::Runtime;

use super::fuzz;
use crate::web::{
    actor::answer,
    house::{ACCOUNTS, House},
    roles::table::{Row, table},
};

/// Whether a route takes a body, and leaves the accounts that ask here as they are.
fn takes_a_body(row: &Row) -> bool {
    let of_accounts = row.path.starts_with("/session") || row.path.starts_with("/accounts/");
    !row.body.is_null() && row.method != Method::GET && !of_accounts
}

/// The first line of an input that is for a route.
fn address(row: &Row) -> String {
    format!("{} {}", row.method, row.path)
}

/// The route an input is for, and the body. One that names none reports an alert.
fn read<'a>(input: &'a [u8], routes: &'a [Row]) -> (&'a Row, &'a [u8]) {
    let end = input.iter().position(|byte| *byte == b'\n');
    let named = end.and_then(|end| {
        let row = routes.iter().find(|row| address(row).as_bytes() == &input[..end])?;
        Some((row, &input[end + 1..]))
    });
    named.unwrap_or_else(|| {
        let raise = routes.iter().find(|row| row.path == "/alerts").expect("the route of reports");
        (raise, input)
    })
}

/// Somebody who may ask there.
fn account(row: &Row) -> &'static str {
    let may = |role: Role| row.may.contains(&role);
    ACCOUNTS.iter().find(|(_, role)| may(*role)).map(|(name, _)| *name).expect("somebody may")
}

#[test]
fn command_json_is_taken_or_refused() {
    let runtime = Runtime::new().expect("a runtime");
    let house = runtime.block_on(async {
        let house = House::open().await;
        let alert = house.operator().raises().await;
        house.operator().dispatches("U-1", alert).await;
        house
    });
    let routes: Vec<Row> = table().into_iter().filter(takes_a_body).collect();
    assert!(routes.len() > 30, "only {} routes take a body", routes.len());
    let mut examples: Vec<Vec<u8>> =
        routes.iter().map(|row| format!("{}\n{}", address(row), row.body).into_bytes()).collect();
    examples.push(
        br#"{"source":"video","category":"FIRE","place":{"text":"x","coordinates":{"longitude":116.4,"latitude":39.9,"system":"gcj02"}},"occurred_at":"2026-03-02T00:00:00Z"}"#.to_vec(),
    );
    fuzz("json", examples, move |input| {
        let written = house.written();
        let (row, body) = read(input, &routes);
        let request = house.caller(account(row)).request(row.method.clone(), row.path);
        let request = request.header("content-type", "application/json").body(body.to_vec());
        let answer = runtime.block_on(answer(request));
        match answer.status {
            201 if row.path == "/alerts" => assert_eq!(house.written(), written + 1),
            200..300 => {}
            400..500 => assert_eq!(house.written(), written, "{}", answer.text),
            other => panic!("{other}: {}", answer.text),
        }
        assert!(house.engine.is_ready());
    });
}
