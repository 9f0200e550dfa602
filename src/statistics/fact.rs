//! What one alert contributes to the figures.

use crate::domain::{
    Alert, Timestamp, Verdict, Within,
    assignment::Assignment,
    classification::{FeedbackKind, Mode, Severity},
    id::UnitId,
    policy::Who,
};

/// Why an alert does not count in the on-time rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    Test,
    Merged,
    /// L0: no clock.
    Inquiry,
    /// Ended without a unit before the limit.
    EndedEarly,
    /// Its governing clock is advisory.
    Advisory,
    /// Open and within the limit: nothing to say yet.
    Pending,
}

/// One alert's intervals and verdict, judged as of an instant.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The verdict that counts, or why none does.
    pub counted: Result<Verdict, LeftOut>,
    /// Whether it needed an arrival: all but tests, merged ones, inquiries, those that ended early
    /// and those still within the limit.
    pub needs_arrival: bool,
    pub response: Option<Within>,
    pub handling: Option<Within>,
    pub control: Option<Within>,
    /// From the first arrival to the first report of the scene.
    pub first_feedback: Option<Within>,
    /// From the first dispatch to the first report of the result.
    pub result_feedback: Option<Within>,
    pub close: Option<Within>,
    /// What each unit sent took, in order of dispatch.
    pub sent: Vec<SentFact>,
}

/// One assignment's intervals.
#[derive(Clone, Debug)]
pub struct SentFact {
    pub unit: UnitId,
    pub acknowledgement: Option<Within>,
    pub turnout: Option<Within>,
    pub travel: Option<Within>,
}

impl Fact {
    /// The alert's contribution as of `now` (domain standard §7).
    pub fn of(alert: &Alert, now: Timestamp) -> Self {
        let started_at = alert.started_at();
        let left_out = left_out_whole(alert);
        let measured = left_out.is_none();
        let span = |from: Option<Timestamp>, to: Option<Timestamp>| {
            from.zip(to).filter(|_| measured).map(|(from, to)| to - from)
        };
        let sent = |each: &Assignment| SentFact {
            unit: each.unit.clone(),
            acknowledgement: span(each.dispatched_at, each.acknowledged_at),
            turnout: span(each.dispatched_at, each.en_route_at),
            travel: span(each.en_route_at, each.arrived_at),
        };
        Self {
            counted: left_out.map_or_else(|| counted(alert, now), Err),
            needs_arrival: measured
                && !matches!(alert.verdict(now), Verdict::NotApplicable | Verdict::Pending),
            response: span(Some(started_at), first_counted_arrival(alert)),
            handling: span(Some(started_at), alert.first_dispatched_at()),
            control: span(alert.first_arrived_at(), alert.last_cleared_at()),
            first_feedback: span(alert.first_arrived_at(), first_feedback(alert, |_| true)),
            result_feedback: span(
                alert.first_dispatched_at(),
                first_feedback(alert, |kind| kind == FeedbackKind::Result),
            ),
            close: span(Some(started_at), alert.closed_at),
            sent: alert.assignments.iter().map(sent).collect(),
        }
    }
}

/// Alerts no interval of which counts.
fn left_out_whole(alert: &Alert) -> Option<LeftOut> {
    if alert.mode == Mode::Test {
        Some(LeftOut::Test)
    } else if alert.merged_into.is_some() {
        Some(LeftOut::Merged)
    } else if alert.severity == Severity::L0 && alert.selection.governing.is_none() {
        Some(LeftOut::Inquiry)
    } else {
        None
    }
}

fn counted(alert: &Alert, now: Timestamp) -> Result<Verdict, LeftOut> {
    let clock = alert.governing_clock(now).ok_or(LeftOut::Inquiry)?;
    match clock.verdict {
        Verdict::NotApplicable => Err(LeftOut::EndedEarly),
        _ if !clock.required => Err(LeftOut::Advisory),
        Verdict::Pending => Err(LeftOut::Pending),
        verdict => Ok(verdict),
    }
}

/// The first arrival of a unit that the governing rule counts.
fn first_counted_arrival(alert: &Alert) -> Option<Timestamp> {
    let anybody = Who::default();
    let governing = alert.selection.governing.as_ref().and_then(|id| alert.policy.rule(id));
    let who = governing.map_or(&anybody, |rule| &rule.who);
    let counts = |each: &&Assignment| who.counts(each.unit_kind, each.echelon);
    alert.assignments.iter().filter(counts).filter_map(|each| each.arrived_at).min()
}

fn first_feedback(alert: &Alert, is_meant: fn(FeedbackKind) -> bool) -> Option<Timestamp> {
    alert.feedback.iter().filter(|each| is_meant(each.kind)).map(|each| each.at).min()
}
