//! `journal check`: a proof, checked without the journal it was made from.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use crate::{
    cli::{
        failure::{Exit, Failure},
        output,
    },
    domain::{Verdict, Within},
    journal::{
        JournalReader,
        chain::Hash,
        proof::{self, Checked, ProvedClock, ProvedMark, ProvedPolicy},
        seal::{Seal, Sealer},
        sqlite::SqliteReader,
    },
};

pub const EXAMPLES: &str = "\
Examples:
  campus-dispatch journal check alert-12.json                            does it fit together?
  campus-dispatch journal check alert-12.json --seal 5e1f…               under a seal you noted
  campus-dispatch journal check alert-12.json --against /backup/monday   under that of a backup

It needs nothing but the file. Whoever can write a whole new journal can also make a proof of it: so
compare the seal with one that was out of their hands, which `journal verify` and each report print.
Exit code 4 when anything in the file is not what was written.";

/// What is checked, and against what.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// The file `journal prove` wrote
    file: PathBuf,
    /// The seal it must have, as noted elsewhere
    #[arg(long, value_name = "DIGEST", value_parser = digest)]
    seal: Option<Hash>,
    /// A data directory or a backup whose history it must be part of
    #[arg(long, value_name = "DIR")]
    against: Option<PathBuf>,
}

fn digest(text: &str) -> Result<Hash, String> {
    Hash::parse(text).ok_or_else(|| "a seal is 64 hexadecimal digits".to_owned())
}

/// Runs `journal check`.
///
/// # Errors
/// The first flaw found.
pub fn run(args: &CheckArgs) -> Result<ExitCode, Failure> {
    let name = args.file.display();
    let file = fs::read(&args.file)
        .map_err(|error| Failure::new(format!("cannot read {name}: {error}")))?;
    let flawed = |what: &dyn std::fmt::Display| Failure {
        exit: Exit::Damaged,
        message: format!("{name} does not check out: {what}"),
    };
    let checked = proof::check(&file).map_err(|flaw| flawed(&flaw))?;
    let seal = &checked.proof.seal;
    if args.seal.is_some_and(|wanted| wanted != seal.digest) {
        return Err(flawed(&format!("its seal is {seal}, not the one given")));
    }
    if let Some(directory) = &args.against {
        compare(directory, seal, &flawed)?;
    }
    output::print(&format!("{name} checks out.\n{}{}", said(&checked), ending(args, seal)))?;
    Ok(ExitCode::SUCCESS)
}

/// Reads a journal up to the seal, record by record, and seals it again.
fn compare(
    directory: &Path,
    seal: &Seal,
    flawed: &dyn Fn(&dyn std::fmt::Display) -> Failure,
) -> Result<(), Failure> {
    let reader = SqliteReader::open(directory)?;
    let head = reader.verify(&mut |_| ())?;
    if head.seq < seal.seq {
        let message = format!(
            "{} ends at record {}, before the seal at record {}; compare with a later one, or make \
             the proof again with --up-to {}",
            directory.display(),
            head.seq,
            seal.seq,
            head.seq
        );
        return Err(Failure::new(message));
    }
    let own = Sealer::of(&reader, seal.seq)?.seal();
    if own == *seal {
        return Ok(());
    }
    Err(flawed(&format!("{} has another history up to record {}", directory.display(), seal.seq)))
}

/// What was found, in words.
fn said(checked: &Checked) -> String {
    let Checked { proof, records, alert } = checked;
    let (first, last) = (&records[0], &records[records.len() - 1]);
    let policy = &alert.policy;
    let origin = match &proof.policy {
        ProvedPolicy::Release { .. } => "as it ships with this software".to_owned(),
        ProvedPolicy::Journal { record, .. } => format!("as record {} took it in", record.seq),
    };
    let mut text = format!(
        "All {} records of alert {} are in it, record {} ({}) to {} ({}), each as it was written; \
         none is left out and none added up to record {} of the sealed history.\nThe policy is {} \
         v{}, {origin}.\nThe verdict, derived again from the records: {}.\n",
        records.len(),
        proof.alert,
        first.seq,
        first.at,
        last.seq,
        last.at,
        proof.seal.seq,
        policy.id,
        policy.version,
        verdict(proof.verdict),
    );
    for clock in &proof.clocks {
        text.push_str(&format!("  {}\n", clock_line(clock)));
    }
    if matches!(proof.verdict, Verdict::Pending | Verdict::Breaching) {
        text.push_str(&format!("A clock that still ran was judged as of {}.\n", proof.judged_at));
    }
    text
}

fn clock_line(clock: &ProvedClock) -> String {
    let governing = if clock.governing { " (governing)" } else { "" };
    let mark = |word: &str, mark: Option<ProvedMark>| match mark {
        Some(mark) => format!("{word} {} in record {}", mark.at, mark.seq),
        None => format!("not {word}"),
    };
    let (start, end) = (mark("started", clock.start), mark("reached", clock.end));
    let elapsed = clock.elapsed.map(|elapsed| format!("{} of ", seconds(elapsed)));
    let corrected = if clock.corrected { ", rests on a corrected time point" } else { "" };
    format!(
        "{}{governing}: {}; {start}, {end}; {}{}{corrected}",
        clock.rule,
        verdict(clock.verdict),
        elapsed.unwrap_or_else(|| "limit ".to_owned()),
        seconds(clock.limit),
    )
}

fn seconds(span: Within) -> String {
    let millis = span.millis();
    let sign = if millis < 0 { "-" } else { "" };
    format!("{sign}{}.{:03} s", millis.abs() / 1000, millis.abs() % 1000)
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pending => "pending",
        Verdict::Met => "met",
        Verdict::Breaching => "breaching",
        Verdict::Late => "late",
        Verdict::Missed => "missed",
        Verdict::Excused => "excused",
        Verdict::NotApplicable => "not applicable",
    }
}

/// What the seal is worth.
fn ending(args: &CheckArgs, seal: &Seal) -> String {
    let (seq, hash) = (seal.seq, seal.hash);
    let sealed = format!("Sealed at record {seq}, head {hash}, seal {seal}.\n");
    let known = match (&args.against, args.seal) {
        (Some(directory), _) => {
            format!("{} has the same history up to there.\n", directory.display())
        }
        (None, Some(_)) => "That is the seal given.\n".to_owned(),
        (None, None) => "Compare it with a seal known from elsewhere (--seal, --against): without \
                         that, this shows only that the file fits together.\n"
            .to_owned(),
    };
    sealed + &known
}
