//! Response-time figures.

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{
        Timestamp, Within,
        authority::View,
        classification::{Category, Mode, Severity, Source, Tier, Zone},
        id::{SchoolId, StationId, UnitId},
    },
    statistics::{self, Filter, Grouping},
    web::{
        context::Context,
        door::Caller,
        extract::Query,
        problem::{Fault, Refusal},
        view::{self, code},
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(response))
}

/// The period asked for where none is given: the last week.
const PERIOD: Within = Within::from_seconds(7 * 24 * 3600);

/// Which alerts, set side by side how. Absent = any, except `mode`: only actual alerts.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Received from then on; a week before `to` where not given.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Received before then; now where not given.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<Timestamp>,
    #[param(value_type = Option<code::Mode>)]
    mode: Option<Mode>,
    #[param(value_type = Option<code::Tier>)]
    tier: Option<Tier>,
    #[param(value_type = Option<code::Severity>)]
    severity: Option<Severity>,
    #[param(value_type = Option<code::Category>)]
    category: Option<Category>,
    #[param(value_type = Option<code::Zone>)]
    zone: Option<Zone>,
    #[param(value_type = Option<code::Source>)]
    source: Option<Source>,
    #[param(value_type = Option<String>)]
    school: Option<SchoolId>,
    #[param(value_type = Option<String>)]
    station: Option<StationId>,
    /// A unit that was sent.
    #[param(value_type = Option<String>)]
    unit: Option<UnitId>,
    /// Received inside (true) or outside the school's peak windows.
    peak: Option<bool>,
    #[param(value_type = Option<code::Grouping>)]
    group: Option<Grouping>,
}

/// Response times and on-time rates, whole and by group.
#[utoipa::path(
    get, path = "/statistics/response", tag = "statistics", params(Asked),
    responses((status = 200, body = view::ResponseStatistics))
)]
async fn response(
    State(context): State<Context>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<view::ResponseStatistics>, Fault> {
    caller.check_view(View::Statistics)?;
    let now = context.engine.now();
    // An alert received this very millisecond is in the period that ends now.
    let to = asked.to.unwrap_or(now + Within::from_millis(1));
    let from = asked.from.unwrap_or(to + Within::from_millis(-PERIOD.millis()));
    if from >= to {
        return Err(Fault::from(Refusal::QueryInvalid).at("from: must lie before to"));
    }
    let filter = Filter {
        mode: asked.mode.unwrap_or(Mode::Actual),
        tier: asked.tier,
        severity: asked.severity,
        category: asked.category,
        zone: asked.zone,
        source: asked.source,
        school: asked.school,
        station: asked.station,
        unit: asked.unit,
        peak: asked.peak,
    };
    let grouping = asked.group.unwrap_or_default();
    let query = statistics::Query { from, to, filter, grouping };
    let position = context.engine.position();
    // Every alert is looked at: not on a thread that has sockets to serve.
    let figures = tokio::task::spawn_blocking(move || {
        statistics::response(context.engine.board(), &query, now)
    });
    let figures = figures.await.map_err(|_| Fault::from(Refusal::Internal))?;
    Ok(Json(view::ResponseStatistics {
        epoch: position.epoch.0,
        seq: position.seq,
        clock_start: "received",
        figures,
    }))
}
