//! The response policy.

use std::sync::Arc;

use axum::{Json, extract::State};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{
        Command, Policy, Rejection, Within,
        authority::{self, View},
        decide::adopt_policy::AdoptPolicy,
        policy::preset,
    },
    statistics::{Filter, Grouping, Query},
    web::{
        context::Context,
        door::Caller,
        extract::Body,
        problem::{Fault, Refusal},
        submit::{Answer, Counter},
        view,
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(show, adopt))
        .routes(routes!(presets))
        .routes(routes!(preview))
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

/// How far back a preview looks.
const PREVIEW_PERIOD: Within = Within::from_seconds(30 * 24 * 3600);

/// What the actual alerts of the last 30 days that are handled would have come to under a policy.
/// Nothing is changed.
#[utoipa::path(
    post, path = "/policy/preview", tag = "policy", request_body = view::Policy,
    responses((status = 200, body = view::PolicyPreview))
)]
async fn preview(
    State(context): State<Context>,
    caller: Caller,
    Body(policy): Body<Policy>,
) -> Result<Json<view::PolicyPreview>, Fault> {
    let adoption = Command::AdoptPolicy(AdoptPolicy { policy: policy.clone() });
    if !authority::may(caller.role(), &adoption) {
        return Err(Rejection::RoleNotPermitted.into());
    }
    policy.check()?;
    let now = context.engine.now();
    // An alert received this very millisecond is in the period that ends now.
    let to = now + Within::from_millis(1);
    let from = to + Within::from_millis(-PREVIEW_PERIOD.millis());
    let query = Query { from, to, filter: Filter::default(), grouping: Grouping::default() };
    let candidate = Arc::new(policy);
    // Every alert is looked at: not on a thread that has sockets to serve.
    let judged = tokio::task::spawn_blocking(move || {
        context.facts.read(&context.engine, |columns, _| {
            columns.what_if(&query, &candidate, now, |id| context.engine.board().alert(id))
        })
    });
    let judged = judged.await.map_err(|_| Fault::from(Refusal::Internal))?;
    Ok(Json(view::PolicyPreview { judged }))
}
