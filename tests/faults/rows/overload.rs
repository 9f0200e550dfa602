//! Row 20: far more is asked than can be done, and the system has few descriptors to give. Phones
//! and gateways are turned away at once, and the desk works on.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use tokio::{task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

use super::figures::{Spans, span};
use crate::{
    command::Command,
    history::{Answer, Caller, History},
    house::{House, Server, binary, district, process},
    judge::Judge,
    load::pulse::Pulse,
    plan::Plan,
    report::Report,
};

/// Phones that answer as people do.
const USUAL: usize = 40;
/// Hosts of each gateway that have gone mad: together they press more often than it may ask.
const HOSTS: usize = 10;
/// The descriptors of the small server.
const DESCRIPTORS: usize = 256;
/// How soon everybody is served again.
const BACK_WITHIN: Duration = Duration::from_secs(5);
/// Of those who ask, so many in a hundred may be hung up on without a word: hardly anybody, unless
/// the descriptors do not last for a place to be turned away at.
const LOST_PERCENT_MAX: usize = 1;
const LOST_PERCENT_MAX_WITHOUT_DESCRIPTORS: usize = 75;
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
        let crowd = Crowd { phones: USUAL * times, seconds, lost_percent_max: LOST_PERCENT_MAX };
        let told = press(&house, &server, crowd, &plan, &mut report).await?;
        report.figure(format!("{times} × the load: {told}"));
        server.stop().await?;
    }
    let house = House::small().await?;
    let limit = format!("--nofile={DESCRIPTORS}");
    let wrapped = binary::under(&["prlimit", &limit], &house.data);
    let server = Server::of(house.serving_by(wrapped), &house.address()).await?;
    let (phones, lost_percent_max) = (DESCRIPTORS * 4, LOST_PERCENT_MAX_WITHOUT_DESCRIPTORS);
    let crowd = Crowd { phones, seconds, lost_percent_max };
    let told = press(&house, &server, crowd, &plan, &mut report).await?;
    report.figure(format!("{DESCRIPTORS} descriptors: {told}"));
    server.stop().await?;
    Ok(report)
}

/// Who presses, and for how long.
struct Crowd {
    phones: usize,
    seconds: u64,
    lost_percent_max: usize,
}

/// So many impatient phones at once, and gateways gone mad, beside one operator; how it went, in
/// words.
async fn press(
    house: &House,
    server: &Server,
    Crowd { phones, seconds, lost_percent_max }: Crowd,
    plan: &Plan,
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
        let urge = Urge::Move { unit: unit.clone(), number };
        crowd.spawn(hurry(phone, urge, history.clone(), stop.clone()));
    }
    for (account, number) in house.roster.gateways.iter().zip(0..) {
        // The same alarm again and again, under its own key: one alert, however often it is pressed.
        let (school, alarm) = (district::school(number), format!("host-{number}"));
        let (key, command) = (history.key(&account.name), Command::Press { school, alarm });
        let command = Arc::new(command);
        for _ in 0..HOSTS {
            let urge = Urge::Press { key: key.clone(), command: command.clone() };
            crowd.spawn(hurry(house.caller(account), urge, history.clone(), stop.clone()));
        }
    }
    sleep(Duration::from_secs(seconds)).await;
    let descriptors = process::descriptors(server.pid()).context("its descriptors")?;
    stop.cancel();
    let ended = Instant::now();
    let mut turned_away = Spans::default();
    let (mut done, mut lost) = (0, 0);
    while let Some(one) = crowd.join_next().await {
        let one = one?;
        done += one.done;
        lost += one.lost;
        report.violations.extend(one.wrong);
        one.refused.into_iter().for_each(|span| turned_away.add(span));
    }
    let beats = pulse.end().await?;
    let told = beats.judge(plan, 200, report);
    report.check(done > 0, || format!("{phones} phones: not one was served"));
    report.check(turned_away.count() > 0, || format!("{phones} phones: nobody was turned away"));
    let asked = done + lost + turned_away.count();
    report.check(lost * 100 <= asked * lost_percent_max, || {
        format!("{phones} phones: {lost} of {asked} requests were hung up on without a word")
    });
    let phone = house.caller(&house.roster.phones[0].0);
    while phone.read("/api/v1/session").await.done().is_none() {
        if ended.elapsed() > HANGS_AFTER {
            bail!("phones are never let in again");
        }
        sleep(Duration::from_millis(10)).await;
    }
    let back = ended.elapsed();
    report.check(back <= BACK_WITHIN, || {
        format!("phones are served again only after {}", span(back))
    });
    judge.look_at(&history, &[])?;
    report.violations.append(&mut judge.violations);
    Ok(format!(
        "{done} of phones and gateways done, {} turned away in {} (target ≤ 50 ms), {lost} hung up on, \
         {descriptors} descriptors; {told}; phones served again {} ms after it ended (target ≤ 5 s)",
        turned_away.count(),
        turned_away.told(),
        back.as_millis(),
    ))
}

/// How one of the crowd fared.
#[derive(Default)]
struct Hurried {
    done: usize,
    /// Closed without a word: not even a place to be turned away was left.
    lost: usize,
    /// How long each refusal took.
    refused: Vec<Duration>,
    /// What was neither done nor turned away.
    wrong: Vec<String>,
}

/// What one of the crowd asks again and again.
enum Urge {
    /// A phone tells where it is.
    Move { unit: String, number: usize },
    /// A gateway sends an alarm it has sent before.
    Press { key: Arc<str>, command: Arc<Command> },
}

/// Asks again and again, heeding no refusal.
async fn hurry(caller: Caller, urge: Urge, history: History, stop: CancellationToken) -> Hurried {
    let Hurried { mut done, mut lost, mut refused, mut wrong } = Hurried::default();
    let mut round = 0_u32;
    while !stop.is_cancelled() {
        let began = Instant::now();
        let answer = match &urge {
            Urge::Move { unit, number } => {
                let (longitude, latitude) =
                    (100.0 + *number as f64 / 1e4, 38.0 + f64::from(round) / 1e5);
                let unit = unit.clone();
                history.give(&caller, Command::Position { unit, longitude, latitude }).await
            }
            Urge::Press { key, command } => history.ask(&caller, key, command).await,
        };
        match answer {
            Answer::Told { status: 200..=299, .. } => done += 1,
            Answer::Told { status: 429 | 503, .. } => refused.push(began.elapsed()),
            Answer::Lost(_) => lost += 1,
            other => wrong.push(format!("{} got {other}", caller.account.name)),
        }
        round += 1;
        sleep(THINK.saturating_sub(began.elapsed())).await;
    }
    Hurried { done, lost, refused, wrong }
}
