//! Row 1: the process dies at random under mixed load, again and again, on the same data.

use std::time::Duration;

use tokio::time::sleep;

use crate::{
    house::House,
    judge::{Counts, Judge},
    load::{Load, Mix},
    plan::{Chance, Plan},
    report::Report,
    rows::figures::Spans,
};

/// Kills of one data directory; then a new one, since boards show a whole day of alerts.
const KILLS_PER_HOUSE: u64 = 50;

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    let kills = plan.count(200, 1_000);
    let with_a_past = plan.count(5, 200);
    let mut report = Report::of(kills, "kills");
    let mut chance = plan.chance(1);
    let (mut starts, mut counts) = (Spans::default(), Counts::default());
    let mut left = kills - with_a_past;
    while left > 0 {
        let house = House::small().await?;
        let some = left.min(KILLS_PER_HOUSE);
        left -= some;
        kill_again_and_again(&house, some, &mut chance, &mut starts, &mut counts, &mut report)
            .await?;
    }
    report.figure(format!("answering again {}", starts.told()));
    let (mut starts, mut left) = (Spans::default(), with_a_past);
    while left > 0 {
        let house = House::with_a_past().await?;
        let some = left.min(KILLS_PER_HOUSE);
        left -= some;
        kill_again_and_again(&house, some, &mut chance, &mut starts, &mut counts, &mut report)
            .await?;
    }
    report.figure(format!("at 100,000 records {} (target ≤ 1.5 s)", starts.told()));
    report.figure(counts.told());
    report.check(counts.lost > kills, || "the kills hit hardly anything in flight".to_owned());
    Ok(report)
}

async fn kill_again_and_again(
    house: &House,
    kills: u64,
    chance: &mut Chance,
    starts: &mut Spans,
    counts: &mut Counts,
    report: &mut Report,
) -> anyhow::Result<()> {
    let mut judge = Judge::begin(&house.data)?;
    let mut server = house.serve().await?;
    let mut load = Load::start(house, Mix::default(), chance);
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
    report.violations.append(&mut judge.violations);
    counts.add(&judge.counts);
    Ok(())
}
