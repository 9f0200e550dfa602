//! S12: every role at every route: what it may, on its own and on another's, and nothing else. The
//! routes are the API's own document, so that one without a row fails.

pub mod table;

use std::collections::BTreeSet;

use campus_dispatch::domain::Role;
use reqwest::Method;
use serde_json::json;

use super::{
    actor::{Answer, Caller, answer, fight},
    cast::{Asker, everybody, has_accounts, nobodies},
    house::House,
};
use table::{Another, OPEN, Row, table};

/// What is served beside the API's document, by the file that serves it: there, and nowhere else,
/// a route is made that the walk does not find by itself. The suite of floors reads `src/` for it.
pub const BESIDE_THE_API: &[(&str, &[&str])] = &[
    ("src/web/route/demo.rs", &["/demo/{role}"]),
    ("src/web/route/health.rs", &["/health/live", "/health/ready"]),
    ("src/web/route/measure.rs", &["/metrics"]),
];

/// What the first alert says that nothing else does.
const ITS_WORDS: [&str; 4] = ["示例：校门口打架", "示例北门外", "116.4012", "13800001234"];

/// The alert the walk is about, at a school of the first station and with its unit on it.
async fn raises_the_first(house: &House) {
    let mut report = fight();
    report["place"] = json!({
        "text": "示例北门外",
        "coordinates": { "longitude": 116.4012, "latitude": 39.9034, "system": "wgs84" },
    });
    let alert = house.operator().posts("/alerts", report).await.is(201).alert();
    house.operator().dispatches("U-1", alert).await;
    assert_eq!(alert, 1, "the table asks for the first alert");
}

fn tells_of_it(answer: &Answer) -> bool {
    ITS_WORDS.iter().any(|words| answer.text.contains(words))
}

/// What the API's document has: each method with its path.
async fn documented(house: &House) -> Vec<(String, String)> {
    let document = house.stranger().opens("/api/v1/openapi.json", "application/json").await;
    let paths = document.is(200).body["paths"].as_object().expect("paths").clone();
    let methods = ["get", "post", "put", "delete", "patch", "head"];
    let operations = paths.iter().flat_map(|(path, item)| {
        let path = path.strip_prefix("/api/v1").expect("of the API").to_owned();
        let item = item.as_object().expect("an item");
        let found = item.keys().filter(|key| methods.contains(&key.as_str()));
        let found: Vec<_> = found.map(|method| (method.to_uppercase(), path.clone())).collect();
        found
    });
    operations.collect()
}

/// Whether a path is one of a template: exactly, or with something in the place of a name.
fn is_of(template: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    let (ours, theirs): (Vec<_>, Vec<_>) =
        (path.split('/').collect(), template.split('/').collect());
    ours.len() == theirs.len()
        && ours.iter().zip(&theirs).all(|(our, their)| our == their || their.starts_with('{'))
}

#[tokio::test]
async fn s12_every_route_of_the_document_has_a_row_and_every_row_a_route() {
    let house = House::open().await;
    let (documented, rows) = (documented(&house).await, table());
    let mut missing = Vec::new();
    for (method, template) in &documented {
        let is_exact = |row: &Row| row.path.split('?').next() == Some(template);
        let fits = |row: &&Row| row.method.as_str() == method && is_of(template, row.path);
        // A row of another route's own name is not a row of this one's parameter.
        let stolen = |row: &Row| {
            !is_exact(row)
                && documented.iter().any(|(_, other)| row.path.split('?').next() == Some(other))
        };
        let has_row = rows.iter().filter(fits).any(|row| !stolen(row));
        let is_open = OPEN.contains(&(method.as_str(), template.as_str()));
        if !has_row && !is_open {
            missing.push(format!("{method} {template}"));
        }
        assert!(!(has_row && is_open), "{method} {template} is before the door, or not");
    }
    assert!(missing.is_empty(), "routes without a row of authority: {missing:#?}");
    for row in &rows {
        let is_known = |(method, template): &(String, String)| {
            row.method.as_str() == method && is_of(template, row.path)
        };
        assert!(documented.iter().any(is_known), "{} {} is no route", row.method, row.path);
    }
}

#[tokio::test]
async fn s12_every_role_that_has_accounts_is_walked() {
    let house = House::open().await;
    let document = house.stranger().opens("/api/v1/openapi.json", "application/json").await;
    let roles = document.is(200).body["components"]["schemas"]["Role"]["enum"].clone();
    let roles: BTreeSet<Role> = serde_json::from_value(roles).expect("every role there is");
    let walked: BTreeSet<_> = everybody(&house).await.iter().map(|asker| asker.role).collect();
    let have: BTreeSet<_> = roles.into_iter().filter(|role| has_accounts(*role)).collect();
    assert_eq!(walked, have);
}

