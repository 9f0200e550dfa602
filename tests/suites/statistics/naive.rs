//! The figures worked out a second time, alert by alert, from time points and verdicts alone: no
//! columns, no codes, everything sorted whole. Written from the domain standard (§6, §7).

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use campus_dispatch::{
    domain::{
        Alert, Timestamp, Verdict, Within,
        assignment::{Assignment, Withdrawal},
        classification::{FeedbackKind, Mode, Severity, Tier, Validity},
        district::School,
        id::UnitId,
    },
    statistics::{Grouping, Query, wilson},
};
use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Everything that the product answers, in the product's own form.
pub fn response(
    alerts: &[Arc<Alert>],
    schools: &[Arc<School>],
    query: &Query,
    now: Timestamp,
) -> Value {
    let school_of = |alert: &Alert| {
        let id = alert.school.as_ref()?;
        schools.iter().find(|school| school.id == *id).map(|school| &**school)
    };
    let cohort = |from: Timestamp, to: Timestamp| -> Vec<&Alert> {
        let alerts = alerts.iter().map(|alert| &**alert);
        alerts.filter(|it| is_meant(it, school_of(it), query, from, to)).collect()
    };
    let length = (query.to - query.from).millis();
    let earlier = query.from + Within::from_millis(-length);
    let asked = cohort(query.from, query.to);
    let filter_unit = query.filter.unit.as_ref();
    let mut groups = BTreeMap::<String, Vec<(&Alert, Option<UnitId>)>>::new();
    for alert in &asked {
        for (group, unit) in groups_of(alert, school_of(alert), query) {
            groups.entry(group).or_default().push((alert, unit));
        }
    }
    let rows = groups.into_iter().map(|(group, members)| row(Some(group), &members, now));
    let whole = |alerts: Vec<&Alert>| {
        let members: Vec<_> =
            alerts.into_iter().map(|alert| (alert, filter_unit.cloned())).collect();
        row(None, &members, now)
    };
    let mut policies = BTreeMap::new();
    for alert in &asked {
        *policies.entry(alert.selection.policy.clone()).or_insert(0) += 1;
    }
    let policies = policies.into_iter().map(
        |(policy, alerts)| json!({ "id": policy.id, "version": policy.version, "alerts": alerts }),
    );
    json!({
        "from": query.from, "to": query.to, "at": now,
        "policies": policies.collect::<Vec<_>>(),
        "total": whole(asked),
        "before": {
            "from": earlier, "to": query.from, "total": whole(cohort(earlier, query.from)),
        },
        "rows": rows.collect::<Vec<_>>(),
    })
}

fn is_meant(
    alert: &Alert,
    school: Option<&School>,
    query: &Query,
    from: Timestamp,
    to: Timestamp,
) -> bool {
    let filter = &query.filter;
    let is_peak = school.is_some_and(|school| school.is_peak(alert.received_at));
    let station = school.and_then(|school| school.station.as_ref());
    from <= alert.received_at
        && alert.received_at < to
        && alert.mode == filter.mode
        && (filter.tier.is_none() || filter.tier == tier(alert))
        && filter.severity.is_none_or(|wanted| wanted == alert.severity)
        && filter.category.is_none_or(|wanted| wanted == alert.category)
        && filter.zone.is_none_or(|wanted| wanted == alert.zone)
        && filter.source.is_none_or(|wanted| wanted == alert.source)
        && (filter.school.is_none() || filter.school == alert.school)
        && (filter.station.is_none() || filter.station.as_ref() == station)
        && filter.peak.is_none_or(|wanted| wanted == is_peak)
        && (filter.unit.is_none()
            || alert.assignments.iter().any(|sent| Some(&sent.unit) == filter.unit.as_ref()))
}

fn tier(alert: &Alert) -> Option<Tier> {
    let governing = alert.selection.governing.as_ref()?;
    alert.policy.rules.iter().find(|rule| rule.id == *governing).map(|rule| rule.tier)
}

/// The rows an alert counts in, and by unit whose intervals are meant.
fn groups_of(
    alert: &Alert,
    school: Option<&School>,
    query: &Query,
) -> Vec<(String, Option<UnitId>)> {
    let unit = query.filter.unit.clone();
    if query.grouping == Grouping::Unit {
        let sent: BTreeSet<_> = alert.assignments.iter().map(|sent| sent.unit.clone()).collect();
        let meant = sent.into_iter().filter(|sent| unit.as_ref().is_none_or(|unit| unit == sent));
        let rows: Vec<_> = meant.map(|unit| (unit.to_string(), Some(unit))).collect();
        return if rows.is_empty() { vec![("-".to_owned(), unit)] } else { rows };
    }
    let local = DateTime::from_timestamp_millis(alert.received_at.millis())
        .unwrap()
        .with_timezone(&FixedOffset::east_opt(8 * 3600).unwrap());
    let formatted = |form| local.format(form).to_string();
    let group = match query.grouping {
        Grouping::Tier => code(&tier(alert)),
        Grouping::Severity => code(&alert.severity),
        Grouping::Category => code(&alert.category),
        Grouping::Zone => code(&alert.zone),
        Grouping::Source => code(&alert.source),
        Grouping::School => code(&alert.school),
        Grouping::Station => code(&school.and_then(|school| school.station.clone())),
        Grouping::Unit => unreachable!("told above"),
        Grouping::Day => formatted("%Y-%m-%d"),
        Grouping::Week => formatted("%G-W%V"),
        Grouping::Month => formatted("%Y-%m"),
        Grouping::Hour => formatted("%H"),
        Grouping::WeekdayHour => formatted("%u-%H"),
    };
    vec![(group, unit)]
}

