//! What `statistics` prints besides the table: the alerts behind a figure, a what-if, hints.

use std::{fmt::Write, path::Path};

use super::table;
use crate::{
    cli::failure::Failure,
    domain::{Policy, policy::preset},
    statistics::{Hints, Listed, WhatIf},
};

/// The alerts behind a figure, one a line, and how many.
pub fn alerts(listed: &[Listed]) -> String {
    let mut text = String::new();
    for one in listed {
        let unit = one.unit.as_ref().map_or("-", |unit| unit.as_str());
        let span = one.span.map_or_else(|| "-".to_owned(), |span| table::seconds(span.millis()));
        let _ = writeln!(text, "{:>8}  {}  {unit:<12}{span:>12}", one.alert, one.received_at);
    }
    let _ = writeln!(text, "{} in all", listed.len());
    text
}

/// Both judgements, and by group.
pub fn what_if(judged: &WhatIf) -> String {
    let candidate = format!("{} version {}", judged.candidate.id, judged.candidate.version);
    let mut text = format!(
        "what if {candidate} had judged the handled alerts received in [{}, {}): nothing is \
         changed\n\n{:<24}{:>8}{:>8}{:>9}{:>16}{:>10}\n",
        judged.from, judged.to, "", "alerts", "n", "on time", "95 %", "adjusted"
    );
    for row in &judged.rows {
        for (label, side) in [("as judged", &row.before), ("what if", &row.after)] {
            if let Some(side) = side {
                let _ = writeln!(text, "{}", table::rates(&format!("{} {label}", row.group), side));
            }
        }
    }
    let _ = writeln!(text, "{}", table::rates("total as judged", &judged.before));
    let _ = writeln!(text, "{}", table::rates("total what if", &judged.after));
    let _ = writeln!(
        text,
        "newly on time {}, no longer on time {}, left out without a rule {}",
        judged.newly_met, judged.no_longer_met, judged.without_rule
    );
    text
}

/// One line per hint.
pub fn hints(hints: &Hints) -> String {
    let mut text = format!(
        "worth a look or not, each with its n; an accusation of nobody: {} alerts received in [{}, \
         {})\n",
        hints.alerts, hints.from, hints.to
    );
    for hint in &hints.hints {
        let tier = hint.tier.map_or_else(String::new, |tier| format!(" {tier:?}"));
        let share = |share: Option<f64>| share.map_or_else(|| "-".to_owned(), table::share);
        let mark = if hint.worth_a_look { "worth a look" } else { "nothing unusual" };
        let _ = writeln!(
            text,
            "{:<24}{:>8} of {:<8}{:>8}  reference {:>7}  {mark}",
            format!("{:?}{tier}", hint.kind),
            hint.count,
            hint.n,
            share(hint.share),
            share(hint.expected),
        );
    }
    text
}

/// A preset by its id, or a policy in a file.
///
/// # Errors
/// When it is neither, or not a policy that could be adopted.
pub fn policy(named: &str) -> Result<Policy, Failure> {
    if let Some(policy) = preset::preset(named) {
        return Ok(policy);
    }
    let text = std::fs::read_to_string(Path::new(named)).map_err(|error| {
        let presets = preset::IDS.join(", ");
        Failure::usage(format!(
            "{named} is neither a shipped policy ({presets}) nor a readable file: {error}"
        ))
    })?;
    let policy: Policy = serde_json::from_str(&text)
        .map_err(|error| Failure::usage(format!("{named} is not a policy: {error}")))?;
    match policy.check() {
        Ok(()) => Ok(policy),
        Err(error) => Err(Failure::usage(format!("{named} cannot serve as a policy: {error:?}"))),
    }
}
