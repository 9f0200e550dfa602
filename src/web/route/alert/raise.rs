//! Raise: an alert is reported.

use axum::{Json, http::StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    domain::{
        Command, Timestamp,
        classification::{Category, Mode, Severity, Source},
        decide::raise::RaiseAlert,
        id::SchoolId,
        place::{CoordinateSystem, Coordinates},
    },
    web::{
        extract::Body,
        problem::Fault,
        submit::Counter,
        view::{self, code},
    },
};

/// A report. Needed: source, category, and a school or a place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    #[schema(value_type = code::Source)]
    source: Source,
    #[schema(value_type = code::Category)]
    category: Category,
    /// By the category where not given; a one-key alarm is L1.
    #[serde(default)]
    #[schema(value_type = Option<code::Severity>)]
    severity: Option<Severity>,
    /// Actual where not given.
    #[serde(default)]
    #[schema(value_type = Option<code::Mode>)]
    mode: Option<Mode>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    school: Option<SchoolId>,
    #[serde(default)]
    place: Option<Place>,
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    caller_phone: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    occurred_at: Option<Timestamp>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    reported_at: Option<Timestamp>,
    /// The machine's own id: the same one from the same account is the same alert.
    #[serde(default)]
    source_alarm_id: Option<String>,
}

/// Where it is, when it is not (or not only) a school.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReportedPlace)]
struct Place {
    text: String,
    #[serde(default)]
    coordinates: Option<Point>,
}

/// Coordinates with the system they are given in: WGS-84 and GCJ-02 differ by up to 500 m.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Point {
    longitude: f64,
    latitude: f64,
    #[schema(value_type = code::CoordinateSystem)]
    system: CoordinateSystem,
}

/// Reports an alert.
#[utoipa::path(
    post, path = "/alerts", tag = "alerts", request_body = Report,
    responses((status = 201, body = view::Outcome))
)]
pub async fn raise(
    counter: Counter,
    Body(report): Body<Report>,
) -> Result<(StatusCode, Json<view::Outcome>), Fault> {
    let (place, point) = match report.place {
        Some(Place { text, coordinates }) => (Some(text), coordinates),
        None => (None, None),
    };
    let command = RaiseAlert {
        mode: report.mode.unwrap_or(Mode::Actual),
        source: report.source,
        source_alarm_id: report.source_alarm_id,
        category: report.category,
        severity: report.severity,
        school: report.school,
        place,
        coordinates: point.map(|Point { longitude, latitude, system }| Coordinates {
            longitude,
            latitude,
            system,
        }),
        summary: report.summary.unwrap_or_default(),
        caller_phone: report.caller_phone,
        occurred_at: report.occurred_at,
        reported_at: report.reported_at,
    };
    let outcome = counter.submit(Command::RaiseAlert(Box::new(command))).await?;
    Ok((StatusCode::CREATED, outcome))
}
