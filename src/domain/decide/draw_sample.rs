//! Draw a sample: handled alerts of a period are to be looked through. Which ones follows from the
//! lot and is worked out above the rules, off the writer's thread; here it is only held to what the
//! lot says.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::domain::{
    alert::Stage,
    event::{Event, SampleDrawn},
    limit,
    rejection::Rejection,
    sample::{Lot, Stratum},
    state::State,
    time::Timestamp,
};

/// Records what a lot drew. The same lot again draws nothing new: the first list stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DrawSample {
    #[serde(flatten)]
    pub lot: Lot,
    pub strata: Vec<Stratum>,
}

impl DrawSample {
    pub(super) fn decide(&self, state: &State, now: Timestamp) -> Result<Vec<Event>, Rejection> {
        let lot = self.lot;
        if state.samples.values().any(|sample| sample.lot == lot) {
            return Ok(Vec::new());
        }
        if lot.from >= lot.to {
            return Err(Rejection::InstantOutOfOrder);
        }
        if lot.to > now {
            return Err(Rejection::InstantInFuture);
        }
        if !(1..=limit::SAMPLE_MAX).contains(&lot.size) {
            return Err(Rejection::NumberOutOfRange);
        }
        let mut drawn = BTreeSet::new();
        for id in self.strata.iter().flat_map(|stratum| &stratum.alerts) {
            let alert = state.alert(*id).ok_or(Rejection::AlertUnknown)?;
            if alert.stage() != Stage::Closed {
                return Err(Rejection::AlertNotClosed);
            }
            let is_meant =
                alert.mode == lot.mode && (lot.from..lot.to).contains(&alert.received_at);
            if !is_meant || !drawn.insert(*id) {
                return Err(Rejection::AlertNotInSample);
            }
        }
        match drawn.len() {
            0 => Err(Rejection::SampleEmpty),
            count if count > lot.size as usize => Err(Rejection::NumberOutOfRange),
            _ => Ok(vec![Event::SampleDrawn(Box::new(SampleDrawn {
                sample: state.next_sample(),
                lot,
                strata: self.strata.clone(),
            }))]),
        }
    }
}
