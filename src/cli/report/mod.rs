//! `report`: bulletin and campaign report, in the terminal or as a file; the figures of the page.

mod file;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use chrono::{Datelike, NaiveDate, Weekday};
use clap::{Args, Subcommand, ValueEnum};

use super::{
    cohort::{Cohort, WEEK},
    data_directory, disclosure,
    failure::Failure,
    output, progress,
};
use crate::{
    domain::Timestamp,
    journal::{JournalReader, sqlite::SqliteReader},
    statistics::{
        Columns, Grouping, Query,
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
    #[command(flatten)]
    cohort: Cohort,
    /// zh-CN or en
    #[arg(long, value_enum, default_value_t)]
    language: Language,
    /// A new file to write to, readable by its owner only; the terminal where not given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

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
        (Some(path), Some(form)) => {
            let bytes = form.bytes(&report)?;
            disclosure::note(data, report.export(form.name()))?;
            file::write(&path, &bytes)?;
        }
        _ => output::print(&plain(&report))?,
    }
    Ok(ExitCode::SUCCESS)
}

impl Asked {
    fn order(self, now: Timestamp) -> Result<Order, Failure> {
        let (from, to) = match self.week {
            Some(monday) => (monday, monday + WEEK),
            None => self.cohort.period(now)?,
        };
        let language = match self.language {
            Language::Chinese => report::Language::Chinese,
            Language::English => report::Language::English,
        };
        let filter = self.cohort.filter();
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
