//! Row 20: far more is asked than can be done, and the system has few descriptors to give. Phones
//! and gateways are turned away at once, and the desk works on.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::{task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

use super::figures::Spans;
use crate::{
    command::Command,
    history::{Answer, Caller, History},
    house::{House, Server, binary, process},
    judge::Judge,
    load::pulse::Pulse,
    plan::Plan,
    report::Report,
};

/// Phones that answer as people do.
const USUAL: usize = 40;
/// The descriptors of the small server.
const DESCRIPTORS: usize = 256;
/// Between two positions of one phone, as in the usual load.
const THINK: Duration = Duration::from_millis(60);
/// Nothing here takes this long.
const HANGS_AFTER: Duration = Duration::from_secs(60);

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    let seconds = plan.count(5, 30);
    let mut report = Report::of("10 × and 100 ×", "the load, and 256 descriptors");
    for times in [10, 100] {
        let house = House::small().await?;
        let server = house.serve().await?;
        let told = press(&house, &server, USUAL * times, seconds, &mut report).await?;
        report.figure(format!("{times} × the load: {told}"));
        server.stop().await?;
    }
    let house = House::small().await?;
    let limit = format!("--nofile={DESCRIPTORS}");
    let wrapped = binary::under(&["prlimit", &limit], &house.data);
    let server = Server::of(house.serving_by(wrapped), &house.address()).await?;
    let told = press(&house, &server, DESCRIPTORS * 4, seconds, &mut report).await?;
    report.figure(format!("{DESCRIPTORS} descriptors: {told}"));
    server.stop().await?;
    Ok(report)
}

/// So many impatient phones at once, beside one operator; how it went, in words.
async fn press(
    house: &House,
    server: &Server,
    phones: usize,
    seconds: u64,
    report: &mut Report,
) -> anyhow::Result<String> {
    let mut judge = Judge::begin(&house.data)?;
    let history = History::default();
    for (account, unit) in &house.roster.phones {
        history.give(&house.caller(account), Command::OnDuty { unit: unit.clone() }).await;
    }
    let pulse = Pulse::start(house, &history).await?;
    let stop = CancellationToken::new();
    let mut crowd = JoinSet::new();
    for number in 0..phones {
        let (account, unit) = &house.roster.phones[number % house.roster.phones.len()];
        let phone = house.caller(account);
        crowd.spawn(hurry(phone, unit.clone(), number, history.clone(), stop.clone()));
    }
    sleep(Duration::from_secs(seconds)).await;
    let descriptors = process::descriptors(server.pid()).context("its descriptors")?;
    stop.cancel();
    let ended = Instant::now();
    let mut turned_away = Spans::default();
    let mut done = 0;
    while let Some(one) = crowd.join_next().await {
        let one = one?;
        done += one.done;
        report.violations.extend(one.wrong);
        one.refused.into_iter().for_each(|span| turned_away.add(span));
    }
    let beats = pulse.end().await?;
    report.violations.extend(beats.failed.iter().map(|lost| format!("an operator got {lost}")));
    let phone = house.caller(&house.roster.phones[0].0);
    while phone.read("/api/v1/session").await.done().is_none() {
        if ended.elapsed() > HANGS_AFTER {
            bail!("phones are never let in again");
        }
        sleep(Duration::from_millis(10)).await;
    }
    let back = ended.elapsed();
    judge.look_at(&history, &[])?;
    report.violations.append(&mut judge.violations);
    Ok(format!(
        "{done} of phones done, {} turned away in {} (target ≤ 50 ms), {descriptors} descriptors; \
         {}; phones served again {} ms after it ended (target ≤ 5 s)",
        turned_away.count(),
        turned_away.told(),
        beats.told(200),
        back.as_millis(),
    ))
}

/// How a phone fared.
#[derive(Default)]
struct Hurried {
    done: u64,
    /// How long each refusal took.
    refused: Vec<Duration>,
    /// What was neither done nor turned away.
    wrong: Vec<String>,
}

/// Sends its position again and again, heeding no refusal.
async fn hurry(
    phone: Caller,
    unit: String,
    number: usize,
    history: History,
    stop: CancellationToken,
) -> Hurried {
    let Hurried { mut done, mut refused, mut wrong } = Hurried::default();
    let mut round = 0_u32;
    while !stop.is_cancelled() {
        let began = Instant::now();
        let (longitude, latitude) = (100.0 + number as f64 / 1e4, 38.0 + f64::from(round) / 1e5);
        let position = Command::Position { unit: unit.clone(), longitude, latitude };
        match history.give(&phone, position).await {
            Answer::Told { status: 200..=299, .. } => done += 1,
            Answer::Told { status: 429 | 503, .. } => refused.push(began.elapsed()),
            // Closed without a word: not even a place to be turned away was left.
            Answer::Lost(_) => {}
            other => wrong.push(format!("a phone got {other}")),
        }
        round += 1;
        sleep(THINK.saturating_sub(began.elapsed())).await;
    }
    Hurried { done, refused, wrong }
}
