//! `journal …`: is the record what was written, and what can be done where it is not?

mod beside;
mod check;
mod prove;
mod repair;
mod verify;

use std::{path::Path, process::ExitCode};

use clap::{Args, Subcommand};

pub use beside::verify_beside;

use super::failure::Failure;

/// Looks after the journal.
#[derive(Args, Debug)]
pub struct JournalArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Read every record and check gap, hash chain and anchored head
    #[command(after_help = verify::EXAMPLES)]
    Verify,
    /// Write one alert's records, policy and verdict to a file that can be checked elsewhere
    #[command(after_help = prove::EXAMPLES)]
    Prove(prove::ProveArgs),
    /// Check such a file, on any machine
    #[command(after_help = check::EXAMPLES)]
    Check(check::CheckArgs),
    /// Make a damaged journal whole again, from a backup or by accepting a loss
    #[command(after_help = repair::EXAMPLES)]
    Repair(repair::RepairArgs),
}

/// Runs `journal …`.
///
/// # Errors
/// The first fault found.
pub fn run(args: &JournalArgs, data: &Path) -> Result<ExitCode, Failure> {
    match &args.what {
        What::Verify => verify::run(data),
        What::Prove(args) => prove::run(args, data),
        What::Check(args) => check::run(args),
        What::Repair(args) => repair::run(args, data),
    }
}
