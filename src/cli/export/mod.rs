//! `export`: the journal as JSON lines, or the alerts as a table.

mod alerts;

use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Subcommand};

pub use alerts::{HEADER, write as write_alerts};

use super::{data_directory, disclosure, failure::Failure, output, progress};
use crate::{
    domain::{Record, event::Export},
    journal::{JournalReader, sqlite::SqliteReader},
};

const EXAMPLES: &str = "\
Examples:
  campus-dispatch export | gzip > journal.jsonl.gz     every record, one JSON object a line
  campus-dispatch export alerts --output alerts.csv    one line per alert, for a spreadsheet

The export reads beside a running server. The journal's export holds callers' phone numbers; the
table of alerts does not. Each export is noted in the data directory first and stands in the record
of access.";

/// Writes out what is kept.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ExportArgs {
    #[command(subcommand)]
    what: Option<What>,
    /// A new file to write to, readable by its owner only; stdout where not given
    #[arg(long, value_name = "FILE", global = true)]
    output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// One CSV line per alert, as it stands now
    Alerts,
}

/// Runs `export …`.
///
/// # Errors
/// When the journal cannot be read or the output not be written.
pub fn run(args: &ExportArgs, data: &Path) -> Result<ExitCode, Failure> {
    let reader = SqliteReader::open(data)?;
    let everything = |what, format, rows| Export::of(what, format, String::new(), Some(rows));
    let written = match args.what {
        None => {
            disclosure::note(data, everything("journal", "jsonl", reader.head()?.seq))?;
            let mut out = open(args)?;
            records(&reader, &mut out)?.and_then(|()| out.flush())
        }
        Some(What::Alerts) => {
            let state = data_directory::read_state(data, &mut progress::reading())?;
            disclosure::note(data, everything("alerts", "csv", state.alerts.len() as u64))?;
            let mut out = open(args)?;
            let now = data_directory::wall_clock();
            alerts::write(&state, now, &mut out).and_then(|()| out.flush())
        }
    };
    output::finish(written)?;
    Ok(ExitCode::SUCCESS)
}

fn open(args: &ExportArgs) -> Result<Box<dyn Write>, Failure> {
    Ok(match &args.output {
        Some(path) => Box::new(BufWriter::new(output::create(path)?)),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    })
}

fn records(reader: &SqliteReader, out: &mut dyn Write) -> Result<io::Result<()>, Failure> {
    let mut written = Ok(());
    reader.read_after(0, &mut |record| {
        if written.is_ok() {
            written = write_line(&record, out);
        }
    })?;
    Ok(written)
}

fn write_line(record: &Record, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}
