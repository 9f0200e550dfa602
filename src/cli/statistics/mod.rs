//! `statistics`: the figures of the statistics page, in the terminal.

mod listing;
mod table;

use std::{path::Path, process::ExitCode, sync::Arc};

use clap::Args;
use serde::Serialize;

use super::{
    cohort::{Cohort, code},
    data_directory,
    failure::Failure,
    output, progress,
};
use crate::{
    domain::Within,
    statistics::{Behind, Columns, Figure, Grouping, Measure, Query},
};

const EXAMPLES: &str = "\
Examples:
  campus-dispatch statistics --from 2026-03-02 --to 2026-03-09        one week, by tier
  campus-dispatch statistics --from 2026-03-01 --group weekday_hour   since the first, by hour of the week
  campus-dispatch statistics --station P-1 --tier T3 --measure turnout --json
  campus-dispatch statistics --alerts late --row T3                    the alerts behind one figure
  campus-dispatch statistics --what-if severity-only                  judged by another policy

The cohort is what was received in [from, to); a day begins at the centre's midnight (Asia/Shanghai).
Percentiles are exact, by nearest rank, and given from n = 10 on. The rate is met / (met + late +
missed + breaching + excused), with Wilson's 95 % interval; the adjusted rate leaves the excused out.
The figures are read beside a running server, and are those of GET /api/v1/statistics/response.";

/// Which alerts, set side by side how.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct StatisticsArgs {
    #[command(flatten)]
    cohort: Cohort,
    /// tier, severity, category, zone, source, school, station, unit, day, week, month, hour,
    /// weekday_hour
    #[arg(long, value_parser = code::<Grouping>, default_value = "tier")]
    group: Grouping,
    /// Whose percentiles the table shows: response, handling, acknowledgement, turnout, travel,
    /// control, first_feedback, result_feedback, close
    #[arg(long, value_parser = code::<Measure>, default_value = "response")]
    measure: Measure,
    /// List the alerts behind a figure (met, late, needed, response …) instead
    #[arg(long, value_name = "FIGURE", value_parser = code::<Figure>)]
    alerts: Option<Figure>,
    /// Behind the figure of this group's row; the total where not given
    #[arg(long, value_name = "GROUP", requires = "alerts")]
    row: Option<String>,
    /// Of spans and of needed: only those within so many seconds
    #[arg(long, value_name = "SECONDS", requires = "alerts")]
    within: Option<u32>,
    /// Judge the handled alerts by a shipped policy or one in a file, beside the original
    #[arg(long, value_name = "POLICY", conflicts_with = "alerts")]
    what_if: Option<String>,
    /// What may be worth a look in how alerts were handled
    #[arg(long, conflicts_with_all = ["alerts", "what_if"])]
    hints: bool,
    /// Everything, as the API answers
    #[arg(long)]
    json: bool,
}

/// Runs `statistics …`.
///
/// # Errors
/// When the question is wrong, the journal cannot be read or the output not be written.
pub fn run(args: StatisticsArgs, data: &Path) -> Result<ExitCode, Failure> {
    let now = data_directory::wall_clock();
    let (from, to) = args.cohort.period(now)?;
    let filter = args.cohort.filter();
    let query = Query { from, to, filter, grouping: args.group };
    let candidate = args.what_if.as_deref().map(listing::policy).transpose()?.map(Arc::new);
    let state = data_directory::read_state(data, &mut progress::reading())?;
    let (columns, now) = (Columns::of_state(&state), now.max(state.last_at));
    let alert_of = |id| state.alert(id).cloned();
    let text = if let Some(figure) = args.alerts {
        let within = args.within.map(|seconds| Within::from_seconds(seconds.into()));
        let behind = Behind { figure, within, group: args.row.as_deref() };
        let listed = columns.alerts_of(&query, behind, now);
        written(args.json, &listed, || listing::alerts(&listed))?
    } else if let Some(candidate) = candidate {
        let judged = columns.what_if(&query, &candidate, now, alert_of);
        written(args.json, &judged, || listing::what_if(&judged))?
    } else if args.hints {
        let hints = columns.hints(&query, now, alert_of);
        written(args.json, &hints, || listing::hints(&hints))?
    } else {
        let figures = columns.response(&query, now);
        written(args.json, &figures, || table::of(&figures, args.measure, state.seq))?
    };
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// As JSON, or as `table` writes it.
fn written<T: Serialize>(
    json: bool,
    answer: &T,
    table: impl FnOnce() -> String,
) -> Result<String, Failure> {
    if !json {
        return Ok(table());
    }
    let json = serde_json::to_string_pretty(answer);
    json.map(|json| json + "\n")
        .map_err(|error| Failure::new(format!("cannot write the figures: {error}")))
}
