//! What is known of the board: the open alerts, where in which history, and how the server's clock
//! stands to ours.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::{
    Stage, Timestamp, Within,
    classification::{Category, Mode, Severity, Tier},
};

/// A message of the server, as far as this board needs it.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "frame", rename_all = "snake_case")]
pub enum Frame {
    Hello {
        epoch: String,
        seq: u64,
        at: Timestamp,
        resumed: bool,
    },
    Snapshot {
        seq: u64,
        at: Timestamp,
        alerts: Vec<Alert>,
    },
    Change {
        seq: u64,
        previous: u64,
        alert: Option<Box<Alert>>,
    },
    Heartbeat {
        seq: u64,
        at: Timestamp,
    },
    #[serde(other)]
    Unknown,
}

/// An alert's row, as the server tells it.
#[derive(Clone, Debug, Deserialize)]
pub struct Alert {
    pub id: u32,
    pub mode: Mode,
    pub stage: Stage,
    pub category: Category,
    pub severity: Severity,
    pub tier: Option<Tier>,
    pub school_name: Option<String>,
    pub place: Option<Place>,
    pub summary: String,
    /// The governing clock first.
    pub clocks: Vec<Clock>,
    pub assignments: Vec<Assignment>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Place {
    pub text: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Clock {
    pub governing: bool,
    pub warn_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub reached_at: Option<Timestamp>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Assignment {
    pub unit_name: String,
    pub state: String,
}

/// The board.
#[derive(Clone, Debug, Default)]
pub struct Board {
    alerts: BTreeMap<u32, Alert>,
    epoch: Option<String>,
    seq: u64,
    is_whole: bool,
    /// How far the server's clock is ahead of ours.
    ahead: Within,
    heard_at: Option<Timestamp>,
}

/// A frame that does not continue what is known: a new picture is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap;

impl Board {
    /// Takes a frame in; `here` is our clock.
    ///
    /// # Errors
    /// When records are missing between the frame and what is known.
    pub fn take(&mut self, frame: Frame, here: Timestamp) -> Result<(), Gap> {
        self.heard_at = Some(here);
        match frame {
            Frame::Hello { epoch, seq, at, resumed } => {
                self.ahead = at - here;
                self.epoch = Some(epoch);
                if !resumed {
                    self.is_whole = false;
                    self.seq = seq;
                }
            }
            Frame::Snapshot { seq, at, alerts } => {
                self.ahead = at - here;
                self.seq = seq;
                self.is_whole = true;
                self.alerts.clear();
                alerts.into_iter().for_each(|alert| self.keep(alert));
            }
            Frame::Change { seq, previous, alert } => {
                if previous > self.seq {
                    self.is_whole = false;
                    return Err(Gap);
                }
                if seq > self.seq {
                    self.seq = seq;
                    if let Some(alert) = alert {
                        self.keep(*alert);
                    }
                }
            }
            Frame::Heartbeat { seq, at } => {
                self.ahead = at - here;
                self.seq = self.seq.max(seq);
            }
            Frame::Unknown => {}
        }
        Ok(())
    }

    /// Open alerts only: what ended is on no live board, and must not pile up here.
    fn keep(&mut self, alert: Alert) {
        if alert.stage.is_open() {
            self.alerts.insert(alert.id, alert);
        } else {
            self.alerts.remove(&alert.id);
        }
    }

    /// Whether it shows everything as of its position.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Where to go on from after a cut.
    pub fn position(&self) -> Option<(&str, u64)> {
        let epoch = self.epoch.as_deref().filter(|_| self.is_whole)?;
        Some((epoch, self.seq))
    }

    /// The last position taken in.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Every open alert, by id.
    pub fn alerts(&self) -> impl Iterator<Item = &Alert> {
        self.alerts.values()
    }

    /// The server's time, by our clock.
    pub fn server_now(&self, here: Timestamp) -> Timestamp {
        here + self.ahead
    }

    /// How long nothing was heard.
    pub fn silence(&self, here: Timestamp) -> Option<Within> {
        self.heard_at.map(|heard_at| here - heard_at)
    }
}
