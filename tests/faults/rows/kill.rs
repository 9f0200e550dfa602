//! Row 1: the process dies at random under mixed load, again and again, on the same data.

use std::time::Duration;

use tokio::time::sleep;

use crate::{
    house::House,
    judge::Judge,
    load::{Load, Mix},
    plan::Plan,
    report::Report,
    rows::figures::Spans,
};

/// Restarts with a long past that are timed.
const LONG_STARTS: u64 = 5;

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    let kills = plan.count(100, 1_000);
    let mut report = Report::of(kills, "kills");
    let small = House::small().await?;
    let starts = kill_again_and_again(&small, &plan, kills - LONG_STARTS, &mut report).await?;
    report.figure(format!("answering again {}", starts.told()));
    let old = House::with_a_past().await?;
    let starts = kill_again_and_again(&old, &plan, LONG_STARTS, &mut report).await?;
    report.figure(format!("at 100,000 records {} (target ≤ 1.5 s)", starts.told()));
    Ok(report)
}

async fn kill_again_and_again(
    house: &House,
    plan: &Plan,
    kills: u64,
    report: &mut Report,
) -> anyhow::Result<Spans> {
    let mut chance = plan.chance(1);
    let mut judge = Judge::begin(&house.data)?;
    let mut server = house.serve().await?;
    let mut load = Load::start(house, Mix::default(), &mut chance);
    let mut starts = Spans::default();
    for _ in 0..kills {
        sleep(Duration::from_millis(chance.within(5, 501))).await;
        server.kill().await?;
        server = house.serve().await?;
        starts.add(server.ready_in);
        judge.look(&load)?;
    }
    load.rest().await?;
    judge.look(&load)?;
    // What was answered in the first lives is answered alike in the last.
    for (account, key, command, first) in judge.long_ago(50) {
        let account = house.roster.named(&account);
        let again = house.caller(&account).ask(&key, &command).await;
        report.check(again.done() == Some(&first), || {
            format!("I2 {key} came to {first}, and long after to {again}")
        });
    }
    report.violations.extend(load.compare_boards(house).await?);
    load.close().await;
    server.stop().await?;
    judge.close(&load)?;
    let counts = judge.counts;
    report.violations.append(&mut judge.violations);
    report.check(counts.lost > kills / 2, || "the kills hit nothing in flight".to_owned());
    report.figure(counts.told());
    Ok(starts)
}
