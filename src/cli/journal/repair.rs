//! `journal repair`: what is left of a damaged journal, made whole again.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use crate::{
    cli::{
        backup::Stages,
        data_directory::check_file_system,
        failure::{Exit, Failure},
        output,
    },
    journal::sqlite::repair::{Damage, Examination, Repaired, examine},
};

pub const EXAMPLES: &str = "\
Examples:
  campus-dispatch journal repair --from /backup/monday   restore, and add what followed the backup
  campus-dispatch journal repair                         only where nothing is lost by it
  campus-dispatch journal repair --accept-loss           keep what is whole, lose what follows

Stop the server first. The damaged files are kept in a directory beside the repaired ones. Where
something is lost, the journal says so in a record of its own and every screen starts afresh.
Exit code 4 when something would be lost and that was not accepted; nothing is changed then.";

/// Repairs.
#[derive(Args, Debug)]
pub struct RepairArgs {
    /// A backup to begin from; records that followed it are added as far as they are whole
    #[arg(long, value_name = "BACKUP")]
    from: Option<PathBuf>,
    /// Go on without the records that cannot be saved
    #[arg(long)]
    accept_loss: bool,
}

/// Runs `journal repair`.
///
/// # Errors
/// When something would be lost and that was not accepted, or the repair fails.
pub fn run(args: &RepairArgs, data: &Path) -> Result<ExitCode, Failure> {
    check_file_system(data)?;
    let mut stages = Stages::default();
    let examined = examine(data, args.from.as_deref(), &mut stages.tell())?;
    stages.done();
    let damage = match examined {
        Examination::Whole(head) => {
            let text = format!("Nothing to repair: {} records, head {}\n", head.seq, head.hash);
            output::print(&text)?;
            return Ok(ExitCode::SUCCESS);
        }
        Examination::Damaged(damage) => damage,
    };
    let loss = loss(&damage);
    if damage.is_loss && !args.accept_loss {
        let remedy = match args.from {
            Some(_) => "Name a newer backup, or accept this with --accept-loss",
            None => "Name a backup with --from, or accept this with --accept-loss",
        };
        let message = format!("{}. {loss} {remedy}. Nothing was changed", damage.found);
        return Err(Failure { exit: Exit::Damaged, message });
    }
    let (found, saved) = (damage.found.clone(), saved(&damage));
    let Repaired { head, aside } = damage.repair(&mut stages.tell())?;
    stages.done();
    output::print(&format!(
        "Found: {found}.\n{saved} {loss}\nThe damaged files are kept in {}.\nThe journal is whole: \
         {} records, head {}\n",
        aside.display(),
        head.seq,
        head.hash
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn saved(damage: &Damage) -> String {
    let (kept, from_backup) = (damage.kept_to, damage.from_backup);
    match kept - from_backup.min(kept) {
        _ if from_backup == 0 => format!("{kept} records are whole and were kept."),
        0 => format!("{kept} records were restored from the backup."),
        more => format!(
            "{from_backup} records were restored from the backup, and {more} that followed it were \
             whole and were kept."
        ),
    }
}

fn loss(damage: &Damage) -> String {
    let kept = damage.kept_to;
    match damage.known_to {
        _ if !damage.is_loss => "Nothing is lost.".to_owned(),
        Some(known) if known > kept => {
            format!("Records {} to {known} are lost: {} of them.", kept + 1, known - kept)
        }
        _ => format!(
            "No record after {kept} is known of, but head.anchor, which would tell of lost ones, \
             cannot be read."
        ),
    }
}
