//! Row 23: a backup is taken under load, and restored.

use std::{fs, path::Path, time::Duration};

use anyhow::Context;
use campus_dispatch::{
    domain::Record,
    engine::past::Past,
    journal::{JournalReader, sqlite::SqliteReader},
};
use serde_json::Value;
use tokio::time::sleep;

use super::figures::Spans;
use crate::{
    house::{self, House, binary},
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
    let backups = plan.count(5, 40);
    let mut report = Report::of(backups, "backups");
    let mut chance = plan.chance(23);
    let house = House::with_a_past().await?;
    let mut judge = Judge::begin(&house.data)?;
    let server = house.serve().await?;
    let mut load = Load::start(&house, Mix::default(), &mut chance);
    let place = house::directory()?;
    let mut spans = Spans::default();
    for number in 0..backups {
        sleep(Duration::from_millis(chance.within(50, 400))).await;
        let copy = place.path().join(format!("backup-{number}"));
        let began = std::time::Instant::now();
        house.run(&["backup", &copy.to_string_lossy()]).await?;
        spans.add(began.elapsed());
        judge.look(&load)?;
        if let Err(wrong) = restores(&copy, &house.data, place.path()).await {
            report.violations.push(format!("backup {number}: {wrong:#}"));
        }
        fs::remove_dir_all(&copy)?;
    }
    load.rest().await?;
    judge.look(&load)?;
    load.close().await;
    server.stop().await?;
    judge.close(&load)?;
    report.violations.append(&mut judge.violations);
    report.figure("the state at the backup's seq, record for record");
    report.figure(format!("100,000 records backed up in {}", spans.told()));
    Ok(report)
}

/// Restores a backup and holds it against the journal it was taken of.
async fn restores(copy: &Path, live: &Path, place: &Path) -> anyhow::Result<()> {
    let manifest: Value = serde_json::from_slice(&fs::read(copy.join("manifest.json"))?)?;
    let seq = manifest["seq"].as_u64().context("the manifest's seq")?;
    let restored = place.join("restored");
    binary::run(&restored, &["restore", &copy.to_string_lossy()]).await?;
    binary::run(&restored, &["journal", "verify"]).await?;
    let (then, now) = (state(live, seq)?, state(&restored, seq)?);
    anyhow::ensure!(then.0 == manifest["hash"], "the journal at seq {seq} has another hash");
    anyhow::ensure!(now.0 == then.0, "the restored journal at seq {seq} has another hash");
    anyhow::ensure!(now.1 == then.1, "the restored state at seq {seq} is another");
    let head = SqliteReader::open(&restored)?.head()?;
    anyhow::ensure!(head.seq == seq, "restored to seq {} instead of {seq}", head.seq);
    fs::remove_dir_all(&restored)?;
    Ok(())
}

/// The hash at a position and everything that follows from the records up to it.
fn state(data: &Path, seq: u64) -> anyhow::Result<(String, Past)> {
    let reader = SqliteReader::open(data)?;
    let mut past = Past::default();
    reader.read_after(0, &mut |record: Record| {
        if record.seq <= seq {
            past.apply(&record);
        }
    })?;
    Ok((reader.hash_at(seq)?.context("the record at that seq")?, past))
}
