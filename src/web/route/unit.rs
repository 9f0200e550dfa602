//! Units: what they are, where they are, what they say of themselves.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{
        Command, Rejection,
        authority::View,
        decide::{
            change_duty::ChangeDuty,
            check_in::CheckIn,
            district::{DefineUnit, RemoveUnit},
            report_position::ReportPosition,
        },
        district::{Duty, UnitKind, UnitProfile},
        id::{SchoolId, StationId, UnitId},
        place::{CoordinateSystem, Coordinates},
    },
    web::{
        context::Context,
        door::Caller,
        extract::{Body, NamePath},
        problem::{Fault, Refusal},
        submit::{Answer, Counter},
        view::{self, code},
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show, define, remove))
        .routes(routes!(duty))
        .routes(routes!(position))
        .routes(routes!(check_in))
}

/// Every unit one may see, by id.
#[derive(Serialize, ToSchema)]
struct Units {
    units: Vec<view::Unit>,
}

/// What is said of a unit.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct UnitSaid {
    name: String,
    #[schema(value_type = code::UnitKind)]
    kind: UnitKind,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    station: Option<StationId>,
}

/// What a unit says of its duty. `committed` follows from its assignments.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidDuty {
    OffDuty,
    Available,
    OnPost,
    OutOfService,
}

/// A change of duty.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DutySaid {
    #[schema(value_type = code::SaidDuty)]
    duty: SaidDuty,
    /// The school of the post; given exactly with `on_post`.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    post: Option<SchoolId>,
}

/// Where a unit is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PositionSaid {
    longitude: f64,
    latitude: f64,
    #[schema(value_type = code::CoordinateSystem)]
    system: CoordinateSystem,
}

/// A visit to a school.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Visit {
    #[schema(value_type = String)]
    school: SchoolId,
}

/// Lists units; a unit's account sees its own.
#[utoipa::path(get, path = "/units", tag = "district", responses((status = 200, body = Units)))]
async fn list(State(context): State<Context>, caller: Caller) -> Result<Json<Units>, Fault> {
    caller.check_view(View::District)?;
    let audience = caller.audience()?;
    let units = context.engine.board().units();
    let seen = units.iter().filter(|unit| audience.sees_unit(&unit.profile.id));
    Ok(Json(Units { units: seen.map(|unit| (&**unit).into()).collect() }))
}

/// One unit.
#[utoipa::path(
    get, path = "/units/{id}", tag = "district", params(("id" = String, Path)),
    responses((status = 200, body = view::Unit))
)]
async fn show(
    State(context): State<Context>,
    caller: Caller,
    NamePath(id): NamePath,
) -> Result<Json<view::Unit>, Fault> {
    caller.check_view(View::District)?;
    let id = UnitId::from(id);
    let seen = caller.audience()?.sees_unit(&id);
    let unit = context.engine.board().unit(&id).filter(|_| seen);
    Ok(Json((&*unit.ok_or(Rejection::UnitUnknown)?).into()))
}

/// Adds a unit or replaces what is said of it; its duty and assignments stay.
#[utoipa::path(
    put, path = "/units/{id}", tag = "district", params(("id" = String, Path)),
    request_body = UnitSaid, responses((status = 200, body = view::Outcome))
)]
async fn define(counter: Counter, NamePath(id): NamePath, Body(said): Body<UnitSaid>) -> Answer {
    let UnitSaid { name, kind, station } = said;
    let profile = UnitProfile { id: id.into(), name, kind, station };
    counter.submit(Command::DefineUnit(DefineUnit { profile })).await
}

/// Removes a unit that is on no assignment.
#[utoipa::path(
    delete, path = "/units/{id}", tag = "district", params(("id" = String, Path)),
    responses((status = 200, body = view::Outcome))
)]
async fn remove(counter: Counter, NamePath(id): NamePath) -> Answer {
    counter.submit(Command::RemoveUnit(RemoveUnit { unit: id.into() })).await
}

/// Changes a unit's duty.
#[utoipa::path(
    post, path = "/units/{id}/duty", tag = "units", params(("id" = String, Path)),
    request_body = DutySaid, responses((status = 200, body = view::Outcome))
)]
async fn duty(counter: Counter, NamePath(id): NamePath, Body(said): Body<DutySaid>) -> Answer {
    let duty = match (said.duty, said.post) {
        (SaidDuty::OnPost, Some(school)) => Duty::OnPost { school },
        (SaidDuty::OnPost, None) => {
            return Err(Fault::from(Refusal::BodyInvalid).at("post: needed with on_post"));
        }
        (_, Some(_)) => {
            return Err(Fault::from(Refusal::BodyInvalid).at("post: only with on_post"));
        }
        (SaidDuty::OffDuty, None) => Duty::OffDuty,
        (SaidDuty::Available, None) => Duty::Available,
        (SaidDuty::OutOfService, None) => Duty::OutOfService,
    };
    counter.submit(Command::ChangeDuty(ChangeDuty { unit: id.into(), duty })).await
}

/// Reports a unit's position.
#[utoipa::path(
    post, path = "/units/{id}/position", tag = "units", params(("id" = String, Path)),
    request_body = PositionSaid, responses((status = 200, body = view::Outcome))
)]
async fn position(
    counter: Counter,
    NamePath(id): NamePath,
    Body(said): Body<PositionSaid>,
) -> Answer {
    let PositionSaid { longitude, latitude, system } = said;
    let coordinates = Coordinates { longitude, latitude, system };
    counter.submit(Command::ReportPosition(ReportPosition { unit: id.into(), coordinates })).await
}

/// Records a visit to a school.
#[utoipa::path(
    post, path = "/units/{id}/check-in", tag = "units", params(("id" = String, Path)),
    request_body = Visit, responses((status = 200, body = view::Outcome))
)]
async fn check_in(counter: Counter, NamePath(id): NamePath, Body(visit): Body<Visit>) -> Answer {
    counter.submit(Command::CheckIn(CheckIn { unit: id.into(), school: visit.school })).await
}
