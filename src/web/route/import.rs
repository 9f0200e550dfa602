//! Schools, stations and units from a file, while serving: looked at first, then taken over as a
//! whole or not at all.

use axum::{
    Json,
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, header},
};
use serde::{Deserialize, Serialize};
use tokio::{task::spawn_blocking, time::timeout};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::{
        Actor, Channel, Command, Record, Rejection, State as Centre, authority, decide,
        decide::take_over::{Definition, TakeOverDistrict},
    },
    engine::Picture,
    intake::{self, Decider, Fault as RowFault, Noun, Tally},
    web::{
        context::Context,
        crowd::SOON,
        extract::{NamePath, Query, read_bounded},
        problem::{Fault, Language, Refusal},
        submit::Counter,
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(take_over))
}

/// Whether only to look.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// `true`: everything is checked and nothing written.
    #[serde(default)]
    dry_run: bool,
}

/// What a file comes to.
#[derive(Serialize, ToSchema)]
struct ImportReport {
    /// Whether it was written.
    taken_over: bool,
    added: usize,
    changed: usize,
    unchanged: usize,
    /// Every row that is refused. One is enough to keep all others out.
    faults: Vec<ImportFault>,
    /// Faults beyond those listed.
    more_faults: usize,
}

/// A row that is refused.
#[derive(Serialize, ToSchema)]
struct ImportFault {
    /// The line of the file, or the row of the sheet.
    line: u64,
    /// What is wrong and what to do, in the language of `Accept-Language`.
    reason: String,
}

/// Faults listed at once; whoever has mended these sees the next.
const FAULTS_SHOWN: usize = 200;

/// Takes over a CSV or XLSX file of `schools`, `stations` or `units`: all of it, or nothing where a
/// row is refused. It is as large as `limits.import_max` allows and has as many rows as
/// `limits.import_rows_max` does, 10 MiB and 5,000 unless configured. What it is, is told by its
/// content. The same file again changes nothing. Send it as `text/csv` or
/// `application/octet-stream`.
#[utoipa::path(
    post, path = "/imports/{noun}", tag = "district",
    params(("noun" = String, Path), Asked),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = ImportReport))
)]
async fn take_over(
    counter: Counter,
    State(context): State<Context>,
    NamePath(noun): NamePath,
    Query(asked): Query<Asked>,
    request: Request,
) -> Result<Json<ImportReport>, Fault> {
    let empty = TakeOverDistrict { definitions: Vec::new() };
    if !authority::may(counter.caller.role(), &Command::TakeOverDistrict(empty)) {
        return Err(Rejection::RoleNotPermitted.into());
    }
    let noun = match noun.as_str() {
        "schools" => Noun::School,
        "stations" => Noun::Station,
        "units" => Noun::Unit,
        _ => return Err(Refusal::NotFound.into()),
    };
    check_type(request.headers())?;
    let language = Language::of(request.headers());
    let bytes = read_bounded(request, &context, context.settings.limits.import_max).await?;
    // One file at a time: each takes a core and some memory for as long as it is read.
    let limits = &context.settings.limits;
    let turn = timeout(limits.import_within, context.importing.clone().lock_owned()).await;
    let turn = turn.map_err(|_| Fault::from(Refusal::Overloaded).retry_after(SOON))?;
    let picture = context.engine.picture().await.map_err(crate::web::submit::plain_fault)?;
    let most = intake::Limits {
        rows_max: limits.import_rows_max,
        unpacked_max: limits.import_unpacked_max,
    };
    // What is read cannot be broken off, only left alone: whoever reads it keeps the turn until it
    // has come to its end.
    let reading = spawn_blocking(move || (read(noun, &bytes, most, &picture), turn));
    let reading = timeout(limits.import_within, reading).await;
    let reading = reading.map_err(|_| Fault::from(Refusal::TableTooSlow))?;
    let (read, _turn) = reading.map_err(|_| Fault::from(Refusal::Internal))?;
    let (tally, definitions) = match read {
        Ok(read) => read,
        Err(faults) => return Ok(Json(ImportReport::refused(faults, language))),
    };
    let is_written = !asked.dry_run;
    if is_written {
        let command = Command::TakeOverDistrict(TakeOverDistrict { definitions });
        let _ = counter.submit(command).await?;
    }
    Ok(Json(ImportReport::of(tally, is_written)))
}

/// What a page of another site cannot send without asking first (S15).
fn check_type(headers: &HeaderMap) -> Result<(), Fault> {
    const TAKEN: [&str; 4] = [
        "application/octet-stream",
        "text/csv",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ];
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    let is_taken = TAKEN.iter().any(|taken| taken.eq_ignore_ascii_case(kind));
    if is_taken { Ok(()) } else { Err(Refusal::TypeNotTable.into()) }
}

type Read = Result<(Tally, Vec<Definition>), Vec<RowFault>>;

/// Has every row decided on a copy of the district.
fn read(noun: Noun, bytes: &Bytes, most: intake::Limits, picture: &Picture) -> Read {
    let mut draft = Draft::on(picture);
    let tally = intake::propose(noun, bytes, most, &mut draft)?;
    Ok((tally, draft.definitions))
}

/// Rows decided one after another, on a copy.
struct Draft {
    centre: Centre,
    definitions: Vec<Definition>,
}

impl Draft {
    fn on(picture: &Picture) -> Self {
        let mut centre = Centre::default();
        for school in &picture.schools {
            centre.schools.insert(school.id.clone(), school.clone());
        }
        for station in &picture.stations {
            centre.stations.insert(station.id.clone(), station.clone());
        }
        for unit in &picture.units {
            centre.units.insert(unit.profile.id.clone(), unit.clone());
        }
        Self { centre, definitions: Vec::new() }
    }
}

impl Decider for Draft {
    fn state(&self) -> &Centre {
        &self.centre
    }

    fn propose(&mut self, command: Command) -> Result<usize, Rejection> {
        let (now, actor) = (self.centre.last_at, Actor::console(Channel::Import));
        let events = decide(&self.centre, &actor, &command, now)?;
        let count = events.len();
        for event in events {
            let seq = self.centre.seq + 1;
            let actor = actor.clone();
            self.centre.apply(&Record { seq, at: now, actor, command: None, event });
        }
        if count > 0 {
            self.definitions.extend(match command {
                Command::DefineSchool(school) => Some(Definition::School(Box::new(school))),
                Command::DefineStation(station) => Some(Definition::Station(Box::new(station))),
                Command::DefineUnit(unit) => Some(Definition::Unit(unit)),
                _ => None,
            });
        }
        Ok(count)
    }
}

impl ImportReport {
    fn of(tally: Tally, taken_over: bool) -> Self {
        let Tally { added, changed, unchanged } = tally;
        Self { taken_over, added, changed, unchanged, faults: Vec::new(), more_faults: 0 }
    }

    fn refused(faults: Vec<RowFault>, language: Language) -> Self {
        let more_faults = faults.len().saturating_sub(FAULTS_SHOWN);
        let shown = faults.into_iter().take(FAULTS_SHOWN).map(|fault| ImportFault {
            line: fault.line,
            reason: match language {
                Language::Chinese => fault.reason.zh,
                Language::English => fault.reason.en,
            },
        });
        Self { faults: shown.collect(), more_faults, ..Self::of(Tally::default(), false) }
    }
}
