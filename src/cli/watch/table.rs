//! The board in order and words: the most urgent first.

use serde::Serialize;

use super::board::{Alert, Board};
use crate::domain::{Stage, Timestamp, Within, classification::Mode};

/// How much an alert presses, most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    Overdue,
    Warning,
    Open,
    /// Its clock has been reached, or it has none.
    Reached,
}

/// One line of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub urgency: Urgency,
    /// Until the limit; negative when it has passed.
    pub left: Option<Within>,
    pub id: u32,
    pub cells: [String; COLUMNS.len()],
}

/// What the columns are called.
pub const COLUMNS: [&str; 8] =
    ["alert", "left", "tier", "level", "category", "where", "stage", "units"];

/// The open alerts as of `now`.
pub fn rows(board: &Board, now: Timestamp) -> Vec<Row> {
    let open = board.alerts().filter(|alert| alert.stage < Stage::Resolved);
    let mut rows: Vec<Row> = open.map(|alert| row(alert, now)).collect();
    rows.sort_by_key(|row| {
        (row.urgency, row.left.unwrap_or(Within::from_millis(i64::MAX)), row.id)
    });
    rows
}

fn row(alert: &Alert, now: Timestamp) -> Row {
    let clock = alert.clocks.iter().find(|clock| clock.governing && clock.reached_at.is_none());
    let left = clock.and_then(|clock| clock.due_at).map(|due_at| due_at - now);
    let is_warned = clock.and_then(|clock| clock.warn_at).is_some_and(|warn_at| now >= warn_at);
    let urgency = match left {
        None => Urgency::Reached,
        Some(left) if left < Within::default() => Urgency::Overdue,
        Some(_) if is_warned => Urgency::Warning,
        Some(_) => Urgency::Open,
    };
    let place = alert.place.as_ref().map(|place| place.text.as_str());
    let place = alert.school_name.as_deref().or(place).unwrap_or_default();
    let mark = match alert.mode {
        Mode::Actual => "",
        Mode::Exercise => "[演练] ",
        Mode::Test => "[test] ",
    };
    let is_bound = |state: &str| !matches!(state, "declined" | "cancelled" | "cleared");
    let units: Vec<&str> = alert
        .assignments
        .iter()
        .filter(|sent| is_bound(&sent.state))
        .map(|sent| sent.unit_name.as_str())
        .collect();
    Row {
        urgency,
        left,
        id: alert.id,
        cells: [
            alert.id.to_string(),
            left.map(countdown).unwrap_or_default(),
            alert.tier.map(|tier| word(&tier)).unwrap_or_default(),
            word(&alert.severity),
            word(&alert.category),
            plain(&format!("{mark}{place}")),
            word(&alert.stage),
            plain(&units.join(" ")),
        ],
    }
}

/// `mm:ss` left, or `+mm:ss` overdue. What is left is rounded down and what is over is rounded up,
/// so that no second is ever shown better than it is.
pub fn countdown(left: Within) -> String {
    let millis = left.millis();
    let (sign, seconds) =
        if millis < 0 { ("+", (-millis + 999) / 1000) } else { ("", millis / 1000) };
    format!("{sign}{:02}:{:02}", seconds / 60, seconds % 60)
}

/// The rows as plain text.
pub fn text(rows: &[Row]) -> String {
    let mut text = COLUMNS.join("\t");
    text.push('\n');
    for row in rows {
        text += &row.cells.join("\t");
        text.push('\n');
    }
    text
}

/// Text that moves no cursor.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
