//! Row 18: the server dies before, at or after a deadline; it fires once, and not late.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Context;
use campus_dispatch::{
    domain::{Event, Record, Timestamp, event::Notice},
    journal::{JournalReader, sqlite::SqliteReader},
};
use futures_util::future::try_join_all;
use serde_json::Value;
use tokio::time::sleep;

use super::figures::{Spans, span};
use crate::{
    history::{Caller, History},
    house::House,
    judge::Judge,
    plan::{Chance, Plan},
    report::Report,
};

/// The clock's limit here.
const LIMIT: Duration = Duration::from_secs(2);
/// How late it may fire after recovery.
const LATE_MAX: Duration = Duration::from_secs(2);
/// Houses at the same time: the row mostly waits.
const HOUSES: u64 = 3;

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    let each = plan.count(5, 35);
    let mut report = Report::of(each * HOUSES, "crashes around a deadline");
    let mut chance = plan.chance(18);
    let houses = (0..HOUSES).map(|_| one_house(each, chance.of_another()));
    let mut late = Spans::default();
    let mut missed = 0;
    for (mut violations, spans) in try_join_all(houses).await? {
        report.violations.append(&mut violations);
        for span in spans {
            missed += u32::from(span > LATE_MAX);
            late.add(span);
        }
    }
    let most = span(late.percentile(100));
    report.figure(format!("each fired once, at most {most} late after recovery (target ≤ 2 s)"));
    report.figure(format!("{missed} later than the target"));
    Ok(report)
}

/// Crashes of one server; violations, and how late each alert's clock fired.
async fn one_house(
    crashes: u64,
    mut chance: Chance,
) -> anyhow::Result<(Vec<String>, Vec<Duration>)> {
    let house = House::small().await?;
    let mut judge = Judge::begin(&house.data)?;
    let mut server = house.serve().await?;
    shorten_clocks(&house.caller(&house.roster.admin)).await?;
    let history = History::default();
    let desk = house.caller(&house.roster.operators[0]);
    let (mut violations, mut late) = (Vec::new(), Vec::new());
    for crash in 0..crashes {
        let mut alerts = Vec::new();
        for _ in 0..3 {
            alerts.push(history.raise(&desk).await?);
            sleep(Duration::from_millis(chance.within(0, 200))).await;
        }
        // Before it is due, about when, after.
        let about = [(0, 1_400), (1_500, 2_300), (2_500, 3_500)][(crash % 3) as usize];
        sleep(Duration::from_millis(chance.within(about.0, about.1))).await;
        server.kill().await?;
        sleep(Duration::from_millis(chance.within(0, 1_500))).await;
        server = house.serve().await?;
        let back = now();
        sleep(LIMIT + LATE_MAX + Duration::from_secs(1)).await;
        let records = read(&house)?;
        for alert in alerts {
            let (raised, told) = fired(&records, alert);
            match (raised, told.as_slice()) {
                (Some(raised), [at]) => {
                    let due = raised + LIMIT;
                    if *at <= due {
                        violations.push(format!("alert {alert} fired at {at:?}, due {due:?}"));
                    }
                    late.push(at.saturating_sub(due.max(back)));
                }
                (_, told) => violations.push(format!("alert {alert} fired {} times", told.len())),
            }
        }
    }
    judge.look_at(&history, &[])?;
    server.stop().await?;
    judge.settle()?;
    violations.append(&mut judge.violations);
    Ok((violations, late))
}

/// Adopts a policy whose clocks and budgets are over in seconds.
async fn shorten_clocks(admin: &Caller) -> anyhow::Result<()> {
    let answer = admin.read("/api/v1/policy").await;
    let mut policy = answer.done().context("the policy is shown")?.clone();
    policy["version"] = (policy["version"].as_u64().unwrap_or(1) + 1).into();
    policy["effective_from"] = Value::from("2020-01-01T00:00:00.000Z");
    for rule in policy["rules"].as_array_mut().into_iter().flatten() {
        rule["limit_ms"] = (LIMIT.as_millis() as u64).into();
        rule["warn_at_ms"] = (LIMIT.as_millis() as u64 / 2).into();
    }
    let answer = admin.put("/api/v1/policy", &policy).await;
    answer.done().with_context(|| format!("the policy is refused: {answer}"))?;
    Ok(())
}

fn read(house: &House) -> anyhow::Result<Vec<Record>> {
    let mut records = Vec::new();
    SqliteReader::open(&house.data)?.read_after(0, &mut |record| records.push(record))?;
    Ok(records)
}

/// When an alert was raised, and each instant its governing clock was told as passed.
fn fired(records: &[Record], alert: u64) -> (Option<Duration>, Vec<Duration>) {
    let of_alert =
        |record: &&Record| record.event.alert().is_some_and(|known| u64::from(known.0) == alert);
    let mut raised = None;
    let mut governing = None;
    let mut told = Vec::new();
    for record in records.iter().filter(of_alert) {
        match &record.event {
            Event::AlertRaised(event) => {
                raised = Some(since_epoch(record.at));
                governing = event.selection.governing.clone();
            }
            Event::DeadlinePassed { notice: Notice::ClockBreached { rule }, .. }
                if governing.as_ref() == Some(rule) =>
            {
                told.push(since_epoch(record.at));
            }
            _ => {}
        }
    }
    (raised, told)
}

fn since_epoch(at: Timestamp) -> Duration {
    Duration::from_millis(u64::try_from(at.millis()).unwrap_or_default())
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
