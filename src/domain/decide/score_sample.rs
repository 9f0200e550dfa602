//! Score a sample: one drawn alert was looked through, item by item. A second look replaces the
//! first; both stay in the journal.

use serde::Serialize;

use super::text;
use crate::domain::{
    event::{Event, SampleScored},
    id::{AlertId, SampleId},
    rejection::Rejection,
    sample::{CheckItem, Mark, Marks},
    state::State,
};

/// Marks every item of the check-list; a failed one needs a remark.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreSample {
    pub sample: SampleId,
    /// The alert that was looked through.
    pub sampled: AlertId,
    pub marks: Marks,
    pub remark: String,
}

impl ScoreSample {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let sample = state.samples.get(&self.sample).ok_or(Rejection::SampleUnknown)?;
        if !sample.alerts().any(|alert| alert == self.sampled) {
            return Err(Rejection::AlertNotInSample);
        }
        if !CheckItem::ALL.iter().all(|item| self.marks.contains_key(item)) {
            return Err(Rejection::ScoreIncomplete);
        }
        let failed = self.marks.values().any(|mark| *mark == Mark::Fail);
        let remark = match failed {
            true => text::reason(&self.remark)?,
            false => text::optional_line(Some(&self.remark))?.unwrap_or_default(),
        };
        let stands = sample.scores.get(&self.sampled);
        if stands.is_some_and(|score| score.marks == self.marks && score.remark == remark) {
            return Ok(Vec::new());
        }
        Ok(vec![Event::SampleScored(Box::new(SampleScored {
            sample: self.sample,
            sampled: self.sampled,
            marks: self.marks.clone(),
            remark,
        }))])
    }
}
