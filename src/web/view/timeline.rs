//! One line of an alert's record.

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{code, masked};
use crate::{
    domain::{Record, Role, Timestamp, id::AccountName, record::Seq},
    web::audience::Audience,
};

/// What happened: `kind` is the event's name, `detail` its fields.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineEntry {
    seq: Seq,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[schema(value_type = String)]
    by: AccountName,
    #[schema(value_type = code::Role)]
    role: Role,
    kind: &'static str,
    #[schema(value_type = Object)]
    detail: Map<String, Value>,
}

impl TimelineEntry {
    /// A record of access: what credentials are made of stays in the journal, and contacts' numbers
    /// are masked.
    pub fn of_access(record: &Record, audience: &Audience) -> Self {
        let mut entry = Self::of(record, audience);
        for value in entry.detail.values_mut() {
            hide(value);
        }
        for secret in SECRETS {
            entry.detail.remove(secret);
        }
        entry
    }

    /// A record as an audience reads it.
    pub fn of(record: &Record, audience: &Audience) -> Self {
        let mut detail = match serde_json::to_value(&record.event) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        };
        detail.remove("kind");
        if !audience.sees_personal_data()
            && let Some(Value::String(number)) = detail.get_mut("caller_phone")
        {
            *number = masked::phone(number);
        }
        Self {
            seq: record.seq,
            at: record.at,
            by: record.actor.account.clone(),
            role: record.actor.role,
            kind: record.event.kind(),
            detail,
        }
    }
}

/// Fields that hold what credentials are made of.
const SECRETS: [&str; 7] = ["sha256", "phc", "credential", "sealed", "recovery", "mark", "devices"];

/// Takes secrets out of a value and masks numbers, however deep.
fn hide(value: &mut Value) {
    let Value::Object(fields) = value else { return };
    for secret in SECRETS {
        fields.remove(secret);
    }
    if let Some(Value::String(number)) = fields.get_mut("phone") {
        *number = masked::phone(number);
    }
    fields.values_mut().for_each(hide);
}
