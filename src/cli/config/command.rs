//! `config check` and `config print`.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{Settings, check_exposure};
use crate::cli::{data_directory, failure::Failure, progress, serve, tls::Tls};

const EXAMPLES: &str = "\
Examples:
  campus-dispatch config check --config /etc/campus-dispatch.toml && systemctl restart …
  campus-dispatch config print > campus-dispatch.toml";

/// Looks at the configuration.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ConfigArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Do everything `serve` does before it serves, and end as it would: same message, same code
    Check,
    /// Print the configuration in force, as a configuration file
    Print,
}

/// Runs `config …`.
///
/// # Errors
/// As `serve` would fail.
pub fn run(args: &ConfigArgs, settings: &Settings) -> Result<ExitCode, Failure> {
    match args.what {
        What::Print => print!("{}", settings.to_toml()),
        What::Check => {
            check_exposure(settings)?;
            Tls::of(settings)?;
            serve::bind(settings.listen)?;
            data_directory::check(&settings.data, &mut progress::reading())?;
            eprintln!("campus-dispatch: the configuration is good");
        }
    }
    Ok(ExitCode::SUCCESS)
}
