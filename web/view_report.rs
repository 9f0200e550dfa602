//! One alert's report: what happened, how each verdict came about, and what answers for it.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Alert, Names, TimelineEntry, code};
use crate::{
    domain::{
        self, Timestamp, Verdict, Within,
        derivation::{self, Derivation, Waypoint},
        district::UnitKind,
        id::{AlertId, AssignmentId, RuleId},
        policy::{EndPoint, StartPoint},
        record::Seq,
    },
    engine,
};

/// An alert with its whole record, and what its verdicts rest on.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlertReport {
    pub alert: Alert,
    pub timeline: Vec<TimelineEntry>,
    /// The governing clock first.
    pub clocks: Vec<DerivedClock>,
    /// From the receipt to the end, without a gap.
    pub legs: Vec<Leg>,
    /// As of when clocks that still ran were judged.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub epoch: String,
    pub seal: Seal,
}

/// One digest that answers for the whole history up to a record; `journal check` compares with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Seal {
    /// The last record.
    seq: Seq,
    /// Its hash in the chain.
    hash: String,
    digest: String,
}

/// A clock with the records its verdict rests on.
#[derive(Debug, Serialize, ToSchema)]
pub struct DerivedClock {
    #[schema(value_type = String)]
    rule: RuleId,
    #[schema(value_type = code::Tier)]
    tier: domain::classification::Tier,
    governing: bool,
    required: bool,
    goal_percent: f64,
    #[schema(value_type = code::StartPoint)]
    start_point: StartPoint,
    #[schema(value_type = code::EndPoint)]
    end_point: EndPoint,
    /// Whose end point counts; null: any police unit.
    #[schema(value_type = Option<Vec<code::UnitKind>>)]
    unit_kinds: Option<Vec<UnitKind>>,
    /// Of which waves; null: of any.
    echelons: Option<Vec<u8>>,
    /// How many units must reach it.
    at_least: u32,
    #[schema(value_type = i64)]
    limit_ms: Within,
    /// What started it; null while it has not.
    start: Option<Mark>,
    /// What reached its end point.
    end: Option<Mark>,
    /// What ended the alert while the end point was not reached.
    ended: Option<Mark>,
    #[schema(value_type = Option<i64>)]
    elapsed_ms: Option<Within>,
    #[schema(value_type = code::Verdict)]
    verdict: Verdict,
    corrected: bool,
    /// The record that excused it.
    excused: Option<Seq>,
}

/// An instant, and the record it stands in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RecordMark)]
pub struct Mark {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    seq: Seq,
    #[schema(value_type = Option<u32>)]
    assignment: Option<AssignmentId>,
    /// The alert merged in, where its receipt is what counts.
    #[schema(value_type = Option<u32>)]
    child: Option<AlertId>,
    /// What stood here before a supervisor corrected it.
    #[schema(value_type = Option<String>, format = DateTime)]
    original: Option<Timestamp>,
}

/// The time between two neighbouring points of an alert's way.
#[derive(Debug, Serialize, ToSchema)]
pub struct Leg {
    /// `received`, `dispatched`, `acknowledged`, `en_route`, `arrived`, `cleared`, `resolved`,
    /// `closed` or `cancelled`.
    from: &'static str,
    #[schema(value_type = String, format = DateTime)]
    from_at: Timestamp,
    /// Null while it goes on.
    to: Option<&'static str>,
    #[schema(value_type = String, format = DateTime)]
    to_at: Timestamp,
}

impl AlertReport {
    /// The report of an alert as its records tell it.
    pub fn of(
        alert: &domain::Alert,
        records: &[domain::Record],
        audience: &crate::web::audience::Audience,
        names: &Names<'_>,
        at: Timestamp,
        (epoch, seal): (String, Seal),
    ) -> Self {
        Self {
            alert: Alert::of(alert, audience, names, at),
            timeline: records.iter().map(|record| TimelineEntry::of(record, audience)).collect(),
            clocks: alert.derivations(records, at).into_iter().map(DerivedClock::from).collect(),
            legs: alert.legs(at).into_iter().map(Leg::from).collect(),
            at,
            epoch,
            seal,
        }
    }
}

impl From<engine::Seal> for Seal {
    fn from(seal: engine::Seal) -> Self {
        Self { seq: seal.seq, hash: seal.hash.to_string(), digest: seal.digest.to_string() }
    }
}

impl From<Derivation> for DerivedClock {
    fn from(derived: Derivation) -> Self {
        let Derivation { rule, reading, start, end, ended, excused } = derived;
        Self {
            rule: rule.id,
            tier: rule.tier,
            governing: rule.governing,
            required: rule.required,
            goal_percent: rule.goal_percent,
            start_point: rule.start,
            end_point: rule.end,
            unit_kinds: rule.who.unit_kinds,
            echelons: rule.who.echelons,
            at_least: rule.who.at_least,
            limit_ms: reading.limit,
            start: start.map(Mark::from),
            end: end.map(Mark::from),
            ended: ended.map(Mark::from),
            elapsed_ms: reading.elapsed,
            verdict: reading.verdict,
            corrected: reading.corrected,
            excused,
        }
    }
}

impl From<derivation::Mark> for Mark {
    fn from(mark: derivation::Mark) -> Self {
        let derivation::Mark { at, seq, assignment, child, original } = mark;
        Self { at, seq, assignment, child, original }
    }
}

impl From<derivation::Leg> for Leg {
    fn from(leg: derivation::Leg) -> Self {
        Self {
            from: word(leg.from),
            from_at: leg.from_at,
            to: leg.to.map(word),
            to_at: leg.to_at,
        }
    }
}

fn word(point: Waypoint) -> &'static str {
    match point {
        Waypoint::Received => "received",
        Waypoint::Dispatched => "dispatched",
        Waypoint::Acknowledged => "acknowledged",
        Waypoint::EnRoute => "en_route",
        Waypoint::Arrived => "arrived",
        Waypoint::Cleared => "cleared",
        Waypoint::Resolved => "resolved",
        Waypoint::Closed => "closed",
        Waypoint::Cancelled => "cancelled",
    }
}
