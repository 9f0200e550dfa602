//! What the handled alerts of a period would have come to under another policy.

use std::sync::Arc;

use serde::Serialize;

use super::{
    fact::Fact,
    query::Query,
    response::{Gathering, ResponseRow},
};
use crate::{
    domain::{
        Alert, Policy, Timestamp, Verdict,
        alert::Stage,
        district::School,
        policy::{PolicyRef, Selection},
    },
    engine::Board,
};

/// The same handled alerts under the policies that judged them and under a candidate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhatIf {
    pub from: Timestamp,
    pub to: Timestamp,
    pub candidate: PolicyRef,
    /// Handled alerts for which the candidate has no rule, in neither row: their tier was set by a
    /// supervisor and the candidate has none such.
    pub without_rule: usize,
    /// As they were judged.
    pub before: ResponseRow,
    /// As the candidate would have judged them.
    pub after: ResponseRow,
    /// On time only under the candidate.
    pub newly_met: usize,
    /// On time until the candidate.
    pub no_longer_met: usize,
}

/// Judges the handled alerts (resolved or over) that `query` asks for under `candidate` too, by the domain's own
/// verdicts; nothing is changed, and its `effective_from` plays no part. An excuse holds where the
/// candidate has a rule of the same id.
pub fn what_if(board: &Board, query: &Query, candidate: &Arc<Policy>, now: Timestamp) -> WhatIf {
    let mut before = Gathering::default();
    let mut after = Gathering::default();
    let (mut without_rule, mut newly_met, mut no_longer_met) = (0, 0, 0);
    for alert in board.alerts_before(None) {
        let school = alert.school.as_ref().and_then(|id| board.school(id));
        if alert.stage() < Stage::Resolved || !query.matches(&alert, school.as_deref()) {
            continue;
        }
        let Some(selection) = selection_under(candidate, &alert, school.as_deref()) else {
            without_rule += 1;
            continue;
        };
        let judged = Fact::of(&alert, now);
        let policy = candidate.clone();
        let rejudged = Fact::of(&Alert { policy, selection, ..(*alert).clone() }, now);
        match (judged.counted == Ok(Verdict::Met), rejudged.counted == Ok(Verdict::Met)) {
            (false, true) => newly_met += 1,
            (true, false) => no_longer_met += 1,
            (true, true) | (false, false) => {}
        }
        before.add(&judged);
        after.add(&rejudged);
    }
    WhatIf {
        from: query.from,
        to: query.to,
        candidate: candidate.reference(),
        without_rule,
        before: before.row(None),
        after: after.row(None),
        newly_met,
        no_longer_met,
    }
}

/// A tier that a supervisor set stays set.
fn selection_under(
    candidate: &Policy,
    alert: &Alert,
    school: Option<&School>,
) -> Option<Selection> {
    let circumstances = alert.circumstances(school);
    let is_overridden = alert.is_tier_overridden(&circumstances);
    candidate.select(&circumstances, alert.tier().filter(|_| is_overridden))
}
