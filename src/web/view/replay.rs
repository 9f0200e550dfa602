//! The past, in the frames of the live board.

use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::Notice;
use crate::{
    domain::{Timestamp, id::AlertId, record::Seq},
    engine::hindsight::Mark,
};

/// The board as it stood at an instant.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayBoard {
    pub epoch: String,
    /// The instant of the first record; null in an empty history.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub begins_at: Option<Timestamp>,
    /// Where the past ends.
    #[schema(value_type = String, format = DateTime)]
    pub now: Timestamp,
    /// A snapshot frame, as live push sends it.
    #[schema(value_type = Object)]
    pub snapshot: Box<RawValue>,
}

/// The records after a position.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayRecords {
    pub epoch: String,
    /// Change frames, as live push sends them; records that changed no board are passed over.
    #[schema(value_type = Vec<Object>)]
    pub frames: Vec<Box<RawValue>>,
    /// Where to go on from.
    pub seq: Seq,
    /// Everything up to here is told.
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
    /// There is more up to the instant asked for.
    pub has_more: bool,
}

/// What there is to be found again on a stretch of the past.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayMarks {
    pub marks: Vec<ReplayMark>,
    /// False when there were more than are listed.
    pub complete: bool,
}

/// An alert was raised, or a deadline was told.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayMark {
    seq: Seq,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[schema(value_type = u32)]
    alert: AlertId,
    /// The deadline's name; null where the alert was raised.
    notice: Option<&'static str>,
}

impl From<Mark> for ReplayMark {
    fn from(mark: Mark) -> Self {
        let Mark { seq, at, alert, notice } = mark;
        let notice = notice.map(|notice| Notice::of(at, &notice).name());
        Self { seq, at, alert, notice }
    }
}
