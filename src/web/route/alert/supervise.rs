//! A supervisor's acts on the record: correct a time point, excuse a clock; and turning an
//! exercise actual.

use serde::Deserialize;
use utoipa::ToSchema;

use super::Reason;
use crate::{
    domain::{
        Command, Timestamp,
        assignment::Step,
        decide::{correct::CorrectTimePoint, excuse::ExcuseVerdict, turn_actual::TurnActual},
        event::TimePoint,
        id::{AssignmentId, RuleId},
    },
    web::{
        extract::{AlertPath, Body},
        problem::{Fault, Refusal},
        submit::{Answer, Counter},
        view::{self, code},
    },
};

/// Which clock, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Excuse {
    #[schema(value_type = String)]
    rule: RuleId,
    reason: String,
}

/// A time point set right.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionSaid {
    point: Point,
    /// Of `dispatched` and `step`.
    #[serde(default)]
    #[schema(value_type = Option<u32>)]
    assignment: Option<AssignmentId>,
    /// Of `step`.
    #[serde(default)]
    #[schema(value_type = Option<code::Step>)]
    step: Option<Step>,
    /// The right instant; null empties a point that never was.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, format = DateTime, required)]
    new: Option<Timestamp>,
    reason: String,
}

/// What can be corrected.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CorrectablePoint)]
enum Point {
    Occurred,
    Reported,
    Received,
    Resolved,
    Dispatched,
    Step,
}

/// Null is an answer here, absence is not.
fn given<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Option<Timestamp>, D::Error> {
    Option::deserialize(source)
}

impl CorrectionSaid {
    fn time_point(&self) -> Result<TimePoint, Fault> {
        match (self.point, self.assignment, self.step) {
            (Point::Occurred, None, None) => Ok(TimePoint::Occurred),
            (Point::Reported, None, None) => Ok(TimePoint::Reported),
            (Point::Received, None, None) => Ok(TimePoint::Received),
            (Point::Resolved, None, None) => Ok(TimePoint::Resolved),
            (Point::Dispatched, Some(assignment), None) => Ok(TimePoint::Dispatched { assignment }),
            (Point::Step, Some(assignment), Some(step)) => Ok(TimePoint::Step { assignment, step }),
            (Point::Dispatched, ..) => Err(unfit("point: dispatched takes an assignment only")),
            (Point::Step, ..) => Err(unfit("point: step takes an assignment and a step")),
            _ => Err(unfit("point: this one takes neither assignment nor step")),
        }
    }
}

fn unfit(at: &str) -> Fault {
    Fault::from(Refusal::BodyInvalid).at(at)
}

/// Makes an exercise an actual alert.
#[utoipa::path(
    post, path = "/alerts/{id}/turn-actual", tag = "alerts", params(("id" = u32, Path)),
    request_body = Reason, responses((status = 200, body = view::Outcome))
)]
pub async fn turn_actual(
    counter: Counter,
    AlertPath(alert): AlertPath,
    Body(Reason { reason }): Body<Reason>,
) -> Answer {
    counter.submit(Command::TurnActual(TurnActual { alert, reason })).await
}

/// Excuses a late or missed clock; the raw rate still counts it.
#[utoipa::path(
    post, path = "/alerts/{id}/excuse", tag = "alerts", params(("id" = u32, Path)),
    request_body = Excuse, responses((status = 200, body = view::Outcome))
)]
pub async fn excuse(
    counter: Counter,
    AlertPath(alert): AlertPath,
    Body(Excuse { rule, reason }): Body<Excuse>,
) -> Answer {
    counter.submit(Command::ExcuseVerdict(ExcuseVerdict { alert, rule, reason })).await
}

/// Corrects a time point; the original stays readable.
#[utoipa::path(
    post, path = "/alerts/{id}/correct", tag = "alerts", params(("id" = u32, Path)),
    request_body = CorrectionSaid, responses((status = 200, body = view::Outcome))
)]
pub async fn correct(
    counter: Counter,
    AlertPath(alert): AlertPath,
    Body(said): Body<CorrectionSaid>,
) -> Answer {
    let point = said.time_point()?;
    let CorrectionSaid { new, reason, .. } = said;
    let command = CorrectTimePoint { alert, point, new, reason };
    counter.submit(Command::CorrectTimePoint(command)).await
}