fn code(value: &impl Serialize) -> String {
    json!(value).as_str().unwrap_or("-").to_owned()
}

/// How an alert counts: the name of its verdict, or why it is left out.
fn counts_as(alert: &Alert, now: Timestamp) -> &'static str {
    if alert.mode == Mode::Test {
        return "test";
    }
    if alert.merged_into.is_some() {
        return "merged";
    }
    let Some(clock) = alert.governing_clock(now) else { return "inquiry" };
    match (clock.verdict, clock.required) {
        (Verdict::NotApplicable, _) => "ended_early",
        (_, false) => "advisory",
        (Verdict::Pending, true) => "pending",
        (Verdict::Met, true) => "met",
        (Verdict::Late, true) => "late",
        (Verdict::Missed, true) => "missed",
        (Verdict::Breaching, true) => "breaching",
        (Verdict::Excused, true) => "excused",
    }
}

/// Whether its intervals are measured at all.
fn is_measured(alert: &Alert) -> bool {
    let is_inquiry = alert.severity == Severity::L0 && alert.selection.governing.is_none();
    alert.mode != Mode::Test && alert.merged_into.is_none() && !is_inquiry
}

fn needs_arrival(alert: &Alert, now: Timestamp) -> bool {
    let verdict = alert.governing_clock(now).map(|clock| clock.verdict);
    let is_owed = !matches!(verdict, None | Some(Verdict::NotApplicable) | Some(Verdict::Pending));
    is_measured(alert) && is_owed
}

fn response_ms(alert: &Alert) -> Option<i64> {
    let rule = alert.selection.governing.as_ref().and_then(|id| alert.policy.rule(id));
    let counts = |sent: &&Assignment| match rule {
        Some(rule) => rule.who.counts(sent.unit_kind, sent.echelon),
        None => sent.unit_kind.is_police(),
    };
    let arrived = alert.assignments.iter().filter(counts).filter_map(|sent| sent.arrived_at).min();
    Some((arrived? - started_at(alert)).millis())
}

fn started_at(alert: &Alert) -> Timestamp {
    let merged = alert.merged.iter().map(|(_, received_at)| *received_at);
    merged.chain([alert.received_at]).min().unwrap()
}

/// The spans of a measure that one member of a group brings.
fn spans(alert: &Alert, unit: Option<&UnitId>, measure: &str) -> Vec<i64> {
    let between = |from: Option<Timestamp>, to: Option<Timestamp>| Some((to? - from?).millis());
    let started = Some(started_at(alert));
    let dispatched = alert.assignments.iter().filter_map(|sent| sent.dispatched_at).min();
    let police = alert.assignments.iter().filter(|sent| sent.unit_kind.is_police());
    let arrived = police.filter_map(|sent| sent.arrived_at).min();
    let is_done = |sent: &Assignment| sent.cleared_at.is_some() || sent.withdrawal.is_some();
    let cleared = match alert.assignments.iter().all(is_done) {
        true => alert.assignments.iter().filter_map(|sent| sent.cleared_at).max(),
        false => None,
    };
    let told = |kind: Option<FeedbackKind>| {
        let meant = alert.feedback.iter().filter(|it| kind.is_none_or(|kind| kind == it.kind));
        meant.map(|it| it.at).min()
    };
    let each = |span: &dyn Fn(&Assignment) -> Option<i64>| -> Vec<i64> {
        let meant = alert.assignments.iter().filter(|it| unit.is_none_or(|unit| it.unit == *unit));
        meant.filter_map(span).collect()
    };
    let one = |span: Option<i64>| span.into_iter().collect();
    match measure {
        "response" => one(response_ms(alert)),
        "handling" => one(between(started, dispatched)),
        "acknowledgement" => each(&|it| between(it.dispatched_at, it.acknowledged_at)),
        "turnout" => each(&|it| between(it.dispatched_at, it.en_route_at)),
        "travel" => each(&|it| between(it.en_route_at, it.arrived_at)),
        "control" => one(between(arrived, cleared)),
        "first_feedback" => one(between(arrived, told(None))),
        "result_feedback" => one(between(dispatched, told(Some(FeedbackKind::Result)))),
        "close" => one(between(started, alert.closed_at)),
        other => unreachable!("{other} is no measure"),
    }
}

