//! Row 22: stopped in order and started again under load, as for an upgrade.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::figures::Spans;
use crate::{
    house::House,
    judge::Judge,
    load::{Load, Mix},
    plan::Plan,
    report::Report,
};

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    let restarts = plan.count(10, 100);
    let mut report = Report::of(restarts, "restarts");
    let mut chance = plan.chance(22);
    let house = House::with_a_past().await?;
    let mut judge = Judge::begin(&house.data)?;
    let mut server = house.serve().await?;
    let mut load = Load::start(&house, Mix::default(), &mut chance);
    let (mut away, mut stops) = (Spans::default(), Spans::default());
    for _ in 0..restarts {
        sleep(Duration::from_millis(chance.within(300, 1_000))).await;
        let began = Instant::now();
        server.stop().await?;
        stops.add(began.elapsed());
        server = house.serve().await?;
        away.add(began.elapsed());
        judge.look(&load)?;
    }
    load.rest().await?;
    judge.look(&load)?;
    report.violations.extend(load.compare_boards(&house).await?);
    load.close().await;
    server.stop().await?;
    judge.close(&load)?;
    report.violations.append(&mut judge.violations);
    report.figure(format!("away {} (target ≤ 1.5 s)", away.told()));
    report.figure(format!("of it stopping {}", stops.told()));
    report.figure(judge.counts.told());
    Ok(report)
}
