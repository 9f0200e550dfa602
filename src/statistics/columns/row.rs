//! One alert's row, unpacked.

use smallvec::SmallVec;

use super::{Index, class, span};
use crate::{
    domain::{Alert, Timestamp, Within, id::AlertId},
    statistics::fact::Fact,
};

/// Intervals of the alert that have a column each; see [`crate::statistics::Measure`].
pub const ALERT_SPANS: usize = 6;
/// Intervals of each unit sent.
pub const SENT_SPANS: usize = 3;

/// One alert, judged, with its names as numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub alert: AlertId,
    pub received_at: Timestamp,
    pub class: u32,
    pub policy: u32,
    pub school: u32,
    pub spans: [Option<Within>; ALERT_SPANS],
    pub sent: SmallVec<[SentRow; 1]>,
}

/// One unit sent.
#[derive(Clone, Debug, PartialEq)]
pub struct SentRow {
    pub unit: u32,
    pub spans: [Option<Within>; SENT_SPANS],
}

impl Row {
    /// The row of an alert as of `now`, with the numbers that `index` has for its names.
    pub fn of(alert: &Alert, now: Timestamp, index: &Index) -> Self {
        let fact = Fact::of(alert, now);
        Self {
            alert: alert.id,
            received_at: alert.received_at,
            class: class::class(alert, &fact),
            policy: index.policies.number(&alert.selection.policy),
            school: alert.school.as_ref().map_or(0, |school| index.schools.number(school)),
            spans: [
                fact.response,
                fact.handling,
                fact.control,
                fact.first_feedback,
                fact.result_feedback,
                fact.close,
            ],
            sent: (fact.sent.iter())
                .map(|sent| SentRow {
                    unit: index.units.number(&sent.unit),
                    spans: [sent.acknowledgement, sent.turnout, sent.travel],
                })
                .collect(),
        }
    }

    /// Where it stands among the others.
    pub fn key(&self) -> (Timestamp, AlertId) {
        (self.received_at, self.alert)
    }
}

/// A span read back; `beyond` has those too long for a code. A negative one has lost its length.
pub fn read(code: u32, beyond: impl FnOnce() -> i64) -> Option<Within> {
    match code {
        span::MISSING => None,
        span::NEGATIVE => Some(Within::from_millis(-1)),
        span::BEYOND => Some(Within::from_millis(beyond())),
        code => Some(Within::from_millis(span::millis(code))),
    }
}
