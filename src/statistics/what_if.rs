//! What the handled alerts of a period would have come to under another policy.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use super::{
    columns::Columns,
    fact::Fact,
    query::{Filter, Query},
    response::ResponseRow,
};
use crate::domain::{
    Alert, Policy, Timestamp, Verdict,
    alert::Stage,
    district::School,
    id::AlertId,
    policy::{PolicyRef, Selection},
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
    /// By the query's grouping. By tier, an alert may stand in another row under the candidate.
    pub rows: Vec<WhatIfRow>,
    /// On time only under the candidate.
    pub newly_met: usize,
    /// On time until the candidate.
    pub no_longer_met: usize,
    pub newly_met_alerts: Vec<AlertId>,
    pub no_longer_met_alerts: Vec<AlertId>,
}

/// One group under both; `None` where it has no alert.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct WhatIfRow {
    pub group: String,
    pub before: Option<ResponseRow>,
    pub after: Option<ResponseRow>,
}

impl Columns {
    /// Judges the handled alerts (resolved or over) that `query` asks for under `candidate` too, by
    /// the domain's own verdicts; nothing is changed, and its `effective_from` plays no part. An
    /// excuse holds where the candidate has a rule of the same id. `alert_of` finds an alert.
    pub fn what_if(
        &self,
        query: &Query,
        candidate: &Arc<Policy>,
        now: Timestamp,
        alert_of: impl Fn(AlertId) -> Option<Arc<Alert>>,
    ) -> WhatIf {
        let (mut judged, mut rejudged) = (self.without_alerts(), self.without_alerts());
        let mut without_rule = 0;
        let (mut newly_met_alerts, mut no_longer_met_alerts) = (Vec::new(), Vec::new());
        let asked = self.alert_ids(query, now).into_iter().filter_map(alert_of);
        for alert in asked.filter(|alert| alert.stage() >= Stage::Resolved) {
            let school = alert.school.as_ref().and_then(|id| self.school(id));
            let Some(selection) = selection_under(candidate, &alert, school) else {
                without_rule += 1;
                continue;
            };
            let policy = candidate.clone();
            let other = Arc::new(Alert { policy, selection, ..(*alert).clone() });
            let is_met = |alert| Fact::of(alert, now).counted == Ok(Verdict::Met);
            match (is_met(&alert), is_met(&other)) {
                (false, true) => newly_met_alerts.push(alert.id),
                (true, false) => no_longer_met_alerts.push(alert.id),
                (true, true) | (false, false) => {}
            }
            judged.put(&alert);
            rejudged.put(&other);
        }
        // Which alerts are meant is settled: under the candidate their tier may be another.
        let filter = Filter { tier: None, ..query.filter.clone() };
        let query = Query { filter, ..query.clone() };
        let (before, after) = (judged.response(&query, now), rejudged.response(&query, now));
        WhatIf {
            from: query.from,
            to: query.to,
            candidate: candidate.reference(),
            without_rule,
            before: before.total,
            after: after.total,
            rows: side_by_side(before.rows, after.rows),
            newly_met: newly_met_alerts.len(),
            no_longer_met: no_longer_met_alerts.len(),
            newly_met_alerts,
            no_longer_met_alerts,
        }
    }
}

fn side_by_side(before: Vec<ResponseRow>, after: Vec<ResponseRow>) -> Vec<WhatIfRow> {
    let mut rows = BTreeMap::<String, WhatIfRow>::new();
    let group = |row: &ResponseRow| row.group.clone().unwrap_or_default();
    for row in before {
        let group = group(&row);
        rows.entry(group).or_default().before = Some(row);
    }
    for row in after {
        let group = group(&row);
        rows.entry(group).or_default().after = Some(row);
    }
    rows.into_iter().map(|(group, row)| WhatIfRow { group, ..row }).collect()
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
