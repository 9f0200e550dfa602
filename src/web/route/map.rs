//! The desk's map: what lies under it, and where everything is on it. Positions are kept in WGS-84
//! and converted here, where the tiles are drawn in another system; screens convert nothing.

use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{
        authority::View,
        place::{CoordinateSystem, Position},
    },
    web::{context::Context, door::Caller, problem::Fault, view::code},
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(marks))
}

/// What the map is drawn on.
#[derive(Serialize, ToSchema)]
#[schema(as = DeskMap)]
struct Map {
    /// Absent where no address is configured: the map is then drawn on plain ground.
    tiles: Option<ShownTiles>,
}

/// Where map tiles come from.
#[derive(Serialize, ToSchema)]
struct ShownTiles {
    /// With `{z}`, `{x}` and `{y}`.
    address: String,
    attribution: String,
    #[schema(value_type = code::CoordinateSystem)]
    system: CoordinateSystem,
}

/// Everything with a place, in the system of the tiles.
#[derive(Serialize, ToSchema)]
struct Marks {
    #[schema(value_type = code::CoordinateSystem)]
    system: CoordinateSystem,
    schools: Vec<Mark>,
    stations: Vec<Mark>,
    units: Vec<Mark>,
    /// Open alerts with a place of their own.
    alerts: Vec<Mark>,
}

/// Where something is, in degrees of the answer's system.
#[derive(Serialize, ToSchema)]
struct Mark {
    id: String,
    longitude: f64,
    latitude: f64,
}

/// What lies under the map.
#[utoipa::path(get, path = "/map", tag = "map", responses((status = 200, body = Map)))]
async fn show(State(context): State<Context>, caller: Caller) -> Result<Json<Map>, Fault> {
    caller.check_view(View::District)?;
    let tiles = context.settings.tiles.clone().map(|tiles| ShownTiles {
        address: tiles.address,
        attribution: tiles.attribution,
        system: tiles.system,
    });
    Ok(Json(Map { tiles }))
}

/// Where everything is, for a map whose tiles are not drawn in WGS-84.
#[utoipa::path(get, path = "/map/marks", tag = "map", responses((status = 200, body = Marks)))]
async fn marks(State(context): State<Context>, caller: Caller) -> Result<Json<Marks>, Fault> {
    let audience = caller.alert_audience()?;
    let board = context.engine.board();
    let system = context.settings.tiles.as_ref().map_or(CoordinateSystem::Wgs84, |at| at.system);
    let mark = |id: String, position: Option<Position>| {
        let place = position?.in_system(system);
        Some(Mark { id, longitude: place.longitude, latitude: place.latitude })
    };
    let schools = board.schools();
    let stations = board.stations();
    let units = board.units();
    let alerts = board.open_alerts();
    Ok(Json(Marks {
        system,
        schools: schools.iter().filter_map(|at| mark(at.id.to_string(), at.position)).collect(),
        stations: stations.iter().filter_map(|at| mark(at.id.to_string(), at.position)).collect(),
        units: units
            .iter()
            .filter(|unit| audience.sees_unit(&unit.profile.id))
            .filter_map(|unit| {
                mark(unit.profile.id.to_string(), unit.last_position.map(|last| last.position))
            })
            .collect(),
        alerts: alerts
            .iter()
            .filter(|alert| audience.follows(alert, board))
            .filter_map(|alert| mark(alert.id.to_string(), alert.place.as_ref()?.position))
            .collect(),
    }))
}
