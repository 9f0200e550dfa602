//! The alerts behind a figure: as many as it says.

use serde::{Deserialize, Serialize};

use super::{
    columns::{
        ALERT_SPANS, BEYOND, BLOCK, Block, By, COUNTED, COUNTED_AS, Columns, DECLINED, ENDING,
        Ending, NEEDS_ARRIVAL, Pass, REOPENED, SentLane, is_measured, is_within, millis,
    },
    fact::LeftOut,
    measure::{Measure, Place},
    query::Query,
};
use crate::domain::{
    Timestamp, Verdict, Within,
    id::{AlertId, UnitId},
};

/// A figure of a [`super::ResponseRow`], by its name there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    #[default]
    Alerts,
    /// Counted in the on-time rate.
    N,
    Met,
    Late,
    Missed,
    Breaching,
    Excused,
    /// Left out of the rate.
    Test,
    Merged,
    Inquiry,
    EndedEarly,
    Advisory,
    Pending,
    /// Alerts that needed an arrival; with a limit, those of them reached within it.
    Needed,
    Valid,
    FalseAlarm,
    Malicious,
    Duplicate,
    Declined,
    Reopened,
    /// Spans measured, of this and each following; with a limit, those within it.
    Response,
    Handling,
    Acknowledgement,
    Turnout,
    Travel,
    Control,
    FirstFeedback,
    ResultFeedback,
    Close,
}

/// One alert behind a figure; of a measure of units sent, one unit of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    pub alert: AlertId,
    pub received_at: Timestamp,
    /// The unit whose span it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The span measured; the response where no measure was asked for.
    #[serde(rename = "span_ms")]
    pub span: Option<Within>,
}

/// What is behind a figure of one row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Behind<'a> {
    pub figure: Figure,
    /// Of spans: only those of at most this length.
    pub within: Option<Within>,
    /// The row's group; `None` for the total.
    pub group: Option<&'a str>,
}

impl Columns {
    /// The alerts behind a figure of the table that answers a query, as of `now`, in order of
    /// receipt. There are as many as the figure says.
    pub fn alerts_of(&self, query: &Query, behind: Behind<'_>, now: Timestamp) -> Vec<Listed> {
        let by = match behind.group {
            Some(_) => {
                let (first, last) = self.reach(query.from, query.to);
                By::of(self, query.grouping, first, last)
            }
            None => By::Whole,
        };
        let pass = Pass::of(self, query, by, now);
        let mut groups = 0..pass.by.groups(self) as u32;
        let meant = |number: &u32| behind.group.is_none_or(|it| pass.by.code(self, *number) == it);
        let Some(group) = groups.find(meant) else { return Vec::new() };
        let place = behind.figure.measure().unwrap_or_default().place();
        let with_sent = matches!(place, Place::Sent(_));
        let mut listed = Vec::new();
        for part in pass.parts() {
            pass.walk(&part, with_sent, |block| {
                list(self, block, behind, place, group, &mut listed);
            });
        }
        listed.sort_by_key(|it| (it.received_at, it.alert));
        listed
    }

    /// The alerts a query asks for, in order of receipt.
    pub fn alert_ids(&self, query: &Query, now: Timestamp) -> Vec<AlertId> {
        let all = Behind { figure: Figure::Alerts, within: None, group: None };
        self.alerts_of(query, all, now).into_iter().map(|it| it.alert).collect()
    }
}

