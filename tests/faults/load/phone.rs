//! A unit's phone: goes on duty, answers what it is sent to step by step, reports where it is.

use campus_dispatch::domain::assignment::Step;
use serde_json::Value;

use super::{Hand, Shown, look};
use crate::command::Command;

/// Works until it is time to stop.
pub async fn work(mut hand: Hand, screen: Shown, unit: String) {
    let key = hand.key();
    hand.insist(key, Command::OnDuty { unit: unit.clone() }).await;
    while hand.think().await {
        let task = look(&screen, |screen| {
            screen.alerts.iter().find_map(|(alert, shown)| task(*alert, shown, &unit))
        });
        match task {
            Some(task) => carry_on(&mut hand, task).await,
            None if hand.chance.once_in(40) => {
                let key = hand.key();
                let longitude = 100.0 + hand.chance.within(0, 1_000) as f64 / 1e4;
                let unit = unit.clone();
                hand.insist(key, Command::Position { unit, longitude, latitude: 38.2 }).await;
            }
            None => {}
        }
    }
}

/// A live assignment of one's own.
struct Task {
    alert: u64,
    assignment: u64,
    next: Step,
}

fn task(alert: u64, shown: &Value, unit: &str) -> Option<Task> {
    shown["assignments"].as_array()?.iter().find_map(|assignment| {
        let next = match assignment["state"].as_str()? {
            "assigned" => Step::Deliver,
            "delivered" => Step::Acknowledge,
            "acknowledged" => Step::EnRoute,
            "en_route" => Step::Arrive,
            "on_scene" => Step::Clear,
            _ => return None,
        };
        let is_own = assignment["unit"] == unit;
        is_own.then_some(Task { alert, assignment: assignment["id"].as_u64()?, next })
    })
}

async fn carry_on(hand: &mut Hand, Task { alert, assignment, next }: Task) {
    let key = hand.key();
    let may_decline = matches!(next, Step::Deliver | Step::Acknowledge);
    let command = if may_decline && hand.chance.once_in(30) {
        Command::Decline { assignment, reason: format!("示例：车辆故障 {key}") }
    } else if next == Step::Clear && hand.chance.once_in(3) {
        Command::Feedback { alert, assignment, text: format!("示例：正在处置 {key}") }
    } else {
        Command::Step { assignment, step: next }
    };
    hand.insist(key, command).await;
}
