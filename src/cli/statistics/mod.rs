//! `statistics`: the figures of the statistics page, in the terminal.

mod listing;
mod table;

use std::{path::Path, process::ExitCode, sync::Arc};

use clap::Args;
use serde::{
    Serialize,
    de::{DeserializeOwned, IntoDeserializer, value::Error},
};

use super::{data_directory, failure::Failure, output, progress};
use crate::{
    domain::{
        Timestamp, Within,
        classification::{Category, Mode, Severity, Source, Tier, Zone},
        id::{SchoolId, StationId, UnitId},
    },
    statistics::{Behind, Columns, Figure, Filter, Grouping, Measure, Query},
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

/// The period asked for where none is given: the last week.
const PERIOD: Within = Within::from_seconds(7 * 24 * 3600);

/// Which alerts, set side by side how.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct StatisticsArgs {
    /// Received from then on: a day of the centre or an RFC 3339 instant [default: a week before --to]
    #[arg(long, value_name = "WHEN", value_parser = instant)]
    from: Option<Timestamp>,
    /// Received before then [default: now]
    #[arg(long, value_name = "WHEN", value_parser = instant)]
    to: Option<Timestamp>,
    /// actual, exercise or test: each has figures of its own
    #[arg(long, value_parser = code::<Mode>, default_value = "actual")]
    mode: Mode,
    /// T1, T3 or T5
    #[arg(long, value_parser = code::<Tier>)]
    tier: Option<Tier>,
    /// L0 to L3
    #[arg(long, value_parser = code::<Severity>)]
    severity: Option<Severity>,
    /// A code such as FIGHT
    #[arg(long, value_parser = code::<Category>)]
    category: Option<Category>,
    /// A, B or C
    #[arg(long, value_parser = code::<Zone>)]
    zone: Option<Zone>,
    /// A code such as phone110
    #[arg(long, value_parser = code::<Source>)]
    source: Option<Source>,
    /// A school's id
    #[arg(long, value_parser = code::<SchoolId>)]
    school: Option<SchoolId>,
    /// A station's id
    #[arg(long, value_parser = code::<StationId>)]
    station: Option<StationId>,
    /// A unit that was sent
    #[arg(long, value_parser = code::<UnitId>)]
    unit: Option<UnitId>,
    /// Received inside (true) or outside (false) the school's peak windows
    #[arg(long)]
    peak: Option<bool>,
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
    let to = args.to.unwrap_or(now + Within::from_millis(1));
    let from = args.from.unwrap_or(to + Within::from_millis(-PERIOD.millis()));
    if from >= to {
        return Err(Failure::usage("--from must lie before --to"));
    }
    let filter = Filter {
        mode: args.mode,
        tier: args.tier,
        severity: args.severity,
        category: args.category,
        zone: args.zone,
        source: args.source,
        school: args.school,
        station: args.station,
        unit: args.unit,
        peak: args.peak,
    };
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

/// A day of the centre, or an instant.
pub(super) fn instant(text: &str) -> Result<Timestamp, String> {
    let day = || Timestamp::parse(&format!("{text}T00:00:00+08:00"));
    Timestamp::parse(text).or_else(day).ok_or_else(|| {
        "neither a day such as 2026-03-02 nor an instant such as 2026-03-02T07:30:00Z".to_owned()
    })
}

/// A value of the standard's code lists, as it is serialized.
pub(super) fn code<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    T::deserialize(text.into_deserializer()).map_err(|error: Error| error.to_string())
}
