//! Police stations.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{
        Command, Rejection,
        authority::View,
        decide::district::{DefineStation, RemoveStation},
        district,
    },
    web::{
        context::Context,
        disclosure,
        door::Caller,
        extract::{Body, NamePath},
        problem::Fault,
        submit::{Answer, Counter},
        view::{self, Contact, Position},
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show, define, remove))
}

/// Every station, by id.
#[derive(Serialize, ToSchema)]
struct Stations {
    stations: Vec<view::Station>,
}

/// What is said of a station.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct StationSaid {
    name: String,
    /// WGS-84.
    #[serde(default)]
    position: Option<Position>,
    /// The responsible leader.
    #[serde(default)]
    leader: Option<Contact>,
    #[serde(default)]
    liaison: Option<Contact>,
}

/// Lists stations.
#[utoipa::path(
    get, path = "/stations", tag = "district", responses((status = 200, body = Stations))
)]
async fn list(State(context): State<Context>, caller: Caller) -> Result<Json<Stations>, Fault> {
    caller.check_view(View::District)?;
    let (audience, stations) = (caller.audience()?, context.engine.board().stations());
    let stations = stations.iter().map(|station| view::Station::of(station, &audience));
    Ok(Json(Stations { stations: stations.collect() }))
}

/// One station. Operators, supervisors and administrators read its leader and liaison whole here and
/// nowhere else, and that they looked is recorded.
#[utoipa::path(
    get, path = "/stations/{id}", tag = "district", params(("id" = String, Path)),
    responses((status = 200, body = view::Station))
)]
async fn show(
    State(context): State<Context>,
    caller: Caller,
    NamePath(id): NamePath,
) -> Result<Json<view::Station>, Fault> {
    caller.check_view(View::District)?;
    let station = context.engine.board().station(&id.into()).ok_or(Rejection::StationUnknown)?;
    let audience = caller.audience()?;
    let audience = disclosure::open(&context, &caller, station.personal(), audience).await;
    Ok(Json(view::Station::of(&station, &audience)))
}

/// Adds or replaces a station.
#[utoipa::path(
    put, path = "/stations/{id}", tag = "district", params(("id" = String, Path)),
    request_body = StationSaid, responses((status = 200, body = view::Outcome))
)]
async fn define(counter: Counter, NamePath(id): NamePath, Body(said): Body<StationSaid>) -> Answer {
    let station = district::Station {
        id: id.into(),
        name: said.name,
        position: said.position.map(Into::into),
        leader: said.leader.map(Into::into),
        liaison: said.liaison.map(Into::into),
    };
    counter.submit(Command::DefineStation(DefineStation { station })).await
}

/// Removes a station nothing refers to.
#[utoipa::path(
    delete, path = "/stations/{id}", tag = "district", params(("id" = String, Path)),
    responses((status = 200, body = view::Outcome))
)]
async fn remove(counter: Counter, NamePath(id): NamePath) -> Answer {
    counter.submit(Command::RemoveStation(RemoveStation { station: id.into() })).await
}
