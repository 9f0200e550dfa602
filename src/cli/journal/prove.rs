//! `journal prove`: one alert's records for whoever does not have the journal.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use crate::{
    cli::{data_directory::wall_clock, disclosure, failure::Failure, output},
    domain::{event::Export, id::AlertId, record::Seq},
    journal::{
        proof::{self, ProofError},
        seal::Sealer,
        sqlite::SqliteReader,
    },
};

pub const EXAMPLES: &str = "\
Examples:
  campus-dispatch journal prove 12 --out alert-12.json --data /srv/dispatch
  campus-dispatch journal prove 12 --up-to 40000 --out alert-12.json   as of an earlier seal

It reads beside a running server. The file holds the alert's records as they are, the caller's number
included: hand it on as you would the record itself. That it was made stands in the record of access.
`journal check` checks it on any machine.";

/// Which alert, and where to.
#[derive(Args, Debug)]
pub struct ProveArgs {
    /// The alert's number
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    alert: u32,
    /// A new file to write to, readable by its owner only; stdout where not given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The last record to be sealed: the one under whose seal it shall be checked [default: the head]
    #[arg(long, value_name = "SEQ", value_parser = clap::value_parser!(u64).range(1..))]
    up_to: Option<Seq>,
}

/// Runs `journal prove`.
///
/// # Errors
/// When the alert is unknown, the journal cannot be read or the file not be written.
pub fn run(args: &ProveArgs, data: &Path) -> Result<ExitCode, Failure> {
    let reader = SqliteReader::open(data)?;
    let head = reader.head()?.seq;
    let to = args.up_to.unwrap_or(head);
    if to > head {
        let message = format!("--up-to {to} lies beyond the journal, which ends at {head}");
        return Err(Failure::usage(message));
    }
    let sealer = Sealer::of(&reader, to)?;
    let proof = proof::prove(&reader, &sealer, AlertId(args.alert), wall_clock());
    let file = proof.and_then(|proof| Ok(proof.to_file()?)).map_err(|error| match error {
        ProofError::Journal(error) => Failure::from(error),
        other => Failure::new(other),
    })?;
    let filter = format!("alert={}&up_to={to}", args.alert);
    disclosure::note(data, Export::of("alert_proof", "json", filter, None))?;
    match &args.out {
        Some(path) => {
            let mut out = output::create(path)?;
            output::finish(out.write_all(&file).and_then(|()| out.sync_all()))?;
            let seal = sealer.seal();
            output::print(&format!(
                "{} proves alert {} as of record {}, seal {seal}\n",
                path.display(),
                args.alert,
                seal.seq
            ))?;
        }
        None => output::finish(io::stdout().lock().write_all(&file))?,
    }
    Ok(ExitCode::SUCCESS)
}
