//! Dispatch: units are sent, all or none.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        Command,
        decide::dispatch::{DispatchUnits, Send},
        id::UnitId,
    },
    web::{
        extract::{AlertPath, Body},
        submit::{Answer, Counter},
        view,
    },
};

/// Whom to send.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dispatch {
    units: Vec<Sent>,
    /// Send a unit although it is on another alert.
    #[serde(default)]
    confirm_stacking: bool,
}

/// One unit to send.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Sent {
    #[schema(value_type = String)]
    unit: UnitId,
    /// The wave, 1 to 3; by the unit's kind where not given.
    #[serde(default)]
    echelon: Option<u8>,
}

/// Sends units.
#[utoipa::path(
    post, path = "/alerts/{id}/dispatch", tag = "alerts", params(("id" = u32, Path)),
    request_body = Dispatch, responses((status = 200, body = view::Outcome))
)]
pub async fn dispatch(
    counter: Counter,
    AlertPath(alert): AlertPath,
    Body(Dispatch { units, confirm_stacking }): Body<Dispatch>,
) -> Answer {
    let units = units.into_iter().map(|Sent { unit, echelon }| Send { unit, echelon }).collect();
    counter.submit(Command::DispatchUnits(DispatchUnits { alert, units, confirm_stacking })).await
}
