//! Alerts by filter, page by page, the newest first.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, de::IntoDeserializer};
use utoipa::IntoParams;

use crate::{
    domain::{
        Alert, Stage, Timestamp,
        id::{AlertId, SchoolId},
    },
    engine::Board,
    web::{
        audience::Audience,
        context::Context,
        door::Caller,
        extract::Query,
        problem::{Fault, Refusal},
        view::{self, AlertPage, Names},
    },
};

/// Which alerts.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Stages, separated by commas; `open` and `ended` stand for several.
    stage: Option<String>,
    #[param(value_type = Option<String>)]
    school: Option<SchoolId>,
    /// Received from then on.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Received before then.
    #[param(value_type = Option<String>, format = DateTime)]
    to: Option<Timestamp>,
    /// A text in summary, place or school's name, or an alert's id.
    q: Option<String>,
    /// Where the page before ended: its `next_cursor`.
    cursor: Option<String>,
    /// 1 to 200; 50 where not given.
    limit: Option<usize>,
}

/// Lists alerts. A unit sees those it was sent to.
#[utoipa::path(
    get, path = "/alerts", tag = "alerts", params(Asked),
    responses((status = 200, body = AlertPage))
)]
pub async fn list(
    State(context): State<Context>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<AlertPage>, Fault> {
    let audience = caller.alert_audience()?;
    let limits = &context.settings.limits;
    let limit = asked.limit.unwrap_or(limits.page_default);
    if !(1..=limits.page_max).contains(&limit) {
        return Err(unfit(format!("limit: must be 1 to {}", limits.page_max)));
    }
    let before = asked.cursor.as_deref().map(cursor).transpose()?;
    let scan_max = limits.scan_max;
    let filter = Filter::of(asked, audience)?;
    // Many alerts may be looked at: not on a thread that has sockets to serve.
    let page = tokio::task::spawn_blocking(move || {
        let engine = &context.engine;
        let (position, now, board) = (engine.position(), engine.now(), engine.board());
        let (found, end) = find(board, &filter, before, limit, scan_max);
        let names = Names::of(board);
        let alerts = found.iter();
        AlertPage {
            alerts: alerts
                .map(|alert| view::Alert::of(alert, &filter.audience, &names, now))
                .collect(),
            next_cursor: end.map(|AlertId(id)| format!("a{id:x}")),
            epoch: position.epoch.0,
            seq: position.seq,
        }
    });
    Ok(Json(page.await.map_err(|_| Fault::from(Refusal::Internal))?))
}

/// The alerts of a page, and after which one the next begins, if there may be a next.
fn find(
    board: &Board,
    filter: &Filter,
    before: Option<AlertId>,
    limit: usize,
    scan_max: usize,
) -> (Vec<Arc<Alert>>, Option<AlertId>) {
    let mut found = Vec::new();
    let mut last = None;
    for (scanned, alert) in board.alerts_before(before).enumerate() {
        if found.len() == limit || scanned == scan_max {
            return (found, last);
        }
        last = Some(alert.id);
        if filter.matches(&alert, board) {
            found.push(alert);
        }
    }
    (found, None)
}

/// What a page is filtered by, checked.
struct Filter {
    audience: Audience,
    stages: Option<Vec<Stage>>,
    school: Option<SchoolId>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    text: Option<String>,
}

impl Filter {
    fn of(asked: Asked, audience: Audience) -> Result<Self, Fault> {
        if let (Some(from), Some(to)) = (asked.from, asked.to)
            && from >= to
        {
            return Err(unfit("from: must lie before to"));
        }
        let text = asked.q.as_deref().map(str::trim).filter(|text| !text.is_empty());
        Ok(Self {
            audience,
            stages: asked.stage.as_deref().map(stages).transpose()?,
            school: asked.school,
            from: asked.from,
            to: asked.to,
            text: text.map(str::to_lowercase),
        })
    }

    fn matches(&self, alert: &Alert, board: &Board) -> bool {
        self.audience.sees(alert, board)
            && self.from.is_none_or(|from| from <= alert.received_at)
            && self.to.is_none_or(|to| alert.received_at < to)
            && (self.school.is_none() || self.school == alert.school)
            && self.stages.as_ref().is_none_or(|stages| stages.contains(&alert.stage()))
            && self.text.as_ref().is_none_or(|text| mentions(alert, board, text))
    }
}

/// Whether an alert mentions a text, or has it for its id.
fn mentions(alert: &Alert, board: &Board, text: &str) -> bool {
    let holds = |field: &str| field.to_lowercase().contains(text);
    let of_school = || {
        let school = alert.school.as_ref().and_then(|id| board.school(id));
        school.is_some_and(|school| holds(&school.name))
    };
    alert.id.0.to_string() == text
        || holds(&alert.summary)
        || alert.place.as_ref().is_some_and(|place| holds(&place.text))
        || of_school()
}

fn stages(list: &str) -> Result<Vec<Stage>, Fault> {
    use Stage::*;
    let mut stages = Vec::new();
    for name in list.split(',') {
        match name {
            "open" => {
                stages.extend([Received, Dispatched, Acknowledged, EnRoute, OnScene, Resolved])
            }
            "ended" => stages.extend([Closed, Cancelled, Merged]),
            name => {
                let name: serde::de::value::StrDeserializer<'_, serde::de::value::Error> =
                    name.into_deserializer();
                let stage = Stage::deserialize(name);
                stages.push(stage.map_err(|error| unfit(format!("stage: {error}")))?);
            }
        }
    }
    Ok(stages)
}

/// Reads what `next_cursor` said.
fn cursor(text: &str) -> Result<AlertId, Fault> {
    let id = text.strip_prefix('a').and_then(|id| u32::from_str_radix(id, 16).ok());
    id.map(AlertId).ok_or_else(|| unfit("cursor: take it from next_cursor"))
}

fn unfit(at: impl Into<String>) -> Fault {
    Fault::from(Refusal::QueryInvalid).at(at)
}
