//! Row 18: the server dies before, at or after a deadline; it fires once, and not late.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures_util::future::try_join_all;
use tokio::time::sleep;

use super::figures::{Spans, span};
use crate::{
    history::History,
    house::{House, clocks},
    judge::{Judge, fired},
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
    clocks::shorten(&house.caller(&house.roster.admin), LIMIT).await?;
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
        let records = fired::read(&house.data)?;
        for alert in alerts {
            let (raised, told) = fired::fired(&records, alert);
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

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
