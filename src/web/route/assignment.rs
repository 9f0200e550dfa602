//! Assignments: a unit's steps, and its giving back or being called back.

use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{
        Command, Timestamp,
        decide::{
            decline::DeclineAssignment, reinforce::RequestReinforcement, step::TakeStep,
            withdraw::CancelAssignment,
        },
    },
    web::{
        context::Context,
        extract::{AssignmentPath, Body, OptionalBody},
        submit::{Answer, Counter},
        view,
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(deliver))
        .routes(routes!(acknowledge))
        .routes(routes!(en_route))
        .routes(routes!(arrive))
        .routes(routes!(clear))
        .routes(routes!(decline))
        .routes(routes!(cancel))
        .routes(routes!(reinforce))
}

/// A step taken.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StepSaid {
    /// The device's own time; a remark beside the server's.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    pressed_at: Option<Timestamp>,
}

/// Why an assignment ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WithdrawalSaid {
    reason: String,
}

/// What is needed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReinforcementSaid {
    text: String,
}

/// One step's handler: its route, what it says, its command.
macro_rules! step {
    ($name:ident, $path:literal, $about:literal, $command:ident) => {
        #[doc = $about]
        #[utoipa::path(
                    post, path = $path, tag = "assignments", params(("id" = u32, Path)),
                    request_body = Option<StepSaid>, responses((status = 200, body = view::Outcome))
                )]
        async fn $name(
            counter: Counter,
            AssignmentPath(assignment): AssignmentPath,
            OptionalBody(StepSaid { pressed_at }): OptionalBody<StepSaid>,
        ) -> Answer {
            counter.submit(Command::$command(TakeStep { assignment, pressed_at })).await
        }
    };
}

step!(
    deliver,
    "/assignments/{id}/deliver",
    "The unit's phone has shown the assignment.",
    DeliverAssignment
);
step!(
    acknowledge,
    "/assignments/{id}/acknowledge",
    "The unit acknowledges (签收).",
    AcknowledgeAssignment
);
step!(en_route, "/assignments/{id}/en-route", "The unit is on its way (出警).", GoEnRoute);
step!(arrive, "/assignments/{id}/arrive", "The unit is on scene (到场).", ArriveOnScene);
step!(clear, "/assignments/{id}/clear", "The unit is done (结束任务).", ClearAssignment);

/// The unit gives the assignment back, before it is en route.
#[utoipa::path(
    post, path = "/assignments/{id}/decline", tag = "assignments", params(("id" = u32, Path)),
    request_body = WithdrawalSaid, responses((status = 200, body = view::Outcome))
)]
async fn decline(
    counter: Counter,
    AssignmentPath(assignment): AssignmentPath,
    Body(WithdrawalSaid { reason }): Body<WithdrawalSaid>,
) -> Answer {
    counter.submit(Command::DeclineAssignment(DeclineAssignment { assignment, reason })).await
}

/// The operator calls the unit back, before it has arrived.
#[utoipa::path(
    post, path = "/assignments/{id}/cancel", tag = "assignments", params(("id" = u32, Path)),
    request_body = WithdrawalSaid, responses((status = 200, body = view::Outcome))
)]
async fn cancel(
    counter: Counter,
    AssignmentPath(assignment): AssignmentPath,
    Body(WithdrawalSaid { reason }): Body<WithdrawalSaid>,
) -> Answer {
    counter.submit(Command::CancelAssignment(CancelAssignment { assignment, reason })).await
}

/// The unit asks for more units.
#[utoipa::path(
    post, path = "/assignments/{id}/reinforce", tag = "assignments", params(("id" = u32, Path)),
    request_body = ReinforcementSaid, responses((status = 200, body = view::Outcome))
)]
async fn reinforce(
    counter: Counter,
    AssignmentPath(assignment): AssignmentPath,
    Body(ReinforcementSaid { text }): Body<ReinforcementSaid>,
) -> Answer {
    let command = RequestReinforcement { assignment, text };
    counter.submit(Command::RequestReinforcement(command)).await
}
