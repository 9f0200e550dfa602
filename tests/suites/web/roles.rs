//! S12: every role at every route: what it may, on its own and on another's, and nothing else. The
//! routes are the API's own document, so that one without a row fails.

use campus_dispatch::domain::{Role, policy::preset};
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    actor::answer,
    house::{ACCOUNTS, House},
};
use Role::*;

/// A route, what is asked there, and who may ask.
struct Row {
    method: Method,
    path: &'static str,
    body: Value,
    may: &'static [Role],
    /// What another unit's phone is told where its role may.
    another: Another,
}

/// What somebody is told whose role may, but not to this one.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Another {
    /// Nothing is anybody's own here.
    Alike,
    NotOwn,
    Unknown,
}

fn row(method: Method, path: &'static str, body: Value, may: &'static [Role]) -> Row {
    Row { method, path, body, may, another: Another::Alike }
}

const DESK: &[Role] = &[Operator, Supervisor];
const SUPERVISION: &[Role] = &[Supervisor, Manager, Auditor];
const DESK_AND_UNIT: &[Role] = &[Operator, Supervisor, Unit];
/// Routes before the door: anybody asks there, with or without a login.
const OPEN: &[(&str, &str)] = &[
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/setup"),
    ("POST", "/setup"),
    ("POST", "/session"),
    ("POST", "/session/device"),
    ("POST", "/session/enrolment"),
    ("POST", "/session/enrolment/confirm"),
];

/// Routes that are about whoever asks: each role may, and sees itself.
const OWN: &[Role] = &[Operator, Supervisor, Unit, Manager, Auditor, Admin, Screen, Gateway];

const VIEWERS: &[Role] = &[Operator, Supervisor, Unit, Manager, Auditor, Screen];
const REPORTED_TO: &[Role] = &[Operator, Supervisor, Manager, Auditor];
const ALL_BUT_GATEWAY: &[Role] = &[Operator, Supervisor, Unit, Manager, Auditor, Admin, Screen];

