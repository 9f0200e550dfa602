//! The intervals that are measured.

use serde::{Deserialize, Serialize};

/// An interval of an alert, or of each unit sent to it (domain standard §7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// From receipt to the first arrival of a unit that the rule counts.
    #[default]
    Response,
    /// From receipt to the first dispatch.
    Handling,
    /// From the dispatch to the acknowledgement, of each unit sent.
    Acknowledgement,
    /// From the dispatch to going en route, of each unit sent.
    Turnout,
    /// From going en route to the arrival, of each unit sent.
    Travel,
    /// From the first arrival to the last clearing.
    Control,
    /// From the first arrival to the first report of the scene.
    FirstFeedback,
    /// From the first dispatch to the first report of the result.
    ResultFeedback,
    /// From receipt to closing.
    Close,
}

/// Whose interval a measure is, and which of the columns kept for those.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Alert(usize),
    Sent(usize),
}

impl Measure {
    /// Every measure, in the order tables show them.
    pub const ALL: [Self; 9] = [
        Self::Response,
        Self::Handling,
        Self::Acknowledgement,
        Self::Turnout,
        Self::Travel,
        Self::Control,
        Self::FirstFeedback,
        Self::ResultFeedback,
        Self::Close,
    ];

    pub(super) const fn place(self) -> Place {
        match self {
            Self::Response => Place::Alert(0),
            Self::Handling => Place::Alert(1),
            Self::Control => Place::Alert(2),
            Self::FirstFeedback => Place::Alert(3),
            Self::ResultFeedback => Place::Alert(4),
            Self::Close => Place::Alert(5),
            Self::Acknowledgement => Place::Sent(0),
            Self::Turnout => Place::Sent(1),
            Self::Travel => Place::Sent(2),
        }
    }
}
