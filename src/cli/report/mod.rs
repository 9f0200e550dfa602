//! `report`: bulletin and campaign report, in the terminal or as a file; the figures of the page.

mod file;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use chrono::{Datelike, NaiveDate, Weekday};
use clap::{Args, Subcommand, ValueEnum};

use super::{
    data_directory,
    failure::Failure,
    output, progress,
    statistics::{code, instant},
};
use crate::{
    domain::{
        Timestamp, Within,
        classification::{Category, Mode, Severity, Source, Tier, Zone},
        id::{SchoolId, StationId, UnitId},
    },
    journal::{JournalReader, sqlite::SqliteReader},
    statistics::{
        Columns, Filter, Grouping, Query,
        report::{self, JournalHead, Material, Order, Report, plain},
    },
};

const EXAMPLES: &str = "\
Examples:
  campus-dispatch report bulletin --week 2026-W10                      in the terminal
  campus-dispatch report bulletin --week 2026-W10 --out bulletin.xlsx  as a workbook
  campus-dispatch report campaign --from 2026-03-01 --to 2026-05-01 --out campaign.csv --language en

The file's ending says its form: .xlsx, .csv, .json or .txt. A file that is there is not written
over. The figures are read beside a running server, and are those of its pages and of
GET /api/v1/reports/….";

/// Makes a report.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ReportArgs {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// Bucket tables by station, worst first, and what is not closed at the cut-off
    Bulletin(Asked),
    /// Any period, set beside the equal period before
    Campaign(Asked),
}

/// In which language a report is written.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Language {
    #[default]
    #[value(name = "zh-CN", alias = "zh")]
    Chinese,
    #[value(name = "en")]
    English,
}

#[derive(Args, Debug)]
struct Asked {
    /// An ISO week of the centre, such as 2026-W10, from Monday
    #[arg(long, value_name = "WEEK", value_parser = week, conflicts_with_all = ["from", "to"])]
    week: Option<Timestamp>,
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
    /// zh-CN or en
    #[arg(long, value_enum, default_value_t)]
    language: Language,
    /// A new file to write to, readable by its owner only; the terminal where not given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The span of a report where none is given: a week.
const WEEK: Within = Within::from_seconds(7 * 24 * 3600);

/// Runs `report …`.
///
/// # Errors
/// When the question is wrong, the journal cannot be read or the output not be written.
pub fn run(args: ReportArgs, data: &Path) -> Result<ExitCode, Failure> {
    let (asked, make): (Asked, fn(&Material<'_>, &Order) -> Report) = match args.kind {
        Kind::Bulletin(asked) => (asked, report::bulletin),
        Kind::Campaign(asked) => (asked, report::campaign),
    };
    let out = asked.out.clone();
    let form = out.as_deref().map(file::Form::of).transpose()?;
    let now = data_directory::wall_clock();
    let order = asked.order(now)?;
    let reader = SqliteReader::open(data)?;
    let state = data_directory::read_state(data, &mut progress::reading())?;
    let hash = reader.hash_at(state.seq)?.unwrap_or_default();
    let head = JournalHead { epoch: reader.epoch()?.0, seq: state.seq, hash };
    let columns = Columns::of_state(&state);
    let material = Material::of_state(&columns, &state, head, now.max(state.last_at));
    let report = make(&material, &order);
    match (out, form) {
        (Some(path), Some(form)) => file::write(&path, &form.bytes(&report)?)?,
        _ => output::print(&plain(&report))?,
    }
    Ok(ExitCode::SUCCESS)
}

impl Asked {
    fn order(self, now: Timestamp) -> Result<Order, Failure> {
        let (from, to) = match self.week {
            Some(monday) => (monday, monday + WEEK),
            None => {
                let to = self.to.unwrap_or(now + Within::from_millis(1));
                (self.from.unwrap_or(to + Within::from_millis(-WEEK.millis())), to)
            }
        };
        if from >= to {
            return Err(Failure::usage("--from must lie before --to"));
        }
        let filter = Filter {
            mode: self.mode,
            tier: self.tier,
            severity: self.severity,
            category: self.category,
            zone: self.zone,
            source: self.source,
            school: self.school,
            station: self.station,
            unit: self.unit,
            peak: self.peak,
        };
        let language = match self.language {
            Language::Chinese => report::Language::Chinese,
            Language::English => report::Language::English,
        };
        let query = Query { from, to, filter, grouping: Grouping::default() };
        Ok(Order { query, language })
    }
}

/// The Monday midnight at the centre with which an ISO week begins.
fn week(text: &str) -> Result<Timestamp, String> {
    let monday = || {
        let (year, week) = text.split_once("-W")?;
        let day = NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, Weekday::Mon)?;
        let (year, month, day) = (day.year(), day.month(), day.day());
        Timestamp::parse(&format!("{year:04}-{month:02}-{day:02}T00:00:00+08:00"))
    };
    monday().ok_or_else(|| "not an ISO week such as 2026-W10".to_owned())
}
