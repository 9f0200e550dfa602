//! Possible duplicates of a report that is being typed.

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    domain::{
        Rejection,
        classification::Category,
        duplicate::Report,
        id::SchoolId,
        place::{CoordinateSystem, Coordinates, Position},
    },
    web::{
        audience::Audience,
        context::Context,
        door::Caller,
        extract::Query,
        problem::{Fault, Refusal},
        view::{Alert, Alerts, Names, code},
    },
};

/// What is reported, as far as it is known.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    #[param(value_type = code::Category)]
    category: Category,
    #[param(value_type = Option<String>)]
    school: Option<SchoolId>,
    /// WGS-84, with `latitude`.
    longitude: Option<f64>,
    latitude: Option<f64>,
}

/// Alerts at the same school or within 200 m, open or ended at most 10 minutes ago, of the same or
/// a related category; the newest first.
#[utoipa::path(
    get, path = "/alerts/duplicates", tag = "alerts", params(Asked),
    responses((status = 200, body = Alerts))
)]
pub async fn duplicates(
    State(context): State<Context>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<Alerts>, Fault> {
    let audience = caller.alert_audience()?;
    let position = position(asked.longitude, asked.latitude)?;
    if asked.school.is_none() && position.is_none() {
        return Err(Rejection::SchoolOrPlaceMissing.into());
    }
    let report = Report { category: asked.category, school: asked.school.as_ref(), position };
    let (board, now) = (context.engine.board(), context.engine.now());
    let found = board.duplicates(&report, now);
    let names = Names::of(board);
    let alerts = found
        .iter()
        .filter(|alert| audience.sees(alert, board))
        .map(|alert| Alert::of(alert, &audience as &Audience, &names, now))
        .collect();
    Ok(Json(Alerts { alerts }))
}

fn position(longitude: Option<f64>, latitude: Option<f64>) -> Result<Option<Position>, Fault> {
    match (longitude, latitude) {
        (None, None) => Ok(None),
        (Some(longitude), Some(latitude)) => {
            let given = Coordinates { longitude, latitude, system: CoordinateSystem::Wgs84 };
            Ok(Some(given.to_wgs84().ok_or(Rejection::CoordinatesInvalid)?))
        }
        _ => Err(Fault::from(Refusal::QueryInvalid).at("longitude and latitude go together")),
    }
}
