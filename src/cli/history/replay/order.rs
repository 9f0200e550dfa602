//! An act as a request of the API: who asks, where, and with what body.

use serde_json::{Value, json};

use super::schedule::{Act, Deed, Schedule};
use crate::domain::{
    assignment::Assignment,
    classification::{Disposition, Validity},
    district::UnitProfile,
    history::HistoricAlert,
};

/// In whose name something is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Raises alerts.
    Gateway,
    /// Dispatches, resolves and closes, and takes the units' steps for them.
    Operator,
    /// Defines units.
    Admin,
}

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub part: Part,
    pub put: bool,
    /// Below `/api/v1`.
    pub path: String,
    pub body: Value,
    /// The `Idempotency-Key`: a repeated request is done once.
    pub key: String,
}

/// What the server gave the call's alert and legs for ids.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub alert: Option<u32>,
    pub assignments: Vec<Option<u32>>,
}

/// The request for an act; `None` where an earlier one it rests on was not done.
pub fn order(
    schedule: &Schedule,
    act: &Act,
    known: &Known,
    run: &str,
    key: String,
) -> Option<Order> {
    let alert = &schedule.calls[act.call].alert;
    let on_alert = |verb: &str| known.alert.map(|id| format!("/alerts/{id}/{verb}"));
    let on_leg = |leg: usize, verb: &str| {
        let id = known.assignments.get(leg).copied().flatten();
        id.map(|id| format!("/assignments/{id}/{verb}"))
    };
    let (path, body) = match &act.deed {
        Deed::Raise => ("/alerts".to_owned(), report(alert, &format!("{run}-{}", act.call))),
        Deed::Dispatch { legs } => {
            let units = legs.iter().filter_map(|leg| schedule.cast.players.get(&(act.call, *leg)));
            let units: Vec<Value> = units.map(|unit| json!({ "unit": unit })).collect();
            (on_alert("dispatch")?, json!({ "units": units, "confirm_stacking": true }))
        }
        Deed::Acknowledge { leg } => (on_leg(*leg, "acknowledge")?, json!({})),
        Deed::GoEnRoute { leg } => (on_leg(*leg, "en-route")?, json!({})),
        Deed::Arrive { leg } => (on_leg(*leg, "arrive")?, json!({})),
        Deed::Clear { leg } => (on_leg(*leg, "clear")?, json!({})),
        Deed::CallBack { leg } => {
            (on_leg(*leg, "cancel")?, json!({ "reason": "available again without an arrival" }))
        }
        Deed::Resolve => (on_alert("resolve")?, resolution(alert)),
        Deed::Close => (on_alert("close")?, closing(alert)),
    };
    let part = if act.deed == Deed::Raise { Part::Gateway } else { Part::Operator };
    Some(Order { part, put: false, path, body, key })
}

/// The requests that bring a unit on duty: defined by the admin, available by the operator.
pub fn enlist(unit: &UnitProfile, run: &str) -> [Order; 2] {
    let UnitProfile { id, name, kind, .. } = unit;
    let order = |part, put, path, body, what: &str| Order {
        part,
        put,
        path,
        body,
        key: format!("{run}-{what}-{id}"),
    };
    let profile = json!({ "name": name, "kind": kind });
    [
        order(Part::Admin, true, format!("/units/{id}"), profile, "define"),
        order(
            Part::Operator,
            false,
            format!("/units/{id}/duty"),
            json!({ "duty": "available" }),
            "duty",
        ),
    ]
}

fn report(alert: &HistoricAlert, scope: &str) -> Value {
    // An alert needs a school or a place; where the source withholds it, that is what is said.
    let place = alert.place.as_ref();
    let text = place.map(|place| place.text.as_str()).filter(|text| !text.is_empty());
    let coordinates = place
        .and_then(|place| place.position)
        .map(|at| json!({ "longitude": at.longitude, "latitude": at.latitude, "system": "wgs84" }));
    let text = text.unwrap_or("place not recorded");
    json!({
        "source": alert.source,
        "category": alert.category,
        "severity": alert.severity,
        "mode": alert.mode,
        "school": alert.school,
        "place": { "text": line(text), "coordinates": coordinates },
        "summary": alert.summary,
        "source_alarm_id": line(&format!("{scope}/{}", alert.source_alarm_id)),
    })
}

fn resolution(alert: &HistoricAlert) -> Value {
    let disposition = disposition(alert);
    let result = match alert.disposition {
        Some(_) => "as recorded by the source",
        None => "the source records no disposition",
    };
    json!({ "disposition": disposition, "result": format!("Replay of {}: {result}", alert.system) })
}

fn closing(alert: &HistoricAlert) -> Value {
    let on_scene = |sent: &&Assignment| sent.arrived_at.is_some() && sent.unit_kind.is_police();
    let police = alert.assignments.iter().filter(on_scene).count();
    let validity = match disposition(alert) {
        Disposition::FalseAlarm => Validity::FalseAlarm,
        Disposition::MaliciousReport => Validity::Malicious,
        Disposition::Duplicate => Validity::Duplicate,
        _ => Validity::Valid,
    };
    let reason = (police == 0).then_some("the source records no arrival");
    json!({
        "police_count": police,
        "injured_count": 0,
        "validity": validity,
        "no_arrival_reason": reason,
    })
}

fn disposition(alert: &HistoricAlert) -> Disposition {
    let arrived = alert.assignments.iter().any(|sent| sent.arrived_at.is_some());
    alert.disposition.unwrap_or(match arrived {
        true => Disposition::HandledOnScene,
        false => Disposition::NoPoliceNeeded,
    })
}

/// As much as a line of the API holds.
fn line(text: &str) -> String {
    text.chars().take(crate::domain::limit::LINE_MAX).collect()
}
