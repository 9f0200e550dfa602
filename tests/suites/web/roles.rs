//! Every role at every main route: what it may, and nothing else.

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
}

fn row(method: Method, path: &'static str, body: Value, may: &'static [Role]) -> Row {
    Row { method, path, body, may }
}

const DESK: &[Role] = &[Operator, Supervisor];
const SUPERVISION: &[Role] = &[Supervisor, Manager, Auditor];
const DESK_AND_UNIT: &[Role] = &[Operator, Supervisor, Unit];
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
    let policy = || json!(preset::preset(preset::DEFAULT));
    vec![
        get("/alerts", VIEWERS),
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
        get("/statistics/profile", &[Operator, Supervisor, Manager, Auditor]),
        get("/statistics/alerts", &[Operator, Supervisor, Manager, Auditor]),
        get("/statistics/hints", &[Manager, Auditor]),
        post("/statistics/what-if", policy(), &[Operator, Supervisor, Manager, Auditor]),
        post("/alerts", super::actor::fight(), &[Operator, Supervisor, Unit, Gateway]),
        post("/alerts/1/dispatch", json!({ "units": [{ "unit": "U-3" }] }), DESK),
        post("/alerts/1/reclassify", json!({ "category": "THREAT" }), DESK),
        post("/alerts/1/note", text(), DESK),
        post("/alerts/1/see-alarms", json!({ "alarms": [] }), DESK),
        post(
            "/alerts/1/feedback",
            json!({ "kind": "progress", "text": "示例", "assignment": 1 }),
            DESK_AND_UNIT,
        ),
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
        post("/assignments/1/deliver", json!({}), DESK_AND_UNIT),
        post("/assignments/1/acknowledge", json!({}), DESK_AND_UNIT),
        post("/assignments/1/en-route", json!({}), DESK_AND_UNIT),
        post("/assignments/1/arrive", json!({}), DESK_AND_UNIT),
        post("/assignments/1/clear", json!({}), DESK_AND_UNIT),
        post("/assignments/1/decline", reason(), DESK_AND_UNIT),
        post("/assignments/1/cancel", reason(), DESK),
        post("/assignments/1/reinforce", text(), &[Unit]),
        post("/units/U-1/duty", json!({ "duty": "available" }), DESK_AND_UNIT),
        post(
            "/units/U-1/position",
            json!({ "longitude": 116.4, "latitude": 39.9, "system": "wgs84" }),
            &[Unit],
        ),
        post("/units/U-1/check-in", json!({ "school": "S-1" }), &[Unit]),
        put("/schools/S-9", json!({ "name": "示例", "kind": "primary", "zone": "B" }), &[Admin]),
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
        post("/accounts/nobody/disable", json!({}), &[Admin]),
    ]
}

/// Who may is never told that the role may not; who may not is always told so, and nothing is
/// written.
#[tokio::test]
async fn each_role_may_what_the_table_says_and_nothing_else() {
    for row in table() {
        let house = House::open().await;
        let alert = house.operator().raises().await;
        house.operator().dispatches("U-1", alert).await;
        for (account, role) in ACCOUNTS {
            // The other phones are the matter of another test: they may, but not on this one.
            if role == Unit && account != "phone-U-1" {
                continue;
            }
            let written = house.written();
            let mut request = house.caller(account).request(row.method.clone(), row.path);
            if !row.body.is_null() {
                request = request.json(&row.body);
            }
            let answer = answer(request).await;
            let place = format!("{} {} as {account}: {}", row.method, row.path, answer.text);
            if row.may.contains(&role) {
                assert!(!matches!(answer.status, 401 | 403 | 405 | 500..), "{place}");
                assert_ne!(answer.code(), "not_found", "{place}");
                assert_ne!(answer.code(), "body_invalid", "{place}");
            } else {
                assert_eq!((answer.status, answer.code()), (403, "role_not_permitted"), "{place}");
                assert_eq!(house.written(), written, "{place}");
            }
        }
    }
}
