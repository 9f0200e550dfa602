//! Alarms, as somebody at a desk sees them.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        Command,
        decide::see_alarms::SeeAlarms,
        event::Notice,
        id::{AssignmentId, RuleId},
    },
    web::{
        extract::{AlertPath, Body},
        submit::{Answer, Counter},
        view,
    },
};

/// Which alarms were seen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenAlarms {
    alarms: Vec<SeenAlarm>,
}

/// One alarm: a deadline the server told, or a unit that is not heard from.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "notice", rename_all = "snake_case", deny_unknown_fields)]
enum SeenAlarm {
    ClockWarned {
        #[schema(value_type = String)]
        rule: RuleId,
    },
    ClockBreached {
        #[schema(value_type = String)]
        rule: RuleId,
    },
    DispatchMissed,
    AcknowledgeMissed {
        #[schema(value_type = u32)]
        assignment: AssignmentId,
    },
    TurnoutMissed {
        #[schema(value_type = u32)]
        assignment: AssignmentId,
    },
    FirstFeedbackMissed,
    ResultMissed,
    HazardOverdue,
    UnitLost {
        #[schema(value_type = u32)]
        assignment: AssignmentId,
    },
}

impl From<SeenAlarm> for Notice {
    fn from(seen: SeenAlarm) -> Self {
        match seen {
            SeenAlarm::ClockWarned { rule } => Self::ClockWarned { rule },
            SeenAlarm::ClockBreached { rule } => Self::ClockBreached { rule },
            SeenAlarm::DispatchMissed => Self::DispatchMissed,
            SeenAlarm::AcknowledgeMissed { assignment } => Self::AcknowledgeMissed { assignment },
            SeenAlarm::TurnoutMissed { assignment } => Self::TurnoutMissed { assignment },
            SeenAlarm::FirstFeedbackMissed => Self::FirstFeedbackMissed,
            SeenAlarm::ResultMissed => Self::ResultMissed,
            SeenAlarm::HazardOverdue => Self::HazardOverdue,
            SeenAlarm::UnitLost { assignment } => Self::UnitLost { assignment },
        }
    }
}

/// Records that alarms were seen (知悉): their flash and horn stop on every desk. No clock changes.
#[utoipa::path(
    post, path = "/alerts/{id}/see-alarms", tag = "alerts", params(("id" = u32, Path)),
    request_body = SeenAlarms, responses((status = 200, body = view::Outcome))
)]
pub async fn see(
    counter: Counter,
    AlertPath(alert): AlertPath,
    Body(SeenAlarms { alarms }): Body<SeenAlarms>,
) -> Answer {
    let alarms = alarms.into_iter().map(Notice::from).collect();
    counter.submit(Command::SeeAlarms(SeeAlarms { alert, alarms })).await
}
