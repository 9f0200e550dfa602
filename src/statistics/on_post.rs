//! Peak duty (高峰勤务): of the post minutes that were planned, how many were manned
//! (domain standard §7).
//!
//! Planned is what each school's duty windows asked for at the time; where two windows overlap, the
//! one with more posts. A post is manned by each unit whose duty says that it is on post at the
//! school, up to as many as are planned. A unit on post that was sent to an alert still mans its
//! post in this figure; how much of it that was stands beside it.

use std::collections::{BTreeMap, HashMap};

use crate::domain::{
    Alert, Timestamp, Within,
    district::{Duty, DutyWindow},
    id::{SchoolId, UnitId},
    patrol::{DutySaid, PatrolLog, WindowsSet},
    time::CENTRE_UTC_OFFSET,
};

/// One school's post time in a period, in milliseconds of one post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PostTime {
    pub planned_ms: i64,
    pub manned_ms: i64,
    /// The part of the manned time in which too few units were left for it: sent to an alert.
    pub called_away_ms: i64,
}

impl PostTime {
    /// Manned ÷ planned; `None` where nothing was planned.
    pub fn rate(&self) -> Option<f64> {
        (self.planned_ms > 0).then(|| self.manned_ms as f64 / self.planned_ms as f64)
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            planned_ms: self.planned_ms + other.planned_ms,
            manned_ms: self.manned_ms + other.manned_ms,
            called_away_ms: self.called_away_ms + other.called_away_ms,
        }
    }
}

/// A span of time.
type Span = (Timestamp, Timestamp);

const DAY: Within = Within::from_seconds(24 * 3600);

/// Post time of every school for which posts were planned in `[from, to)`. What has not happened
/// yet is not planned yet: `to` is at most now.
pub fn post_time<'a>(
    log: &PatrolLog,
    alerts: impl IntoIterator<Item = &'a Alert>,
    from: Timestamp,
    to: Timestamp,
) -> BTreeMap<SchoolId, PostTime> {
    let period = (from, to);
    let mut edges = BTreeMap::<&SchoolId, Vec<(Timestamp, Edge)>>::new();
    for (school, set) in log.windows() {
        for (span, posts) in planned(set, period) {
            mark(edges.entry(school).or_default(), span, Edge::Planned { posts, opens: true });
        }
    }
    let sent = sent_spans(alerts, period);
    for (unit, said) in log.duties() {
        for (span, school) in on_post(said, period) {
            let Some(edges) = edges.get_mut(school) else { continue };
            mark(edges, span, Edge::Present(1));
            let away = sent.get(unit).into_iter().flatten();
            for away in away.filter_map(|away| common(*away, span)) {
                mark(edges, away, Edge::Away(1));
            }
        }
    }
    edges.into_iter().map(|(school, edges)| (school.clone(), swept(edges))).collect()
}

/// Something that begins or ends at a school.
#[derive(Clone, Copy)]
enum Edge {
    Planned { posts: u32, opens: bool },
    Present(i64),
    Away(i64),
}

fn mark(edges: &mut Vec<(Timestamp, Edge)>, (start, end): Span, edge: Edge) {
    let closing = match edge {
        Edge::Planned { posts, .. } => Edge::Planned { posts, opens: false },
        Edge::Present(count) => Edge::Present(-count),
        Edge::Away(count) => Edge::Away(-count),
    };
    edges.extend([(start, edge), (end, closing)]);
}

fn swept(mut edges: Vec<(Timestamp, Edge)>) -> PostTime {
    edges.sort_by_key(|(at, _)| *at);
    let mut time = PostTime::default();
    let mut windows = BTreeMap::<u32, usize>::new();
    let (mut present, mut away) = (0, 0);
    let mut since = Timestamp::default();
    for (at, edge) in edges {
        let span = (at - since).millis();
        let posts = windows.last_key_value().map_or(0, |(posts, _)| i64::from(*posts));
        let manned = posts.min(present);
        time.planned_ms += posts * span;
        time.manned_ms += manned * span;
        time.called_away_ms += (manned - posts.min(present - away)) * span;
        since = at;
        match edge {
            Edge::Planned { posts, opens: true } => *windows.entry(posts).or_default() += 1,
            Edge::Planned { posts, opens: false } => {
                if let Some(open) = windows.get_mut(&posts) {
                    *open -= 1;
                }
                windows.retain(|_, open| *open > 0);
            }
            Edge::Present(count) => present += count,
            Edge::Away(count) => away += count,
        }
    }
    time
}

/// The windows as they were set, day by day.
fn planned(set: &[WindowsSet], period: Span) -> Vec<(Span, u32)> {
    let mut spans = Vec::new();
    for (index, stood) in set.iter().enumerate() {
        let until = set.get(index + 1).map_or(period.1, |next| next.at);
        let Some(stood_in) = common((stood.at, until), period) else { continue };
        for window in &stood.windows {
            let daily = daily(window, stood_in);
            spans.extend(daily.map(|span| (span, window.posts)));
        }
    }
    spans
}

/// One window on each of its days within a span.
fn daily(window: &DutyWindow, within: Span) -> impl Iterator<Item = Span> {
    let local = (within.0 + CENTRE_UTC_OFFSET).millis();
    let midnight = local - local.rem_euclid(DAY.millis()) - CENTRE_UTC_OFFSET.millis();
    let days = (midnight..within.1.millis()).step_by(DAY.millis() as usize);
    let days = days.map(Timestamp::from_millis);
    let days = days.filter(|day| window.weekdays.contains(&day.centre_minute().0));
    days.filter_map(move |day| {
        let minute = |minutes: u32| day + Within::from_seconds(i64::from(minutes) * 60);
        common((minute(window.from_minute), minute(window.to_minute)), within)
    })
}

/// When a unit was on post, and where.
fn on_post(said: &[DutySaid], period: Span) -> impl Iterator<Item = (Span, &SchoolId)> {
    said.iter().enumerate().filter_map(move |(index, duty)| {
        let Duty::OnPost { school } = &duty.duty else { return None };
        let until = said.get(index + 1).map_or(period.1, |next| next.at);
        Some((common((duty.at, until), period)?, school))
    })
}

/// When each unit was bound by an alert. A unit on two at once is away once.
fn sent_spans<'a>(
    alerts: impl IntoIterator<Item = &'a Alert>,
    period: Span,
) -> HashMap<UnitId, Vec<Span>> {
    let mut sent = HashMap::<UnitId, Vec<Span>>::new();
    for alert in alerts.into_iter().filter(|alert| !alert.is_imported()) {
        for assignment in &alert.assignments {
            let Some(from) = assignment.dispatched_at else { continue };
            let until = assignment.cleared_at.or(assignment.withdrawn_at()).unwrap_or(period.1);
            if let Some(span) = common((from, until), period) {
                sent.entry(assignment.unit.clone()).or_default().push(span);
            }
        }
    }
    for spans in sent.values_mut() {
        spans.sort_unstable();
        let mut whole: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans.drain(..) {
            match whole.last_mut() {
                Some(last) if span.0 <= last.1 => last.1 = last.1.max(span.1),
                _ => whole.push(span),
            }
        }
        *spans = whole;
    }
    sent
}

fn common(one: Span, other: Span) -> Option<Span> {
    let (start, end) = (one.0.max(other.0), one.1.min(other.1));
    (start < end).then_some((start, end))
}