async fn asks(caller: &Caller, row: &Row) -> Answer {
    let mut request = caller.request(row.method.clone(), row.path);
    if !row.body.is_null() {
        request = request.json(&row.body);
    }
    answer(request).await
}

/// Who may is never told that the role may not; who may not is always told so, and nothing is
/// written. Of an alert its own are told, and nobody else, whatever is asked. Nobody and the
/// disabled get nothing at all.
#[tokio::test]
async fn s12_each_role_may_what_the_table_says_on_its_own_and_nothing_else() {
    let mut complaints = Vec::new();
    for row in table() {
        let house = House::open().await;
        raises_the_first(&house).await;
        let nobodies = nobodies(&house).await;
        let askers = everybody(&house).await;
        let asked = nobodies.iter().map(|(who, caller)| (who.to_string(), caller, None));
        let asked = asked.chain(askers.iter().map(|it| (it.named(), &it.caller, Some(it))));
        for (who, caller, asker) in asked {
            let written = house.written();
            let answer = asks(caller, &row).await;
            let refused = asker.map_or(Some((401, "login_needed")), |asker| refusal(&row, asker));
            let is_its = refused.is_none() && asker.is_some_and(|asker| !asker.is_another());
            let is_in_order = match refused {
                Some(refused) => {
                    refused == (answer.status, answer.code()) && house.written() == written
                }
                None => is_taken(&answer),
            };
            // Where it stands now is told in a conflict, too.
            let told = tells_of_it(&answer);
            let is_told_right = if is_its { told || !row.tells } else { !told };
            if !(is_in_order && is_told_right) {
                let (status, text) = (answer.status, &answer.text);
                let question = format!("{} {}", row.method, row.path);
                complaints.push(format!("{question} as {who}, not {refused:?}: {status} {text}"));
            }
        }
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
}

/// How somebody is refused by the table.
fn refusal(row: &Row, asker: &Asker) -> Option<(u16, &'static str)> {
    let another = match asker.role {
        _ if !row.may.contains(&asker.role) => return Some((403, "role_not_permitted")),
        _ if !asker.is_another() => Another::Alike,
        Role::Screen => row.wall,
        _ => row.phone,
    };
    match another {
        Another::Alike => None,
        Another::NotOwn => Some((403, "not_own")),
        Another::Unknown if row.path.starts_with("/units") => Some((404, "unit_unknown")),
        Another::Unknown => Some((404, "alert_unknown")),
    }
}

/// Whether a question was taken, whatever came of it.
fn is_taken(answer: &Answer) -> bool {
    let is_let_in = answer.status != 401 || answer.code() == "credentials_wrong";
    let is_served = !matches!(answer.status, 403 | 405 | 500..);
    is_let_in && is_served && !matches!(answer.code(), "not_found" | "body_invalid")
}

#[tokio::test]
async fn s12_before_the_door_nobody_is_asked_who_they_are() {
    let house = House::open().await;
    for (method, path) in OPEN {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = house.stranger().request(method.clone(), path);
        if method == Method::POST {
            request = request.json(&json!({}));
        }
        let answer = answer(request).await;
        assert_ne!(answer.code(), "login_needed", "{path}");
        assert!(answer.status < 500, "{path}: {}", answer.text);
    }
}

/// What is not the API's: probes, counts, the documentation and the screens tell nothing of the
/// centre; the demo's door does not exist outside a demo.
#[tokio::test]
async fn s12_beside_the_api_nothing_of_the_centre_is_told() {
    let house = House::open().await;
    raises_the_first(&house).await;
    let served = BESIDE_THE_API.iter().flat_map(|(_, paths)| paths.iter().copied());
    for path in served.chain(["/api/docs/", "/api/v1/openapi.json", "/", "/desk/1"]) {
        let path = path.replace("{role}", "operator");
        let answer = house.stranger().opens(&path, "text/html").await;
        for told in ["phone-U-1", "示例第一小学", "示例巡逻"].iter().chain(&ITS_WORDS) {
            assert!(!answer.text.contains(told), "{path} tells {told}");
        }
        let expected = if path.starts_with("/demo/") { 404 } else { 200 };
        assert_eq!(answer.status, expected, "{path}");
    }
}
