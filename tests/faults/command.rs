//! The commands of the load: how each is asked for over HTTP, and what it must have left in the
//! journal.

use campus_dispatch::domain::{Event, Record, assignment::Step};
use serde_json::{Value, json};

/// Something asked for. Texts carry the command's own key, so that no two look alike.
#[derive(Clone, Debug)]
pub enum Command {
    Raise {
        school: String,
        summary: String,
    },
    /// A one-key alarm, by the host's own number of it.
    Press {
        school: String,
        alarm: String,
    },
    Dispatch {
        alert: u64,
        units: Vec<String>,
    },
    Note {
        alert: u64,
        text: String,
    },
    Feedback {
        alert: u64,
        assignment: u64,
        text: String,
    },
    Resolve {
        alert: u64,
        result: String,
    },
    Close {
        alert: u64,
        arrived: bool,
    },
    Cancel {
        alert: u64,
        reason: String,
    },
    Step {
        assignment: u64,
        step: Step,
    },
    Decline {
        assignment: u64,
        reason: String,
    },
    OnDuty {
        unit: String,
    },
    Position {
        unit: String,
        longitude: f64,
        latitude: f64,
    },
}

impl Command {
    /// Its path in the API.
    pub fn path(&self) -> String {
        match self {
            Self::Raise { .. } | Self::Press { .. } => "/alerts".to_owned(),
            Self::Dispatch { alert, .. } => format!("/alerts/{alert}/dispatch"),
            Self::Note { alert, .. } => format!("/alerts/{alert}/note"),
            Self::Feedback { alert, .. } => format!("/alerts/{alert}/feedback"),
            Self::Resolve { alert, .. } => format!("/alerts/{alert}/resolve"),
            Self::Close { alert, .. } => format!("/alerts/{alert}/close"),
            Self::Cancel { alert, .. } => format!("/alerts/{alert}/cancel"),
            Self::Step { assignment, step } => {
                let verb = match step {
                    Step::Deliver => "deliver",
                    Step::Acknowledge => "acknowledge",
                    Step::EnRoute => "en-route",
                    Step::Arrive => "arrive",
                    Step::Clear => "clear",
                };
                format!("/assignments/{assignment}/{verb}")
            }
            Self::Decline { assignment, .. } => format!("/assignments/{assignment}/decline"),
            Self::OnDuty { unit } => format!("/units/{unit}/duty"),
            Self::Position { unit, .. } => format!("/units/{unit}/position"),
        }
    }

    /// Its body, where it has one.
    pub fn body(&self) -> Option<Value> {
        Some(match self {
            Self::Raise { school, summary } => json!({
                "source": "phone110", "category": "FIGHT", "school": school, "summary": summary,
                "caller_phone": "13800000000",
            }),
            Self::Press { school, alarm } => json!({
                "source": "one_key_alarm", "category": "ATTACK", "school": school,
                "source_alarm_id": alarm,
            }),
            Self::Dispatch { units, .. } => {
                let units: Vec<Value> = units.iter().map(|unit| json!({ "unit": unit })).collect();
                json!({ "units": units })
            }
            Self::Note { text, .. } => json!({ "text": text }),
            Self::Feedback { assignment, text, .. } => {
                json!({ "kind": "progress", "text": text, "assignment": assignment })
            }
            Self::Resolve { result, .. } => {
                json!({ "disposition": "handled_on_scene", "result": result })
            }
            Self::Close { arrived, .. } => {
                let mut body =
                    json!({ "police_count": 2, "injured_count": 0, "validity": "valid" });
                if !arrived {
                    body["no_arrival_reason"] = "示例：无人到场".into();
                }
                body
            }
            Self::Cancel { reason, .. } | Self::Decline { reason, .. } => {
                json!({ "reason": reason })
            }
            Self::Step { .. } => return None,
            Self::OnDuty { .. } => json!({ "duty": "available" }),
            Self::Position { longitude, latitude, .. } => json!({
                "longitude": longitude, "latitude": latitude, "system": "wgs84",
            }),
        })
    }