fn table() -> Vec<Row> {
    let get = |path, may| row(Method::GET, path, Value::Null, may);
    let post = |path, body, may| row(Method::POST, path, body, may);
    let put = |path, body, may| row(Method::PUT, path, body, may);
    let delete = |path, may| row(Method::DELETE, path, Value::Null, may);
    let reason = || json!({ "reason": "示例" });
    let text = || json!({ "text": "示例" });
    let own = |row: Row| Row { another: Another::NotOwn, ..row };
    let policy = || json!(preset::preset(preset::DEFAULT));
    vec![
        get("/alerts", VIEWERS),
        Row { another: Another::Unknown, ..get("/alerts/1", VIEWERS) },
        Row { another: Another::Unknown, ..get("/alerts/1/policy", VIEWERS) },
        get("/schools/S-1", ALL_BUT_GATEWAY),
        get("/stations/P-1", ALL_BUT_GATEWAY),
        Row { another: Another::Unknown, ..get("/units/U-1", ALL_BUT_GATEWAY) },
        // Who is no WebSocket is told so first; who may watch is the matter of push::scope.
        get("/live", OWN),
        get("/session", OWN),
        get("/sessions", ALL_BUT_GATEWAY),
        delete("/sessions/nobodys", ALL_BUT_GATEWAY),
        delete("/session", OWN),
        post("/session/lock", json!({}), OWN),
        post("/session/unlock", json!({ "password": "示例" }), OWN),
        post("/session/password", json!({ "current": "示例", "new": "示例" }), OWN),
        get("/alerts/duplicates?school=S-1&category=FIGHT", VIEWERS),
        get("/schools", ALL_BUT_GATEWAY),
        get("/stations", ALL_BUT_GATEWAY),
        get("/units", ALL_BUT_GATEWAY),
        get("/policy", ALL_BUT_GATEWAY),
        get("/map", ALL_BUT_GATEWAY),
        get("/map/marks", VIEWERS),
        get("/policy/presets", ALL_BUT_GATEWAY),
        get("/accounts", &[Admin, Auditor]),
        get("/access-record", &[Auditor]),
        get("/alerts/1/report", REPORTED_TO),
        post("/alerts/1/report/export", Value::Null, REPORTED_TO),
        post("/alerts/handover/export", Value::Null, REPORTED_TO),
        get("/alerts/1/proof", &[Auditor]),
        get("/replay/board?at=2026-01-01T00:00:00Z", SUPERVISION),
        get("/replay/records?after=0&until=2026-01-01T00:00:00Z", SUPERVISION),
        get("/replay/marks?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z", SUPERVISION),
        get("/reports/bulletin", SUPERVISION),
        get("/reports/campaign", SUPERVISION),
        post("/reports/bulletin/export?format=csv", Value::Null, SUPERVISION),
        post("/reports/campaign/export?format=xlsx", Value::Null, SUPERVISION),
        get("/samples", SUPERVISION),
        get("/samples/1", SUPERVISION),
        post("/samples/1/export?format=csv", Value::Null, SUPERVISION),
        post(
            "/samples",
            json!({ "seed": 1, "from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z", "size": 5 }),
            &[Manager, Auditor],
        ),
        post("/samples/1/score", json!({ "alert": 1, "marks": {} }), &[Manager, Auditor]),
        get("/statistics/response", &[Operator, Supervisor, Manager, Auditor]),
        post("/statistics/response/export?format=csv", Value::Null, REPORTED_TO),
        get("/statistics/profile", &[Operator, Supervisor, Manager, Auditor]),
        get("/statistics/alerts", &[Operator, Supervisor, Manager, Auditor]),
        get("/statistics/hints", &[Manager, Auditor]),
        post("/statistics/what-if", policy(), &[Operator, Supervisor, Manager, Auditor]),
        post("/alerts", super::actor::fight(), &[Operator, Supervisor, Unit, Gateway]),
        post("/alerts/1/dispatch", json!({ "units": [{ "unit": "U-3" }] }), DESK),
        post("/alerts/1/reclassify", json!({ "category": "THREAT" }), DESK),
        post("/alerts/1/note", text(), DESK),
        post("/alerts/1/see-alarms", json!({ "alarms": [] }), DESK),
        own(post(
            "/alerts/1/feedback",
            json!({ "kind": "progress", "text": "示例", "assignment": 1 }),
            DESK_AND_UNIT,
        )),
        post("/alerts/1/resolve", json!({ "disposition": "mediated", "result": "示例" }), DESK),
        post(
            "/alerts/1/close",
            json!({ "police_count": 1, "injured_count": 0, "validity": "valid" }),
            DESK,
        ),
        post("/alerts/1/reopen", reason(), &[Supervisor]),
        post("/alerts/1/cancel", reason(), DESK),
        post("/alerts/1/merge", json!({ "into": 2 }), DESK),
        post("/alerts/1/unmerge", json!({}), DESK),
        post("/alerts/1/turn-actual", reason(), DESK),
        post("/alerts/1/excuse", json!({ "rule": "l2-ab", "reason": "示例" }), &[Supervisor]),
        post(
            "/alerts/1/correct",
            json!({ "point": "occurred", "new": null, "reason": "示例" }),
            &[Supervisor],
        ),
        post(
            "/alerts/1/defer-hazard",
            json!({ "measure": "示例", "informed": "示例", "due_at": "2027-01-01T00:00:00Z" }),
            DESK,
        ),
        post("/alerts/1/fix-hazard", text(), DESK),
        own(post("/assignments/1/deliver", json!({}), DESK_AND_UNIT)),
        own(post("/assignments/1/acknowledge", json!({}), DESK_AND_UNIT)),
        own(post("/assignments/1/en-route", json!({}), DESK_AND_UNIT)),
        own(post("/assignments/1/arrive", json!({}), DESK_AND_UNIT)),
        own(post("/assignments/1/clear", json!({}), DESK_AND_UNIT)),
        own(post("/assignments/1/decline", reason(), DESK_AND_UNIT)),
        post("/assignments/1/cancel", reason(), DESK),
        own(post("/assignments/1/reinforce", text(), &[Unit])),
        own(post("/units/U-1/duty", json!({ "duty": "available" }), DESK_AND_UNIT)),
        own(post(
            "/units/U-1/position",
            json!({ "longitude": 116.4, "latitude": 39.9, "system": "wgs84" }),
            &[Unit],
        )),
        own(post("/units/U-1/check-in", json!({ "school": "S-1" }), &[Unit])),
        put("/schools/S-9", json!({ "name": "示例", "kind": "primary", "zone": "B" }), &[Admin]),
        row(Method::POST, "/imports/schools?dry_run=true", json!("not a table"), &[Admin]),
        put("/stations/P-9", json!({ "name": "示例" }), &[Admin]),
        put("/units/U-9", json!({ "name": "示例", "kind": "patrol" }), &[Admin]),
        delete("/schools/S-8", &[Admin]),
        delete("/stations/P-8", &[Admin]),
        delete("/units/U-8", &[Admin]),
        post(
            "/accounts",
            json!({ "name": "new", "role": "operator", "password": "long enough" }),
            &[Admin],
        ),
        put("/accounts/nobody", json!({ "role": "operator" }), &[Admin]),
        post("/accounts/nobody/disable", json!({}), &[Admin]),
        post("/accounts/nobody/enable", json!({}), &[Admin]),
        post("/accounts/nobody/password", json!({ "password": "long enough 示例" }), &[Admin]),
        post("/accounts/nobody/token", json!({}), &[Admin]),
        post("/accounts/nobody/reset-factor", json!({}), &[Admin]),
        put("/policy", policy(), &[Admin]),
        post("/policy/preview", policy(), &[Admin]),
    ]
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

async fn asks(caller: &super::actor::Caller, row: &Row) -> super::actor::Answer {
    let mut request = caller.request(row.method.clone(), row.path);
    if !row.body.is_null() {
        request = request.json(&row.body);
    }
    answer(request).await
}

/// Who may is never told that the role may not; who may not is always told so, and nothing is
/// written. Nobody and the disabled get nothing at all.
#[tokio::test]
async fn s12_each_role_may_what_the_table_says_on_its_own_and_nothing_else() {
    for row in table() {
        let house = House::open().await;
        let alert = house.operator().raises().await;
        house.operator().dispatches("U-1", alert).await;
        house.disabled("gone").await;
        for nobody in [house.stranger(), house.caller("gone"), house.caller("never-was")] {
            let written = house.written();
            let answer = asks(&nobody, &row).await;
            let place = format!("{} {}: {}", row.method, row.path, answer.text);
            assert_eq!((answer.status, answer.code()), (401, "login_needed"), "{place}");
            assert_eq!(house.written(), written, "{place}");
        }
        for (account, role) in ACCOUNTS {
            // The third phone would only say again what the second does.
            if account == "phone-U-3" {
                continue;
            }
            let written = house.written();
            let answer = asks(&house.caller(account), &row).await;
            let place = format!("{} {} as {account}: {}", row.method, row.path, answer.text);
            let is_another = account == "phone-U-2" && row.another != Another::Alike;
            if !row.may.contains(&role) {
                assert_eq!((answer.status, answer.code()), (403, "role_not_permitted"), "{place}");
                assert_eq!(house.written(), written, "{place}");
            } else if is_another {
                let expected = if row.another == Another::NotOwn { 403 } else { 404 };
                assert_eq!(answer.status, expected, "{place}");
                assert_ne!(answer.code(), "role_not_permitted", "{place}");
                assert_eq!(house.written(), written, "{place}");
            } else {
                let is_of_password = answer.code() == "credentials_wrong";
                assert!(!matches!(answer.status, 403 | 405 | 500..), "{place}");
                assert!(answer.status != 401 || is_of_password, "{place}");
                assert_ne!(answer.code(), "not_found", "{place}");
                assert_ne!(answer.code(), "body_invalid", "{place}");
            }
        }
    }
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
    house.operator().raises().await;
    for path in
        ["/health/live", "/health/ready", "/metrics", "/api/docs/", "/api/v1/openapi.json", "/"]
    {
        let answer = house.stranger().opens(path, "text/html").await;
        for told in ["13800001234", "示例：校门口打架", "phone-U-1", "示例第一小学"] {
            assert!(!answer.text.contains(told), "{path} tells {told}");
        }
    }
    house.stranger().opens("/demo/operator", "text/html").await.is(404);
}
