//! Row 13: thousands of screens are cut off at once, and all come back at once.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::bail;
use futures_util::StreamExt;
use tokio::{sync::watch, task::JoinSet, time::sleep};
use tokio_tungstenite::tungstenite::Message;

use super::figures::Spans;
use crate::{
    history::Caller,
    house::{House, limits, privilege::NotPermitted},
    judge::Judge,
    load::{Load, Mix, pulse::Pulse, socket},
    plan::Plan,
    report::Report,
};

const SOCKETS: usize = 2_000;
/// Descriptors beside those of the sockets.
const BESIDE: u64 = 500;
/// Nothing here takes this long.
const HANGS_AFTER: Duration = Duration::from_secs(60);

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    let storms = plan.count(3, 8);
    let mut report = Report::of(storms, "storms of 2,000 sockets");
    if limits::descriptors() < SOCKETS as u64 + BESIDE {
        return Err(NotPermitted(format!("{SOCKETS} sockets need more descriptors")).into());
    }
    let mut house = House::small().await?;
    house.set("CAMPUS_DISPATCH_LIMITS_SOCKETS_PER_ACCOUNT_MAX", SOCKETS);
    let mut judge = Judge::begin(&house.data)?;
    let mut chance = plan.chance(13);
    let server = house.serve().await?;
    let think = Duration::from_millis(250);
    let mix = Mix { operators: 4, phones: 20, boards: 1, think };
    let mut load = Load::start(&house, mix, &mut chance);
    let (cut, cuts) = watch::channel(0_u64);
    let mut crowd = JoinSet::new();
    let mut positions = Vec::new();
    for number in 0..SOCKETS {
        let account = &house.roster.boards[number % house.roster.boards.len()];
        let light = Arc::new(Light::default());
        crowd.spawn(stare(house.caller(account), light.clone(), cuts.clone()));
        positions.push(light);
    }
    converged(&positions, judge_position(&load, &mut judge)?).await?;
    let mut spans = Spans::default();
    let pulse = Pulse::start(&house, &load.history).await?;
    for storm in 1..=storms {
        sleep(Duration::from_millis(500)).await;
        let began = Instant::now();
        cut.send_replace(storm);
        // What everybody must have been shown: the history as it is once all are cut.
        let wanted = judge_position(&load, &mut judge)?;
        while positions.iter().any(|light| light.came.load(Ordering::SeqCst) <= storm) {
            if began.elapsed() > HANGS_AFTER {
                bail!("not everybody was let in again");
            }
            sleep(Duration::from_millis(10)).await;
        }
        converged(&positions, wanted).await?;
        spans.add(began.elapsed());
    }
    let beats = pulse.end().await?;
    crowd.shutdown().await;
    load.rest().await?;
    judge.look(&load)?;
    report.violations.extend(load.compare_boards(&house).await?);
    load.close().await;
    server.stop().await?;
    judge.close(&load)?;
    report.violations.append(&mut judge.violations);
    let wrong: u64 = positions.iter().map(|light| light.wrong.load(Ordering::SeqCst)).sum();
    report.check(wrong == 0, || format!("I7 {wrong} gaps or frames told twice"));
    report.figure(format!("all converged {} (target ≤ 5 s)", spans.told()));
    let told = beats.judge(&plan, 200, &mut report);
    report.figure(told);
    Ok(report)
}

fn judge_position(load: &Load, judge: &mut Judge) -> anyhow::Result<u64> {
    judge.look(load)?;
    Ok(judge.position())
}

async fn converged(lights: &[Arc<Light>], wanted: u64) -> anyhow::Result<()> {
    let began = Instant::now();
    while lights.iter().any(|light| light.position.load(Ordering::SeqCst) < wanted) {
        if began.elapsed() > HANGS_AFTER {
            bail!("not everybody was shown seq {wanted}");
        }
        sleep(Duration::from_millis(10)).await;
    }
    Ok(())
}

/// A screen that looks at positions only, so that thousands of them fit in one driver.
#[derive(Default)]
struct Light {
    position: AtomicU64,
    /// Connections that were greeted.
    came: AtomicU64,
    wrong: AtomicU64,
}

async fn stare(caller: Caller, light: Arc<Light>, mut cuts: watch::Receiver<u64>) {
    let mut epoch = String::new();
    loop {
        cuts.mark_unchanged();
        let query = match epoch.as_str() {
            "" => String::new(),
            epoch => format!("?epoch={epoch}&since={}", light.position.load(Ordering::SeqCst)),
        };
        let Ok(mut socket) = socket::open(&caller, &query).await else {
            sleep(Duration::from_millis(20)).await;
            continue;
        };
        loop {
            let message = tokio::select! {
                message = socket.next() => message,
                _ = cuts.changed() => break,
            };
            match message {
                Some(Ok(Message::Text(text))) => light.takes(&text, &mut epoch),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => break,
            }
        }
    }
}

impl Light {
    fn takes(&self, text: &str, epoch: &mut String) {
        let Some(seq) = number(text, "\"seq\":") else { return };
        let position = self.position.load(Ordering::SeqCst);
        if text.starts_with("{\"frame\":\"hello\"") {
            let told = text.split_once("\"epoch\":\"").and_then(|(_, rest)| rest.split_once('"'));
            *epoch = told.map(|(epoch, _)| epoch.to_owned()).unwrap_or_default();
            self.came.fetch_add(1, Ordering::SeqCst);
            if !text.contains("\"resumed\":true") {
                return;
            }
        } else if text.starts_with("{\"frame\":\"change\"") {
            let follows = number(text, "\"previous\":").is_some_and(|it| it <= position);
            if !follows || seq <= position {
                self.wrong.fetch_add(1, Ordering::SeqCst);
            }
        }
        self.position.store(seq, Ordering::SeqCst);
    }
}

/// The first number after a name.
fn number(text: &str, name: &str) -> Option<u64> {
    let (_, rest) = text.split_once(name)?;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
