//! What was said on the command line. What it means is [`super::config`] and each subcommand's own
//! room.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::{
    account::AccountArgs,
    backup::{BackupArgs, RestoreArgs},
    bench::BenchArgs,
    config::ConfigArgs,
    demo::DemoArgs,
    district::DistrictArgs,
    export::ExportArgs,
    history,
    journal::JournalArgs,
    print::PrintArgs,
    report::ReportArgs,
    serve::ServeArgs,
    statistics::StatisticsArgs,
    tls::cert::CertArgs,
    watch::WatchArgs,
};

const AFTER_HELP: &str = "\
Examples:
  campus-dispatch demo                              watch an invented district at work
  campus-dispatch serve --data /srv/dispatch        serve for real
  campus-dispatch cert dispatch.example 10.0.0.5    certificates for an intranet
  campus-dispatch import schools schools.csv        take over the district's schools
  campus-dispatch config print                      what the configuration comes to

Exit codes:
  0  done
  1  failure
  2  what was asked for is not possible: arguments, environment or configuration
  3  the data directory is in use by another campus-dispatch
  4  the journal is damaged, or a proof does not check out
  5  the storage failed while serving";

/// Incident response dispatch tracker for a police command centre that protects schools.
#[derive(Debug, Parser)]
#[command(name = "campus-dispatch", version, after_help = AFTER_HELP)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options every subcommand knows.
#[derive(Args, Clone, Debug, Default)]
pub struct Common {
    /// The data directory [env: CAMPUS_DISPATCH_DATA] [default: by the XDG rules]
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
    /// The address to listen on [env: CAMPUS_DISPATCH_LISTEN] [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR", global = true)]
    pub listen: Option<String>,
    /// The configuration file, TOML [env: CAMPUS_DISPATCH_CONFIG]
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
}

/// What is to be done; `serve` where nothing is said.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API, live push and the web interface (the default)
    Serve(ServeArgs),
    /// Play an invented district's day in a temporary data directory
    Demo(DemoArgs),
    /// Take over schools, stations, units or handled alerts from a file
    #[command(subcommand)]
    Import(ImportCommand),
    /// Play another system's records through the live path
    Replay(history::ReplayArgs),
    /// Write the journal, or the alerts, to a file or stdout
    Export(ExportArgs),
    /// Response times and on-time rates, as on the statistics page
    Statistics(Box<StatisticsArgs>),
    /// The weekly bulletin or the campaign report, in the terminal or as a file
    Report(Box<ReportArgs>),
    /// Copy the journal to a backup, beside a running server
    Backup(BackupArgs),
    /// Put a backup into an empty data directory
    Restore(RestoreArgs),
    /// Look after the journal
    Journal(JournalArgs),
    /// Manage accounts of a stopped data directory
    Account(AccountArgs),
    /// A live board in the terminal
    Watch(WatchArgs),
    /// Make a local authority and a server certificate, for TLS on an intranet
    Cert(CertArgs),
    /// Measure this machine: so many screens, so many alerts a second
    Bench(BenchArgs),
    /// Print what a site needs besides: a systemd unit
    Print(PrintArgs),
    /// Print the API's OpenAPI document
    Openapi,
    /// Check or print the configuration
    Config(ConfigArgs),
}

/// What can be taken over.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Schools, from CSV or XLSX
    #[command(after_long_help = super::district::SCHOOLS_HELP)]
    Schools(DistrictArgs),
    /// Police stations, from CSV or XLSX
    #[command(after_long_help = super::district::STATIONS_HELP)]
    Stations(DistrictArgs),
    /// Units, from CSV or XLSX
    #[command(after_long_help = super::district::UNITS_HELP)]
    Units(DistrictArgs),
    /// Another system's handled alerts, by a mapping
    History(history::ImportHistoryArgs),
}

impl Default for Command {
    fn default() -> Self {
        Self::Serve(ServeArgs::default())
    }
}
