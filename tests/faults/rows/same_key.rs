//! Row 10: the same command arrives on many connections at the same time.

use std::{sync::Arc, time::Instant};

use campus_dispatch::domain::assignment::Step;
use futures_util::future::join_all;
use tokio::sync::Barrier;

use super::figures::Spans;
use crate::{
    command::Command,
    history::{Answer, Caller, History},
    house::House,
    judge::Judge,
    plan::Plan,
    report::Report,
};

const CONNECTIONS: usize = 50;

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    let rounds = plan.count(10, 100);
    let mut report = Report::of(rounds * 5, "commands, each on 50 connections at once");
    let house = House::small().await?;
    let mut judge = Judge::begin(&house.data)?;
    let mut server = house.serve().await?;
    let history = History::default();
    let (unit_account, unit) = &house.roster.phones[0];
    let desk = house.caller(&house.roster.operators[0]);
    let many = |caller: &Caller| -> Vec<Caller> {
        (0..CONNECTIONS).map(|_| caller.at(house.address())).collect()
    };
    let (desks, phones) = (many(&desk), many(&house.caller(unit_account)));
    history.give(&phones[0], Command::OnDuty { unit: unit.clone() }).await;
    let mut spans = Spans::default();
    for round in 0..rounds {
        let summary = format!("示例：同一条 {round}");
        let raise = Command::Raise { school: "S00".to_owned(), summary };
        let raised = at_once(&history, &desks, raise, &mut spans, &mut report).await;
        let Some(alert) = raised.done().and_then(|outcome| outcome["alert"].as_u64()) else {
            anyhow::bail!("nothing was raised: {raised}");
        };
        let send = Command::Dispatch { alert, units: vec![unit.clone()] };
        let sent = at_once(&history, &desks, send, &mut spans, &mut report).await;
        let assignment = sent.done().and_then(|outcome| outcome["assignments"][0].as_u64());
        let Some(assignment) = assignment else { anyhow::bail!("nobody was sent: {sent}") };
        let step = Command::Step { assignment, step: Step::Acknowledge };
        at_once(&history, &phones, step, &mut spans, &mut report).await;
        let note = Command::Note { alert, text: format!("示例：备注 {round}") };
        at_once(&history, &desks, note, &mut spans, &mut report).await;
        let cancel = Command::Cancel { alert, reason: format!("示例：撤销 {round}") };
        at_once(&history, &desks, cancel, &mut spans, &mut report).await;
        if round + 1 == rounds / 2 {
            server.kill().await?;
            server = house.serve().await?;
        }
        judge.look_at(&history, &[])?;
    }
    server.stop().await?;
    judge.settle()?;
    report.violations.append(&mut judge.violations);
    report.figure(format!("all 50 answers {}", spans.told()));
    report.figure(judge.counts.told());
    Ok(report)
}

/// Everybody sends the same at the same moment; the one answer.
async fn at_once(
    history: &History,
    callers: &[Caller],
    command: Command,
    spans: &mut Spans,
    report: &mut Report,
) -> Answer {
    let key = history.key(&callers[0].account.name);
    let command = Arc::new(command);
    let barrier = Barrier::new(callers.len());
    let began = Instant::now();
    let answers = join_all(callers.iter().map(|caller| async {
        barrier.wait().await;
        history.ask(caller, &key, &command).await
    }))
    .await;
    spans.add(began.elapsed());
    let first = answers[0].clone();
    let equal = answers.iter().filter(|answer| **answer == first).count();
    report.check(equal == callers.len() && first.done().is_some(), || {
        format!("I2 {key}: {equal} of {} answers are {first}", callers.len())
    });
    first
}