const MEASURES: [&str; 9] = [
    "response",
    "handling",
    "acknowledgement",
    "turnout",
    "travel",
    "control",
    "first_feedback",
    "result_feedback",
    "close",
];

fn row(group: Option<String>, members: &[(&Alert, Option<UnitId>)], now: Timestamp) -> Value {
    let count = |is_meant: &dyn Fn(&Alert) -> bool| {
        members.iter().filter(|(alert, _)| is_meant(alert)).count()
    };
    let counted = |name: &'static str| count(&|alert| counts_as(alert, now) == name);
    let (met, excused) = (counted("met"), counted("excused"));
    let n = met + excused + counted("late") + counted("missed") + counted("breaching");
    let rate = |of: usize| (of > 0).then(|| met as f64 / of as f64);
    let mut row = Map::new();
    for (name, value) in [
        ("group", json!(group)),
        ("alerts", json!(members.len())),
        ("n", json!(n)),
        ("met", json!(met)),
        ("excused", json!(excused)),
        ("late", json!(counted("late"))),
        ("missed", json!(counted("missed"))),
        ("breaching", json!(counted("breaching"))),
        ("on_time_rate", json!(rate(n))),
        ("adjusted_rate", json!(rate(n - excused))),
        ("on_time_interval", json!(wilson(met, n))),
        ("adjusted_interval", json!(wilson(met, n - excused))),
    ] {
        row.insert(name.to_owned(), value);
    }
    let out = ["test", "merged", "inquiry", "ended_early", "advisory", "pending"];
    let out: Map<_, _> =
        out.map(|name| (name.to_owned(), json!(counted(name)))).into_iter().collect();
    row.insert("left_out".to_owned(), json!(out));
    let all = |measure: &str| -> Vec<i64> {
        let measured = members.iter().filter(|(alert, _)| is_measured(alert));
        measured.flat_map(|(alert, unit)| spans(alert, unit.as_ref(), measure)).collect()
    };
    for measure in MEASURES {
        row.insert(measure.to_owned(), distribution(all(measure)));
    }
    let needed: Vec<_> = members.iter().filter(|(alert, _)| needs_arrival(alert, now)).collect();
    let within = [1, 3, 5, 8, 10].map(|minutes: i64| {
        let is_in = |ms: i64| ms <= minutes * 60_000;
        let count = needed.iter().filter(|(it, _)| response_ms(it).is_some_and(is_in)).count();
        json!({ "minutes": minutes, "count": count })
    });
    row.insert("arrivals".to_owned(), json!({ "needed": needed.len(), "within": within }));
    let validity = |alert: &Alert| match &alert.closing {
        _ if alert.merged_into.is_some() => Some(Validity::Duplicate),
        closing => closing.as_ref().map(|closing| closing.validity),
    };
    let ended = |wanted: Validity| count(&|alert| validity(alert) == Some(wanted));
    let is_declined =
        |sent: &Assignment| matches!(sent.withdrawal, Some(Withdrawal::Declined { .. }));
    row.insert(
        "endings".to_owned(),
        json!({
            "valid": ended(Validity::Valid), "false_alarm": ended(Validity::FalseAlarm),
            "malicious": ended(Validity::Malicious), "duplicate": ended(Validity::Duplicate),
            "declined": count(&|alert| alert.assignments.iter().any(is_declined)),
            "reopened": count(&|alert| alert.reopened > 0),
        }),
    );
    let buckets = |measure: &str, limits: &[i64]| -> Vec<Value> {
        let spans: Vec<_> = all(measure).into_iter().filter(|ms| *ms >= 0).collect();
        let bucket = |seconds: &i64| {
            let count = spans.iter().filter(|ms| **ms <= seconds * 1000).count();
            json!({ "within_seconds": seconds, "count": count, "n": spans.len() })
        };
        limits.iter().map(bucket).collect()
    };
    row.insert(
        "buckets".to_owned(),
        json!({
            "acknowledgement": buckets("acknowledgement", &[30, 60, 120, 180]),
            "turnout": buckets("turnout", &[300, 600, 900, 1_800]),
            "feedback": buckets("result_feedback", &[1_800, 3_600, 7_200, 14_400]),
            "arrival": buckets("response", &[60, 180, 300, 480, 600]),
        }),
    );
    Value::Object(row)
}

fn distribution(spans: Vec<i64>) -> Value {
    let mut spans: Vec<_> = spans.into_iter().filter(|ms| *ms >= 0).collect();
    spans.sort_unstable();
    let n = spans.len();
    // The smallest value that at least so many of a hundred do not exceed.
    let nearest = |percent: usize| {
        let reaches = |at: &usize| (at + 1) * 100 >= n * percent;
        (n >= 10).then(|| spans[(0..n).find(reaches).unwrap()])
    };
    json!({
        "n": n, "p50_ms": nearest(50), "p90_ms": nearest(90), "p95_ms": nearest(95),
        "p99_ms": nearest(99), "max_ms": spans.last(),
    })
}
