//! Row 2: the power is cut. What the kernel had not written to the disk is gone; what was synced
//! is there.
//!
//! The data directory is on an ext4 disk in a file. The server is frozen, the file copied as it is
//! at that moment, and the copy mounted in the place of the disk.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context;
use rustix::process::Signal;
use tokio::time::{sleep, timeout};

use super::figures::Spans;
use crate::{
    house::{
        House, Server,
        mount::{self, Mount},
        process,
    },
    judge::{Counts, Judge},
    load::{Load, Mix},
    plan::{Chance, Plan},
    report::Report,
};

const DISK_MEBIBYTES: u64 = 96;
/// Nothing here takes this long.
const HANGS_AFTER: Duration = Duration::from_secs(60);
/// Cuts of one disk.
const CUTS_PER_DISK: u64 = 30;

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    let cuts = plan.count(60, 300);
    let mut report = Report::of(cuts, "cuts");
    let mut chance = plan.chance(2);
    let (mut starts, mut counts) = (Spans::default(), Counts::default());
    let mut left = cuts;
    while left > 0 {
        let some = left.min(CUTS_PER_DISK);
        left -= some;
        cut_again_and_again(some, &mut chance, &mut starts, &mut counts, &mut report).await?;
    }
    report.figure(format!("0 refused starts, answering again {}", starts.told()));
    report.figure(counts.told());
    Ok(report)
}

async fn cut_again_and_again(
    cuts: u64,
    chance: &mut Chance,
    starts: &mut Spans,
    counts: &mut Counts,
    report: &mut Report,
) -> anyhow::Result<()> {
    let root = mount::place()?;
    let place = root.path().join("disk");
    let mut image = root.path().join("image-0");
    mount::new_image(&image, DISK_MEBIBYTES)?;
    let mut disk = Mount::image(&image, &place)?;
    let mut house = House::small_at(&place.join("data")).await?;
    // The disk is smaller than what is kept free on a real one.
    house.set("CAMPUS_DISPATCH_DISK_RESERVE", 1 << 20);
    // As a centre that has run for a while: what it was set up with is on the disk.
    rustix::fs::sync();
    let mut judge = Judge::begin(&house.data)?;
    let mut server = house.serve().await?;
    let mut load = Load::start(&house, Mix::default(), chance);
    for cut in 1..=cuts {
        sleep(Duration::from_millis(chance.within(5, 501))).await;
        stop_all(&server).await?;
        let survivor = root.path().join(format!("image-{cut}"));
        copy(&image, &survivor).await?;
        server.kill().await?;
        disk.end()?;
        fs::remove_file(&image)?;
        image = survivor;
        disk = Mount::image(&image, &place)?;
        server = house.serve().await?;
        starts.add(server.ready_in);
        judge.look(&load)?;
    }
    load.rest().await?;
    judge.look(&load)?;
    report.violations.extend(load.compare_boards(&house).await?);
    load.close().await;
    server.stop().await?;
    judge.close(&load)?;
    report.violations.append(&mut judge.violations);
    counts.add(&judge.counts);
    drop(judge);
    disk.end()
}

/// Stops the server in the middle of whatever it does, and waits until nothing of it runs.
async fn stop_all(server: &Server) -> anyhow::Result<()> {
    server.signal(Signal::STOP)?;
    let all = async {
        while !process::has_stopped(server.pid()) {
            sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(HANGS_AFTER, all).await.context("it does not stop")
}

async fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    let (from, to): (PathBuf, PathBuf) = (from.to_owned(), to.to_owned());
    tokio::task::spawn_blocking(move || fs::copy(from, to)).await??;
    Ok(())
}
