//! Another policy judged over a past period.

use std::sync::Arc;

use axum::{Json, extract::State};

use super::{asked::Asked, read};
use crate::{
    domain::{Policy, authority::View},
    web::{
        context::Context,
        door::Caller,
        extract::{Body, Query},
        problem::Fault,
        view,
    },
};

/// What the handled alerts that are asked for would have come to under a policy, beside what they
/// came to. Nothing is changed.
#[utoipa::path(
    post, path = "/statistics/what-if", tag = "statistics", params(Asked),
    request_body = view::Policy, responses((status = 200, body = view::WhatIf))
)]
pub async fn what_if(
    State(context): State<Context>,
    caller: Caller,
    Query(asked): Query<Asked>,
    Body(policy): Body<Policy>,
) -> Result<Json<view::WhatIf>, Fault> {
    caller.check_view(View::Statistics)?;
    policy.check()?;
    let now = context.engine.now();
    let (query, candidate) = (asked.question(now)?, Arc::new(policy));
    let answer = read(context, move |context, columns, seq| view::WhatIf {
        epoch: context.engine.position().epoch.0,
        seq,
        judged: columns.what_if(&query, &candidate, now, |id| context.engine.board().alert(id)),
    });
    Ok(Json(answer.await?))
}