    /// Whether a command's records are this one, whole and with what was asked.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn check(&self, records: &[Record]) -> Result<(), String> {
        let (Some(last), count) = (records.last(), records.len()) else {
            return Err("left no record".to_owned());
        };
        let wanted = match self {
            Self::Dispatch { units, .. } => units.len(),
            // Units on their way are released by the same command, before it.
            Self::Resolve { .. } | Self::Cancel { .. } => count,
            _ => 1,
        };
        if count != wanted {
            return Err(format!("left {count} of {wanted} records"));
        }
        let stands = match self {
            Self::Dispatch { alert, units } => records.iter().zip(units).all(|(record, unit)| {
                matches!(&record.event, Event::UnitDispatched(sent)
                    if sent.unit.as_str() == unit && u64::from(sent.alert.0) == *alert)
            }),
            Self::Resolve { .. } | Self::Cancel { .. } => {
                let (_, before) = records.split_last().unwrap_or((last, &[]));
                self.is(&last.event)
                    && before.iter().all(|it| matches!(it.event, Event::AssignmentCancelled { .. }))
            }
            _ => self.is(&last.event),
        };
        if stands { Ok(()) } else { Err(format!("left another event: {:?}", last.event)) }
    }

    /// Whether an event is what was asked for.
    fn is(&self, event: &Event) -> bool {
        let same = |known: u32, asked: u64| u64::from(known) == asked;
        match (self, event) {
            (Self::Raise { school, summary }, Event::AlertRaised(raised)) => {
                raised.summary == *summary
                    && raised.school.as_ref().is_some_and(|known| known.as_str() == school)
                    && raised.caller_phone.as_deref() == Some("13800000000")
            }
            (Self::Press { school, alarm }, Event::AlertRaised(raised)) => {
                raised.source_alarm_id.as_deref() == Some(alarm.as_str())
                    && raised.school.as_ref().is_some_and(|known| known.as_str() == school)
            }
            (Self::Note { alert, text }, Event::AlertNoted { alert: on, text: said }) => {
                same(on.0, *alert) && said == text
            }
            (Self::Feedback { alert, assignment, text }, Event::FeedbackFiled(filed)) => {
                same(filed.alert.0, *alert)
                    && filed.assignment.is_some_and(|known| same(known.0, *assignment))
                    && filed.text == *text
            }
            (
                Self::Resolve { alert, result },
                Event::AlertResolved { alert: on, result: said, .. },
            ) => same(on.0, *alert) && said == result,
            (Self::Close { alert, .. }, Event::AlertClosed { alert: on, record }) => {
                same(on.0, *alert) && record.police_count == 2
            }
            (Self::Cancel { alert, reason }, Event::AlertCancelled { alert: on, reason: said }) => {
                same(on.0, *alert) && said == reason
            }
            (
                Self::Decline { assignment, reason },
                Event::AssignmentDeclined { assignment: on, reason: said, .. },
            ) => same(on.0, *assignment) && said == reason,
            (Self::Step { assignment, step }, event) => {
                let (done, taken) = match event {
                    Event::AssignmentDelivered(taken) => (Step::Deliver, taken),
                    Event::AssignmentAcknowledged(taken) => (Step::Acknowledge, taken),
                    Event::AssignmentWentEnRoute(taken) => (Step::EnRoute, taken),
                    Event::AssignmentArrived(taken) => (Step::Arrive, taken),
                    Event::AssignmentCleared(taken) => (Step::Clear, taken),
                    _ => return false,
                };
                done == *step && same(taken.assignment.0, *assignment)
            }
            (Self::OnDuty { unit }, Event::DutyChanged { unit: on, .. })
            | (Self::Position { unit, .. }, Event::PositionReported { unit: on, .. }) => {
                on.as_str() == unit
            }
            _ => false,
        }
    }
}
