//! Plays a schedule in real time: acts of one call in their order, calls beside one another, no
//! more requests at once than the server is meant to see.

use std::{
    collections::{BTreeMap, HashMap},
    future::Future,
    sync::Arc,
    time::Duration,
};

use tokio::{
    sync::{Semaphore, mpsc},
    time::Instant,
};

use super::{
    order::{self, Known, Order},
    schedule::{Act, Deed, Schedule},
};
use crate::{domain::Within, statistics::Percentiles};

/// Requests under way at once.
const AT_ONCE: usize = 64;

/// Where requests are handed in.
pub trait Counter: Send + Sync + 'static {
    /// Hands one in and waits for its answer.
    fn hand_in(&self, order: Order) -> impl Future<Output = Result<Answer, Refused>> + Send;
}

/// What a request came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
pub struct Answer {
    pub alert: Option<u32>,
    #[serde(default)]
    pub assignments: Vec<u32>,
}

/// Why one was not done: the problem's code, or what failed on the way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// What a replay came to.
#[derive(Clone, Debug, Default)]
pub struct Played {
    pub done: usize,
    /// By verb and reason.
    pub refused: BTreeMap<(&'static str, String), usize>,
    lateness: Vec<Within>,
}

impl Played {
    /// How long after its time an act was done.
    pub fn lateness(&self) -> Percentiles {
        Percentiles::of(self.lateness.iter().copied())
    }
}

/// One act's end.
struct Ended {
    verb: &'static str,
    late: Duration,
    refused: Option<String>,
}

/// Plays until the last act is done, or until `stop` resolves. `offsets` says when each act is due.
pub async fn drive<C: Counter>(
    schedule: Arc<Schedule>,
    offsets: &[Duration],
    counter: Arc<C>,
    run: &str,
    stop: impl Future<Output = ()>,
    mut told: impl FnMut(&Act),
) -> Played {
    let (ended, mut ends) = mpsc::unbounded_channel();
    let company = Company {
        schedule: schedule.clone(),
        counter,
        run: run.into(),
        turnstile: Arc::new(Semaphore::new(AT_ONCE)),
        ended,
    };
    let collecting = tokio::spawn(async move {
        let mut played = Played::default();
        while let Some(end) = ends.recv().await {
            played.add(end);
        }
        played
    });
    let mut left: HashMap<usize, usize> = HashMap::new();
    for act in &schedule.acts {
        *left.entry(act.call).or_default() += 1;
    }
    let mut players: HashMap<usize, mpsc::UnboundedSender<(usize, Instant)>> = HashMap::new();
    let begin = Instant::now();
    tokio::pin!(stop);
    for (index, (act, offset)) in schedule.acts.iter().zip(offsets).enumerate() {
        let due = begin + *offset;
        tokio::select! {
            () = tokio::time::sleep_until(due) => {}
            () = &mut stop => break,
        }
        told(act);
        let player = players.entry(act.call).or_insert_with(|| company.player());
        // A player ends only when its sender is dropped.
        let _ = player.send((index, due));
        let left = left.entry(act.call).or_default();
        *left -= 1;
        if *left == 0 {
            players.remove(&act.call);
        }
    }
    drop((players, company));
    collecting.await.unwrap_or_default()
}

/// What every player of a call shares.
struct Company<C> {
    schedule: Arc<Schedule>,
    counter: Arc<C>,
    run: Arc<str>,
    turnstile: Arc<Semaphore>,
    ended: mpsc::UnboundedSender<Ended>,
}

impl<C> Clone for Company<C> {
    fn clone(&self) -> Self {
        Self {
            schedule: self.schedule.clone(),
            counter: self.counter.clone(),
            run: self.run.clone(),
            turnstile: self.turnstile.clone(),
            ended: self.ended.clone(),
        }
    }
}

impl<C: Counter> Company<C> {
    /// Starts the player of one call.
    fn player(&self) -> mpsc::UnboundedSender<(usize, Instant)> {
        let (sender, mut acts) = mpsc::unbounded_channel::<(usize, Instant)>();
        let company = self.clone();
        tokio::spawn(async move {
            let mut known = Known::default();
            while let Some((index, due)) = acts.recv().await {
                let outcome = company.play(index, &mut known).await;
                let act = &company.schedule.acts[index];
                let end = Ended {
                    verb: verb(&act.deed),
                    late: due.elapsed(),
                    refused: outcome.err().map(|refused| refused.0),
                };
                // Nobody listens when the replay was stopped.
                let _ = company.ended.send(end);
            }
        });
        sender
    }

    async fn play(&self, index: usize, known: &mut Known) -> Result<(), Refused> {
        let act = &self.schedule.acts[index];
        let key = format!("{}-{index}", self.run);
        let order = order::order(&self.schedule, act, known, &self.run, key);
        let order = order.ok_or_else(|| Refused("what it rests on was not done".to_owned()))?;
        let answer = {
            let _turn = self.turnstile.acquire().await;
            self.counter.hand_in(order).await?
        };
        match &act.deed {
            Deed::Raise => {
                let legs = self.schedule.calls[act.call].alert.assignments.len();
                *known = Known { alert: answer.alert, assignments: vec![None; legs] };
            }
            Deed::Dispatch { legs } => {
                for (leg, id) in legs.iter().zip(answer.assignments) {
                    known.assignments[*leg] = Some(id);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

impl Played {
    fn add(&mut self, end: Ended) {
        match end.refused {
            None => {
                self.done += 1;
                let late = i64::try_from(end.late.as_millis()).unwrap_or(i64::MAX);
                self.lateness.push(Within::from_millis(late));
            }
            Some(reason) => *self.refused.entry((end.verb, reason)).or_default() += 1,
        }
    }
}

fn verb(deed: &Deed) -> &'static str {
    match deed {
        Deed::Raise => "raise",
        Deed::Dispatch { .. } => "dispatch",
        Deed::Acknowledge { .. } => "acknowledge",
        Deed::GoEnRoute { .. } => "en-route",
        Deed::Arrive { .. } => "arrive",
        Deed::Clear { .. } => "clear",
        Deed::CallBack { .. } => "cancel",
        Deed::Resolve => "resolve",
        Deed::Close => "close",
    }
}
