//! The table of the walk: each route of the API, what is asked there, and who may.

use campus_dispatch::domain::{
    Role::{self, *},
    policy::preset,
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::web::actor::fight;

/// A route, what is asked there, and who may ask.
pub struct Row {
    pub method: Method,
    pub path: &'static str,
    pub body: Value,
    pub may: &'static [Role],
    /// What those whose role may are told here who are bound to another unit or station.
    pub phone: Another,
    pub wall: Another,
    /// Whether the answer tells of the first alert, and so of whom it concerns.
    pub tells: bool,
}

/// What somebody is told whose role may, but not to this one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Another {
    /// The same question is taken: nothing is anybody's own here, or the answer is empty of it.
    Alike,
    NotOwn,
    Unknown,
}

fn row(method: Method, path: &'static str, body: Value, may: &'static [Role]) -> Row {
    let (phone, wall) = (Another::Alike, Another::Alike);
    Row { method, path, body, may, phone, wall, tells: false }
}

impl Row {
    /// Is about one alert, which is unknown to another unit and another station.
    fn of_alert(self) -> Self {
        Self { phone: Another::Unknown, wall: Another::Unknown, ..self }
    }

    /// Is a command that a unit gives for itself alone.
    fn own(self) -> Self {
        Self { phone: Another::NotOwn, ..self }
    }

    fn telling(self) -> Self {
        Self { tells: true, ..self }
    }
}

pub const DESK: &[Role] = &[Operator, Supervisor];
const SUPERVISION: &[Role] = &[Supervisor, Manager, Auditor];
const DESK_AND_UNIT: &[Role] = &[Operator, Supervisor, Unit];
/// Routes before the door: anybody asks there, with or without a login.
pub const OPEN: &[(&str, &str)] = &[
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

pub fn table() -> Vec<Row> {
    let get = |path, may| row(Method::GET, path, Value::Null, may);
    let post = |path, body, may| row(Method::POST, path, body, may);
    let put = |path, body, may| row(Method::PUT, path, body, may);
    let delete = |path, may| row(Method::DELETE, path, Value::Null, may);
    let reason = || json!({ "reason": "示例" });
    let text = || json!({ "text": "示例" });
    let policy = || json!(preset::preset(preset::DEFAULT));
    vec![
        get("/alerts", VIEWERS).telling(),
        get("/alerts?school=S-1", VIEWERS).telling(),
        get("/alerts?q=1", VIEWERS).telling(),
        get("/alerts/1", VIEWERS).of_alert().telling(),
        get("/alerts/1/policy", VIEWERS).of_alert(),
        get("/schools/S-1", ALL_BUT_GATEWAY),
        get("/stations/P-1", ALL_BUT_GATEWAY),
        // A wall shows every unit; a phone its own.
        Row { phone: Another::Unknown, ..get("/units/U-1", ALL_BUT_GATEWAY) },
        // Who is no WebSocket is told so first; who may watch is the matter of push::scope.
        get("/live", OWN),
        get("/session", OWN),
        get("/sessions", ALL_BUT_GATEWAY),
        delete("/sessions/nobodys", ALL_BUT_GATEWAY),
        delete("/session", OWN),
        post("/session/lock", json!({}), OWN),
        post("/session/unlock", json!({ "password": "示例" }), OWN),
        post("/session/password", json!({ "current": "示例", "new": "示例" }), OWN),
        get("/alerts/duplicates?school=S-1&category=FIGHT", VIEWERS).telling(),
        get("/alerts/duplicates?category=THREAT&longitude=116.4012&latitude=39.9034", VIEWERS)
            .telling(),
        get("/schools", ALL_BUT_GATEWAY),
        get("/stations", ALL_BUT_GATEWAY),
        get("/units", ALL_BUT_GATEWAY),
        get("/policy", ALL_BUT_GATEWAY),
        get("/map", ALL_BUT_GATEWAY),
        get("/map/marks", VIEWERS).telling(),
        get("/policy/presets", ALL_BUT_GATEWAY),
        get("/accounts", &[Admin, Auditor]),
        get("/access-record", &[Auditor]),
        get("/alerts/1/report", REPORTED_TO).telling(),
        post("/alerts/1/report/export", Value::Null, REPORTED_TO),
        post("/alerts/handover/export", Value::Null, REPORTED_TO),
        get("/alerts/1/proof", &[Auditor]).telling(),
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
        get("/statistics/alerts", &[Operator, Supervisor, Manager, Auditor]).telling(),
        get("/statistics/hints", &[Manager, Auditor]),
        post("/statistics/what-if", policy(), &[Operator, Supervisor, Manager, Auditor]),
        post("/alerts", fight(), &[Operator, Supervisor, Unit, Gateway]),
        post("/alerts/1/dispatch", json!({ "units": [{ "unit": "U-3" }] }), DESK),
        post("/alerts/1/reclassify", json!({ "category": "THREAT" }), DESK),
        post("/alerts/1/note", text(), DESK),
        post("/alerts/1/see-alarms", json!({ "alarms": [] }), DESK),
        post(
            "/alerts/1/feedback",
            json!({ "kind": "progress", "text": "示例", "assignment": 1 }),
            DESK_AND_UNIT,
        )
        .own(),
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
        post("/assignments/1/deliver", json!({}), DESK_AND_UNIT).own(),
        post("/assignments/1/acknowledge", json!({}), DESK_AND_UNIT).own(),
        post("/assignments/1/en-route", json!({}), DESK_AND_UNIT).own(),
        post("/assignments/1/arrive", json!({}), DESK_AND_UNIT).own(),
        post("/assignments/1/clear", json!({}), DESK_AND_UNIT).own(),
        post("/assignments/1/decline", reason(), DESK_AND_UNIT).own(),
        post("/assignments/1/cancel", reason(), DESK),
        post("/assignments/1/reinforce", text(), &[Unit]).own(),
        post("/units/U-1/duty", json!({ "duty": "available" }), DESK_AND_UNIT).own(),
        post(
            "/units/U-1/position",
            json!({ "longitude": 116.4, "latitude": 39.9, "system": "wgs84" }),
            &[Unit],
        )
        .own(),
        post("/units/U-1/check-in", json!({ "school": "S-1" }), &[Unit]).own(),
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
