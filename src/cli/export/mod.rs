//! `export`: the journal as JSON lines, or the alerts as a table.

mod alerts;

use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Subcommand};

pub use alerts::{HEADER, write as write_alerts};

use super::{data_directory, failure::Failure, output, progress};
use crate::{
    domain::Record,
    journal::{JournalReader, sqlite::SqliteReader},
};

const EXAMPLES: &str = "\
Examples:
  campus-dispatch export | gzip > journal.jsonl.gz     every record, one JSON object a line
  campus-dispatch export alerts --output alerts.csv    one line per alert, for a spreadsheet

The export reads beside a running server. The journal's export holds callers' phone numbers; the
table of alerts does not.";

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
    let mut out: Box<dyn Write> = match &args.output {
        Some(path) => Box::new(BufWriter::new(output::create(path)?)),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
    let written = match args.what {
        None => records(&reader, &mut out)?,
        Some(What::Alerts) => {
            let state = data_directory::read_state(data, &mut progress::reading())?;
            alerts::write(&state, data_directory::wall_clock(), &mut out)
        }
    };
    output::finish(written.and_then(|()| out.flush()))?;
    Ok(ExitCode::SUCCESS)
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
