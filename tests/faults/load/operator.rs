//! An operator: reports, dispatches, notes, resolves, closes; sometimes cancels.

use super::Hand;
use crate::{command::Command, house::district};

/// Alerts one operator has open at once.
const OPEN_MAX: usize = 4;
/// Turns before an alert is resolved whatever the units do.
const TURNS: u32 = 6;

/// An alert of one's own.
struct Own {
    alert: u64,
    turns: u32,
    sent: bool,
    resolved: bool,
    /// Which kind of closing to try next.
    arrived: bool,
}

/// Works until it is time to stop.
pub async fn work(mut hand: Hand, units: Vec<String>) {
    let mut open: Vec<Own> = Vec::new();
    while hand.think().await {
        if open.is_empty() || (open.len() < OPEN_MAX && hand.chance.once_in(3)) {
            open.extend(raise(&mut hand).await);
            continue;
        }
        let place = hand.chance.index(open.len());
        let mut own = open.swap_remove(place);
        if !attend(&mut hand, &mut own, &units).await {
            open.push(own);
        }
    }
}

async fn raise(hand: &mut Hand) -> Option<Own> {
    let key = hand.key();
    let school = district::school(hand.chance.index(100));
    let summary = format!("示例：校门口纠纷 {key}");
    let answer = hand.insist(key, Command::Raise { school, summary }).await;
    let alert = answer.done()?["alert"].as_u64()?;
    Some(Own { alert, turns: 0, sent: false, resolved: false, arrived: true })
}

/// Does the next thing; true when the alert is over.
async fn attend(hand: &mut Hand, own: &mut Own, units: &[String]) -> bool {
    own.turns += 1;
    let (alert, key) = (own.alert, hand.key());
    if own.resolved {
        let close = Command::Close { alert, arrived: own.arrived };
        own.arrived = !own.arrived;
        return hand.insist(key, close).await.done().is_some();
    }
    if !own.sent && !units.is_empty() {
        let mut chosen = Vec::new();
        for _ in 0..=hand.chance.within(0, 2) {
            let unit = &units[hand.chance.index(units.len())];
            if !chosen.contains(unit) {
                chosen.push(unit.clone());
            }
        }
        own.sent =
            hand.insist(key, Command::Dispatch { alert, units: chosen }).await.done().is_some();
        return false;
    }
    if hand.chance.once_in(15) {
        let reason = format!("示例：撤销 {key}");
        return hand.insist(key, Command::Cancel { alert, reason }).await.done().is_some();
    }
    if own.turns < TURNS {
        let text = format!("示例：备注 {key}");
        hand.insist(key, Command::Note { alert, text }).await;
        return false;
    }
    let result = format!("示例：已劝离 {key}");
    let answer = hand.insist(key, Command::Resolve { alert, result }).await;
    own.resolved = answer.done().is_some_and(|outcome| outcome["alert"] == alert);
    false
}