/// Lists what is behind the figure in one block.
fn list(
    columns: &Columns,
    block: &Block<'_>,
    behind: Behind<'_>,
    place: Place,
    group: u32,
    listed: &mut Vec<Listed>,
) {
    let segment = block.segment;
    let (mut alert, mut received) = ([0; BLOCK], [0; BLOCK]);
    segment.alert.load(block.index, &mut alert);
    segment.received.load(block.index, &mut received);
    let mut put = |row: usize, unit: Option<UnitId>, code: u32, column: usize, at: usize| {
        let span = match code {
            BEYOND => Some(segment.beyond(column, at)),
            code => is_measured(code).then(|| millis(code)),
        };
        listed.push(Listed {
            alert: AlertId(alert[row]),
            received_at: segment.received_at(received[row]),
            unit,
            span: span.map(Within::from_millis),
        });
    };
    let limit = behind.within.map(|within| u32::try_from(within.millis()).unwrap_or(BEYOND - 2));
    let in_limit = |code| limit.is_none_or(|limit| is_within(code, limit));
    match place {
        Place::Alert(column) => {
            let mut lane = [0; BLOCK];
            segment.spans[column].load(block.index, &mut lane);
            for (row, _) in block.rows.iter().zip(&block.groups).filter(|(_, its)| **its == group) {
                let row = *row as usize;
                if behind.figure.takes(block.class[row], lane[row], limit) {
                    put(row, None, lane[row], column, block.index * BLOCK + row);
                }
            }
        }
        Place::Sent(column) => {
            let (mut spans, mut units) = (SentLane::default(), SentLane::default());
            spans.load(&segment.sent_spans[column], block.sent_places());
            units.load(&segment.unit, block.sent_places());
            for (at, _) in block.sent.iter().filter(|(_, its)| *its == group) {
                let code = spans.get(*at);
                if is_measured(code) && in_limit(code) {
                    let unit = columns.unit(units.get(*at));
                    put(block.row_of(*at), unit, code, ALERT_SPANS + column, *at as usize);
                }
            }
        }
    }
}

impl Figure {
    /// The measure whose spans it counts.
    pub fn measure(self) -> Option<Measure> {
        match self {
            Self::Response => Some(Measure::Response),
            Self::Handling => Some(Measure::Handling),
            Self::Acknowledgement => Some(Measure::Acknowledgement),
            Self::Turnout => Some(Measure::Turnout),
            Self::Travel => Some(Measure::Travel),
            Self::Control => Some(Measure::Control),
            Self::FirstFeedback => Some(Measure::FirstFeedback),
            Self::ResultFeedback => Some(Measure::ResultFeedback),
            Self::Close => Some(Measure::Close),
            _ => None,
        }
    }

    /// Whether a row counts in it; `code` is that of its span, `limit` in milliseconds.
    fn takes(self, class: u32, code: u32, limit: Option<u32>) -> bool {
        let counted = || COUNTED.get(COUNTED_AS.get(class) as usize);
        let verdict = |verdict| counted() == Some(&Ok(verdict));
        let left_out = |reason| counted() == Some(&Err(reason));
        let ending = |ending: Ending| ENDING.get(class) == ending as u32;
        let in_limit = || limit.is_none_or(|limit| is_within(code, limit));
        match self {
            Self::Alerts => true,
            Self::N => counted().is_some_and(Result::is_ok),
            Self::Met => verdict(Verdict::Met),
            Self::Late => verdict(Verdict::Late),
            Self::Missed => verdict(Verdict::Missed),
            Self::Breaching => verdict(Verdict::Breaching),
            Self::Excused => verdict(Verdict::Excused),
            Self::Test => left_out(LeftOut::Test),
            Self::Merged => left_out(LeftOut::Merged),
            Self::Inquiry => left_out(LeftOut::Inquiry),
            Self::EndedEarly => left_out(LeftOut::EndedEarly),
            Self::Advisory => left_out(LeftOut::Advisory),
            Self::Pending => left_out(LeftOut::Pending),
            Self::Needed => NEEDS_ARRIVAL.get(class) == 1 && in_limit(),
            Self::Valid => ending(Ending::Valid),
            Self::FalseAlarm => ending(Ending::FalseAlarm),
            Self::Malicious => ending(Ending::Malicious),
            Self::Duplicate => ending(Ending::Duplicate),
            Self::Declined => DECLINED.get(class) == 1,
            Self::Reopened => REOPENED.get(class) == 1,
            Self::Response
            | Self::Handling
            | Self::Acknowledgement
            | Self::Turnout
            | Self::Travel
            | Self::Control
            | Self::FirstFeedback
            | Self::ResultFeedback
            | Self::Close => is_measured(code) && in_limit(),
        }
    }
}
