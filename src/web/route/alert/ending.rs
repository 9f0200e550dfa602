//! How an alert ends: resolved, closed, cancelled; and reopened.

use serde::Deserialize;
use utoipa::ToSchema;

use super::Reason;
use crate::{
    domain::{
        Command,
        classification::{Disposition, Validity},
        decide::{
            cancel::CancelAlert, close::CloseAlert, reopen::ReopenAlert, resolve::ResolveAlert,
        },
    },
    web::{
        extract::{AlertPath, Body},
        submit::{Answer, Counter},
        view::{self, code},
    },
};

/// How it was handled.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    #[schema(value_type = code::Disposition)]
    disposition: Disposition,
    result: String,
}

/// The complete record. Disposition and result are the resolution's where not given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    #[serde(default)]
    #[schema(value_type = Option<code::Disposition>)]
    disposition: Option<Disposition>,
    #[serde(default)]
    result: Option<String>,
    /// Needed exactly when nobody arrived.
    #[serde(default)]
    no_arrival_reason: Option<String>,
    police_count: u32,
    injured_count: u32,
    #[schema(value_type = code::Validity)]
    validity: Validity,
}

/// Resolves an alert: it has been handled.
#[utoipa::path(
    post, path = "/alerts/{id}/resolve", tag = "alerts", params(("id" = u32, Path)),
    request_body = Resolution, responses((status = 200, body = view::Outcome))
)]
pub async fn resolve(
    counter: Counter,
    AlertPath(alert): AlertPath,
    Body(Resolution { disposition, result }): Body<Resolution>,
) -> Answer {
    counter.submit(Command::ResolveAlert(ResolveAlert { alert, disposition, result })).await
}

/// Closes a resolved alert.
#[utoipa::path(
    post, path = "/alerts/{id}/close", tag = "alerts", params(("id" = u32, Path)),
    request_body = Closing, responses((status = 200, body = view::Outcome))
)]
pub async fn close(
    counter: Counter,
    AlertPath(alert): AlertPath,
    Body(closing): Body<Closing>,
) -> Answer {
    let command = CloseAlert {
        alert,
        disposition: closing.disposition,
        result: closing.result,
        no_arrival_reason: closing.no_arrival_reason,
        police_count: closing.police_count,
        injured_count: closing.injured_count,
        validity: closing.validity,
    };
    counter.submit(Command::CloseAlert(command)).await
}

/// Opens a closed alert again: a supervisor's act.
#[utoipa::path(
    post, path = "/alerts/{id}/reopen", tag = "alerts", params(("id" = u32, Path)),
    request_body = Reason, responses((status = 200, body = view::Outcome))
)]
pub async fn reopen(
    counter: Counter,
    AlertPath(alert): AlertPath,
    Body(Reason { reason }): Body<Reason>,
) -> Answer {
    counter.submit(Command::ReopenAlert(ReopenAlert { alert, reason })).await
}

/// Cancels an alert nobody has arrived at.
#[utoipa::path(
    post, path = "/alerts/{id}/cancel", tag = "alerts", params(("id" = u32, Path)),
    request_body = Reason, responses((status = 200, body = view::Outcome))
)]
pub async fn cancel(
    counter: Counter,
    AlertPath(alert): AlertPath,
    Body(Reason { reason }): Body<Reason>,
) -> Answer {
    counter.submit(Command::CancelAlert(CancelAlert { alert, reason })).await
}
