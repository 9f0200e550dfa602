//! A steady pulse: one operator's commands at a slow beat, and how long each takes to be answered
//! and to be shown on a healthy board, whatever else goes on.

use std::time::{Duration, Instant};

use anyhow::Context;
use tokio::{
    task::JoinHandle,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use super::socket::{self, Socket};
use crate::{
    command::Command,
    history::{Caller, History},
    house::House,
    plan::Plan,
    report::Report,
    rows::figures::{Spans, span},
};

/// Between two beats.
const BEAT: Duration = Duration::from_millis(40);
/// A beat that takes longer is lost.
const PATIENCE: Duration = Duration::from_secs(20);

/// A pulse that beats until it is told to end.
pub struct Pulse {
    stop: CancellationToken,
    task: JoinHandle<anyhow::Result<Beats>>,
}

/// How the beats went.
#[derive(Debug, Default)]
pub struct Beats {
    answered: Spans,
    shown: Spans,
    failed: Vec<String>,
}

impl Pulse {
    /// Begins to beat, as the roster's last operator and before its last board.
    ///
    /// # Errors
    /// When even the first command fails.
    pub async fn start(house: &House, history: &History) -> anyhow::Result<Self> {
        let operator = house.roster.operators.last().context("an operator")?;
        let board = house.roster.boards.last().context("a board")?;
        // Connections of its own, as a desk has.
        let desk = house.caller(operator).at(house.address());
        let history = history.clone();
        let alert = history.raise(&desk).await?;
        let socket = socket::open(&house.caller(board), "").await?;
        let stop = CancellationToken::new();
        let task = tokio::spawn(beat(desk, history, alert, socket, stop.clone()));
        Ok(Self { stop, task })
    }

    /// Ends it; how it went.
    ///
    /// # Errors
    /// When its board was cut off.
    pub async fn end(self) -> anyhow::Result<Beats> {
        self.stop.cancel();
        self.task.await?
    }
}

impl Beats {
    /// Notes what failed, and how long the 99th percentile took beside its target; the latter in
    /// words.
    pub fn judge(&self, plan: &Plan, target_millis: u64, report: &mut Report) -> String {
        report.violations.extend(self.failed.iter().map(|lost| format!("an operator got {lost}")));
        let target = Duration::from_millis(target_millis);
        let (answered, shown) = (self.answered.percentile(99), self.shown.percentile(99));
        report.check_span(plan, "an operator's answer, p99,", answered, target);
        report.check_span(plan, "what an operator is shown, p99,", shown, target);
        report.check(self.answered.count() > 0, || "no operator was answered".to_owned());
        format!(
            "an operator meanwhile: answered p99 {}, shown p99 {} of {} (target ≤ {target_millis} ms)",
            span(answered),
            span(shown),
            self.answered.count(),
        )
    }
}

async fn beat(
    desk: Caller,
    history: History,
    alert: u64,
    mut socket: Socket,
    stop: CancellationToken,
) -> anyhow::Result<Beats> {
    let mut beats = Beats::default();
    while !stop.is_cancelled() {
        let began = Instant::now();
        let text = format!("示例：心跳 {}", beats.answered.count());
        let answer = history.give(&desk, Command::Note { alert, text }).await;
        let Some(seq) = answer.done().and_then(|outcome| outcome["seq"].as_u64()) else {
            beats.failed.push(answer.to_string());
            sleep(BEAT).await;
            continue;
        };
        beats.answered.add(began.elapsed());
        let showing = async {
            while socket::next(&mut socket).await?["seq"].as_u64().unwrap_or_default() < seq {}
            anyhow::Ok(())
        };
        timeout(PATIENCE, showing).await.context("a healthy board shows nothing")??;
        beats.shown.add(began.elapsed());
        sleep(BEAT).await;
    }
    Ok(beats)
}
