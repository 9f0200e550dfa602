//! The alerts behind a figure.

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    asked::{Asked, unfit},
    read,
};
use crate::{
    domain::{Within, authority::View},
    statistics::{Behind, Figure},
    web::{
        context::Context,
        door::Caller,
        extract::Query,
        problem::Fault,
        view::{self, Names, code},
    },
};

/// Behind which figure.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "only its description is used")]
struct AskedFigure {
    /// A figure's name in a row of `/statistics/response`, without the group it stands in; a
    /// measure's name for its spans.
    #[param(value_type = Option<code::Figure>)]
    figure: Option<Figure>,
    /// Of spans and of `needed`: only those within so many seconds.
    within: Option<u32>,
    /// The row's group; the total where not given.
    row: Option<String>,
    /// How many to pass over.
    offset: Option<usize>,
    /// 1 to 200; 50 where not given.
    limit: Option<usize>,
}

/// The alerts behind a figure, in order of receipt: `total` is the figure. Of a measure of units
/// sent there is one entry per unit.
#[utoipa::path(
    get, path = "/statistics/alerts", tag = "statistics", params(Asked, AskedFigure),
    responses((status = 200, body = view::FigureAlerts))
)]
pub async fn alerts(
    State(context): State<Context>,
    caller: Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<view::FigureAlerts>, Fault> {
    caller.check_view(View::Statistics)?;
    let audience = caller.alert_audience()?;
    let now = context.engine.now();
    let (query, mut rest) = asked.with_rest(now)?;
    let figure = rest.code::<Figure>("figure")?.unwrap_or_default();
    let within = rest.number::<u32>("within")?;
    let (row, offset) = (rest.text("row"), rest.number("offset")?.unwrap_or(0));
    let limits = &context.settings.limits;
    let limit = rest.number("limit")?.unwrap_or(limits.page_default);
    if !(1..=limits.page_max).contains(&limit) {
        return Err(unfit(format!("limit: must be 1 to {}", limits.page_max)));
    }
    rest.end()?;
    let answer = read(context, move |context, columns, seq| {
        let within = within.map(|seconds| Within::from_seconds(seconds.into()));
        let behind = Behind { figure, within, group: row.as_deref() };
        let listed = columns.alerts_of(&query, behind, now);
        let (board, total) = (context.engine.board(), listed.len());
        let names = Names::of(board);
        let shown = listed.into_iter().skip(offset).take(limit).filter_map(|listed| {
            let alert = board.alert(listed.alert)?;
            let alert = view::Alert::of(&alert, &audience, &names, now);
            Some(view::FigureAlert { unit: listed.unit, span: listed.span, alert })
        });
        let epoch = context.engine.position().epoch.0;
        view::FigureAlerts { epoch, seq, total, alerts: shown.collect() }
    });
    Ok(Json(answer.await?))
}
