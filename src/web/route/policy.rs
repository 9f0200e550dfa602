//! The response policy.

use axum::{Json, extract::State};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{
        Command, Policy, Rejection,
        authority::{self, View},
        decide::adopt_policy::AdoptPolicy,
        policy::preset,
    },
    web::{
        context::Context,
        door::Caller,
        extract::Body,
        problem::Fault,
        submit::{Answer, Counter},
        view,
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(show, adopt)).routes(routes!(presets))
}

/// The policy in force.
#[utoipa::path(get, path = "/policy", tag = "policy", responses((status = 200, body = view::Policy)))]
async fn show(State(context): State<Context>, caller: Caller) -> Result<Json<Policy>, Fault> {
    caller.check_view(View::Policy)?;
    let policy = context.engine.board().policy_at(context.engine.now());
    Ok(Json((*policy).clone()))
}

/// The shipped policies.
#[utoipa::path(
    get, path = "/policy/presets", tag = "policy", responses((status = 200, body = view::Presets))
)]
async fn presets(caller: Caller) -> Result<Json<view::Presets>, Fault> {
    caller.check_view(View::Policy)?;
    let presets = preset::IDS.iter().filter_map(|id| preset::preset(id)).collect();
    Ok(Json(view::Presets { presets }))
}

/// Adopts a policy for alerts received from its `effective_from` on.
#[utoipa::path(
    put, path = "/policy", tag = "policy", request_body = view::Policy,
    responses((status = 200, body = view::Outcome))
)]
async fn adopt(counter: Counter, Body(policy): Body<Policy>) -> Answer {
    let checked = policy.check();
    let command = Command::AdoptPolicy(AdoptPolicy { policy });
    if !authority::may(counter.caller.role(), &command) {
        return Err(Rejection::RoleNotPermitted.into());
    }
    checked?;
    counter.submit(command).await
}
