//! Schools.

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{
        Command, Rejection,
        authority::View,
        classification::Zone,
        decide::district::{DefineSchool, RemoveSchool},
        district::{self, SchoolKind},
        id::{SchoolId, StationId},
    },
    web::{
        context::Context,
        disclosure,
        door::Caller,
        extract::{Body, NamePath},
        problem::Fault,
        submit::{Answer, Counter},
        view::{self, Contact, DutyWindow, Position, code},
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show, define, remove))
}

/// Every school, by id.
#[derive(Serialize, ToSchema)]
struct Schools {
    schools: Vec<view::School>,
}

/// What is said of a school.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SchoolSaid {
    name: String,
    #[schema(value_type = code::SchoolKind)]
    kind: SchoolKind,
    #[schema(value_type = code::Zone)]
    zone: Zone,
    /// WGS-84.
    #[serde(default)]
    position: Option<Position>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    station: Option<StationId>,
    #[serde(default)]
    duty_windows: Vec<DutyWindow>,
    #[serde(default)]
    contact: Option<Contact>,
}

/// Lists schools.
#[utoipa::path(get, path = "/schools", tag = "district", responses((status = 200, body = Schools)))]
async fn list(State(context): State<Context>, caller: Caller) -> Result<Json<Schools>, Fault> {
    caller.check_view(View::District)?;
    let (audience, schools) = (caller.audience()?, context.engine.board().schools());
    let schools = schools.iter().map(|school| view::School::of(school, &audience));
    Ok(Json(Schools { schools: schools.collect() }))
}

/// One school. Operators, supervisors and administrators read whom to call there whole here and
/// nowhere else, and that they looked is recorded.
#[utoipa::path(
    get, path = "/schools/{id}", tag = "district", params(("id" = String, Path)),
    responses((status = 200, body = view::School))
)]
async fn show(
    State(context): State<Context>,
    caller: Caller,
    NamePath(id): NamePath,
) -> Result<Json<view::School>, Fault> {
    caller.check_view(View::District)?;
    let school = context.engine.board().school(&id.into()).ok_or(Rejection::SchoolUnknown)?;
    let audience = caller.audience()?;
    let audience = disclosure::open(&context, &caller, school.personal(), audience).await;
    Ok(Json(view::School::of(&school, &audience)))
}

/// Adds or replaces a school.
#[utoipa::path(
    put, path = "/schools/{id}", tag = "district", params(("id" = String, Path)),
    request_body = SchoolSaid, responses((status = 200, body = view::Outcome))
)]
async fn define(counter: Counter, NamePath(id): NamePath, Body(said): Body<SchoolSaid>) -> Answer {
    let school = said.of(id.into());
    counter.submit(Command::DefineSchool(DefineSchool { school })).await
}

/// Removes a school nothing refers to.
#[utoipa::path(
    delete, path = "/schools/{id}", tag = "district", params(("id" = String, Path)),
    responses((status = 200, body = view::Outcome))
)]
async fn remove(counter: Counter, NamePath(id): NamePath) -> Answer {
    counter.submit(Command::RemoveSchool(RemoveSchool { school: id.into() })).await
}

impl SchoolSaid {
    fn of(self, id: SchoolId) -> district::School {
        district::School {
            id,
            name: self.name,
            kind: self.kind,
            zone: self.zone,
            position: self.position.map(Into::into),
            station: self.station,
            duty_windows: self.duty_windows.into_iter().map(Into::into).collect(),
            contact: self.contact.map(Into::into),
        }
    }
}
