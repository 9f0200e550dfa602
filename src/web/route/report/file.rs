//! A report as a file on its way out.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domain::{Timestamp, time::CENTRE_UTC_OFFSET},
    statistics::report::{Report, csv, xlsx},
    web::{
        context::Context,
        disclosure,
        door::Caller,
        problem::{Fault, Refusal},
        route::statistics::asked::{Rest, unfit},
    },
};

/// How a report is taken away.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReportFormat)]
pub enum Format {
    Xlsx,
    Csv,
    /// The page itself is printed; there is no file.
    Print,
}

impl Format {
    /// The one a question names.
    ///
    /// # Errors
    /// When it names none.
    pub fn taken_from(rest: &mut Rest) -> Result<Self, Fault> {
        rest.code("format")?.ok_or_else(|| unfit("format: xlsx, csv or print"))
    }

    fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Print => "print",
        }
    }
}

/// Records the export, then hands the file over.
///
/// # Errors
/// When it cannot be recorded or made.
pub async fn hand_over(
    context: &Context,
    caller: &Caller,
    report: Report,
    format: Format,
) -> Result<Response, Fault> {
    let export = report.export(format.name());
    let name = name(&report, format);
    let made = tokio::task::spawn_blocking(move || match format {
        Format::Xlsx => xlsx(&report).map_err(|error| error.to_string()),
        Format::Csv => csv(&report).map_err(|error| error.to_string()),
        Format::Print => Ok(Vec::new()),
    });
    let made = made.await.map_err(|_| Fault::from(Refusal::Internal))?;
    let bytes = made.map_err(|error| {
        tracing::error!(%error, "a report could not be made into a file");
        Fault::from(Refusal::Internal)
    })?;
    disclosure::export(context, caller, export).await?;
    let kind = match format {
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Format::Csv => "text/csv; charset=utf-8",
        Format::Print => return Ok(StatusCode::NO_CONTENT.into_response()),
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// `bulletin-2026-03-02-2026-03-09.xlsx`: by the first day and the day after the last.
fn name(report: &Report, format: Format) -> String {
    let day = |at: Timestamp| (at + CENTRE_UTC_OFFSET).to_string()[..10].to_owned();
    let (from, to) = (day(report.footing.from), day(report.footing.to));
    format!("{}-{from}-{to}.{}", report.kind, format.name())
}
