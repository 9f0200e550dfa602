//! Mixed load: operators and phones that insist on an answer to every command, boards that follow,
//! and one request in ten sent again under the same key.

mod operator;
mod phone;
pub mod pulse;
pub mod screen;
pub mod socket;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use tokio::{task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

use self::screen::Screen;
use crate::{
    command::Command,
    history::{Answer, Caller, History},
    house::{House, district},
    plan::Chance,
};

/// Before a lost or shed command is sent again.
const AGAIN_AFTER: Duration = Duration::from_millis(20);
/// One command in so many is sent twice at once, and one in so many again after its answer.
const TWICE: u64 = 20;

/// How many of each, and how long each thinks between two commands.
#[derive(Clone, Copy, Debug)]
pub struct Mix {
    pub operators: usize,
    pub phones: usize,
    pub boards: usize,
    pub think: Duration,
}

impl Default for Mix {
    fn default() -> Self {
        Self {
            operators: district::OPERATORS,
            phones: district::PHONES,
            boards: district::BOARDS,
            think: Duration::from_millis(60),
        }
    }
}

/// A shared screen.
pub type Shown = Arc<Mutex<Screen>>;

/// Looks at a shared screen.
pub fn look<T>(shown: &Shown, at: impl FnOnce(&mut Screen) -> T) -> T {
    at(&mut shown.lock().unwrap_or_else(PoisonError::into_inner))
}

/// A load that runs until it is told to end.
pub struct Load {
    pub history: History,
    pub boards: Vec<Shown>,
    /// The phones' own screens.
    pub phones: Vec<Shown>,
    hands: JoinSet<()>,
    eyes: JoinSet<()>,
    rest: CancellationToken,
    close: CancellationToken,
}

impl Load {
    /// Everybody begins.
    pub fn start(house: &House, mix: Mix, chance: &mut Chance) -> Self {
        let (rest, close) = (CancellationToken::new(), CancellationToken::new());
        let history = History::default();
        let (mut hands, mut eyes) = (JoinSet::new(), JoinSet::new());
        let roster = &house.roster;
        let hand = |account, chance: &mut Chance| Hand {
            caller: house.caller(account),
            history: history.clone(),
            chance: chance.of_another(),
            rest: rest.clone(),
            think: mix.think,
        };
        for account in roster.operators.iter().take(mix.operators) {
            let units = roster.phones.iter().take(mix.phones).map(|(_, unit)| unit.clone());
            hands.spawn(operator::work(hand(account, chance), units.collect()));
        }
        let mut phones = Vec::new();
        for (account, unit) in roster.phones.iter().take(mix.phones) {
            let own = Shown::default();
            eyes.spawn(socket::follow(house.caller(account), own.clone(), close.clone()));
            hands.spawn(phone::work(hand(account, chance), own.clone(), unit.clone()));
            phones.push(own);
        }
        let mut boards = Vec::new();
        for account in roster.boards.iter().take(mix.boards) {
            let board = Shown::default();
            eyes.spawn(socket::follow(house.caller(account), board.clone(), close.clone()));
            boards.push(board);
        }
        Self { history, boards, phones, hands, eyes, rest, close }
    }

    /// Operators and phones finish the command they are at, and stop.
    ///
    /// # Errors
    /// When one does not, or broke down.
    pub async fn rest(&mut self) -> anyhow::Result<()> {
        self.rest.cancel();
        let resting = async {
            while let Some(ended) = self.hands.join_next().await {
                ended.context("a hand broke down")?;
            }
            anyhow::Ok(())
        };
        match tokio::time::timeout(Duration::from_secs(60), resting).await {
            Ok(rested) => rested,
            Err(_) => bail!("some commands are still without a final answer after 60 s"),
        }
    }

    /// Compares every board with one that comes now. The hands rest; the server serves.
    ///
    /// # Errors
    /// When no fresh board can be had.
    pub async fn compare_boards(&self, house: &House) -> anyhow::Result<Vec<String>> {
        let mut violations = Vec::new();
        let Some(account) = house.roster.boards.first() else { return Ok(violations) };
        for (number, board) in self.boards.iter().enumerate() {
            let began = Instant::now();
            loop {
                let position = look(board, |board| board.position);
                let fresh = socket::glance(&house.caller(account), position).await?;
                let differences = look(board, |board| board.differences(&fresh));
                if differences.is_empty() {
                    break;
                }
                // A deadline may have come between the two.
                if began.elapsed() > Duration::from_secs(10) {
                    let told = differences.join(", ");
                    violations.push(format!("I7 board {number} differs from a fresh one: {told}"));
                    break;
                }
                sleep(Duration::from_millis(50)).await;
            }
        }
        Ok(violations)
    }

    /// Every screen there is.
    pub fn screens(&self) -> impl Iterator<Item = &Shown> {
        self.boards.iter().chain(&self.phones)
    }

    /// Boards go home.
    pub async fn close(&mut self) {
        self.close.cancel();
        while self.eyes.join_next().await.is_some() {}
    }
}

/// Somebody who gives commands, one after the other.
struct Hand {
    caller: Caller,
    history: History,
    chance: Chance,
    rest: CancellationToken,
    think: Duration,
}

impl Hand {
    /// A key of its own, for a command and the texts in it.
    fn key(&self) -> Arc<str> {
        self.history.key(&self.caller.account.name)
    }

    /// Asks until there is a final answer: done, or refused by the rules.
    async fn insist(&mut self, key: Arc<str>, command: Command) -> Answer {
        let command = Arc::new(command);
        if self.chance.once_in(TWICE) {
            let ask = || self.history.ask(&self.caller, &key, &command);
            let (one, other) = tokio::join!(ask(), ask());
            let answer = if one.done().is_some() { one } else { other };
            if answer.is_final() {
                return answer;
            }
        }
        loop {
            let answer = self.history.ask(&self.caller, &key, &command).await;
            if answer.is_final() {
                if self.chance.once_in(TWICE) {
                    self.history.ask(&self.caller, &key, &command).await;
                }
                return answer;
            }
            sleep(AGAIN_AFTER).await;
        }
    }

    /// Thinks. False when it is time to stop.
    async fn think(&mut self) -> bool {
        let millis = self.think.as_millis() as u64;
        let pause = Duration::from_millis(self.chance.within(millis / 2, millis * 3 / 2 + 1));
        tokio::select! {
            () = self.rest.cancelled() => false,
            () = sleep(pause) => true,
        }
    }
}
