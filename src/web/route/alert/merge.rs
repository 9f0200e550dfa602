//! Merge and unmerge: two alerts are one happening, or were not.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        Command,
        decide::{merge::MergeAlert, unmerge::UnmergeAlert},
        id::AlertId,
    },
    web::{
        extract::{AlertPath, Body, OptionalBody},
        submit::{Answer, Counter},
        view,
    },
};

/// Into which alert.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    #[schema(value_type = u32)]
    into: AlertId,
}

/// Nothing to say.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unmerge {}

/// Merges the alert into a root.
#[utoipa::path(
    post, path = "/alerts/{id}/merge", tag = "alerts", params(("id" = u32, Path)),
    request_body = Merge, responses((status = 200, body = view::Outcome))
)]
pub async fn merge(
    counter: Counter,
    AlertPath(alert): AlertPath,
    Body(Merge { into }): Body<Merge>,
) -> Answer {
    counter.submit(Command::MergeAlert(MergeAlert { alert, into })).await
}

/// Takes the alert out of its root.
#[utoipa::path(
    post, path = "/alerts/{id}/unmerge", tag = "alerts", params(("id" = u32, Path)),
    request_body = Option<Unmerge>, responses((status = 200, body = view::Outcome))
)]
pub async fn unmerge(
    counter: Counter,
    AlertPath(alert): AlertPath,
    OptionalBody(Unmerge {}): OptionalBody<Unmerge>,
) -> Answer {
    counter.submit(Command::UnmergeAlert(UnmergeAlert { alert })).await
}
