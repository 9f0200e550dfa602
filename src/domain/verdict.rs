//! Verdicts: what a clock came to. They follow from time points alone, so the same history always
//! gives the same verdicts and a late timer changes none (domain standard §6).

use serde::{Deserialize, Serialize};

use super::{
    alert::Alert,
    assignment::{Assignment, Step},
    classification::{Mode, Tier},
    event::{Correction, TimePoint},
    id::{AssignmentId, RuleId},
    policy::{ClockRule, EndPoint, StartPoint},
    time::{Timestamp, Within},
};

/// What a clock came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Running, within the limit.
    Pending,
    /// Reached at or before the limit: exactly 60.000 s of 60 s is met.
    Met,
    /// Open and past the limit.
    Breaching,
    /// Reached after the limit.
    Late,
    /// Ended without being reached.
    Missed,
    /// Late or missed, with a supervisor's reason.
    Excused,
    /// A test, a merged child, an inquiry, or ended without a unit before the limit.
    NotApplicable,
}

/// One clock of one alert, judged as of an instant.
#[derive(Clone, Debug, PartialEq)]
pub struct ClockReading {
    pub rule: RuleId,
    pub tier: Tier,
    pub governing: bool,
    pub required: bool,
    pub limit: Within,
    /// `None` while the clock's start point has not come.
    pub started_at: Option<Timestamp>,
    pub warn_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub reached_at: Option<Timestamp>,
    /// From start to the end point; `None` until it is reached.
    pub elapsed: Option<Within>,
    pub verdict: Verdict,
    /// A supervisor corrected a time point this verdict rests on.
    pub corrected: bool,
}

impl Alert {
    /// Every clock, the governing one first, judged as of `now`.
    pub fn clocks(&self, now: Timestamp) -> Vec<ClockReading> {
        self.rules().map(|rule| self.read_clock(rule, now)).collect()
    }

    /// The governing clock judged as of `now`; `None` for an inquiry.
    pub fn governing_clock(&self, now: Timestamp) -> Option<ClockReading> {
        let rule = self.policy.rule(self.selection.governing.as_ref()?)?;
        Some(self.read_clock(rule, now))
    }

    /// The alert's verdict as of `now`: its governing clock's.
    pub fn verdict(&self, now: Timestamp) -> Verdict {
        self.governing_clock(now).map_or(Verdict::NotApplicable, |clock| clock.verdict)
    }

    /// One clock judged as of `now`. History is judged as of when its record ends.
    pub fn read_clock(&self, rule: &ClockRule, now: Timestamp) -> ClockReading {
        let now = self.observed_until.unwrap_or(now);
        let started_at = self.clock_start(rule.start);
        let reached_at = self.clock_end(rule).map(|(at, _)| at);
        let elapsed = started_at.zip(reached_at).map(|(start, end)| end - start);
        ClockReading {
            rule: rule.id.clone(),
            tier: rule.tier,
            governing: rule.governing,
            required: rule.required,
            limit: rule.limit,
            started_at,
            warn_at: started_at.map(|start| start + rule.warn_at),
            due_at: started_at.map(|start| start + rule.limit),
            reached_at,
            elapsed,
            verdict: self.judge(rule, started_at, elapsed, now),
            corrected: self.is_corrected(rule, started_at, reached_at),
        }
    }

    fn judge(
        &self,
        rule: &ClockRule,
        started_at: Option<Timestamp>,
        elapsed: Option<Within>,
        now: Timestamp,
    ) -> Verdict {
        if self.mode == Mode::Test || self.merged_into.is_some() {
            return Verdict::NotApplicable;
        }
        if let Some(elapsed) = elapsed {
            return if elapsed <= rule.limit {
                Verdict::Met
            } else {
                self.failed(rule, Verdict::Late)
            };
        }
        // A clock that counts from the dispatch is owed from the receipt until there is one.
        let owed_since = started_at.unwrap_or_else(|| self.started_at());
        match self.ended_at() {
            Some(ended_at) if ended_at - owed_since <= rule.limit => Verdict::NotApplicable,
            Some(_) => self.failed(rule, Verdict::Missed),
            None if started_at.is_some_and(|start| now - start > rule.limit) => Verdict::Breaching,
            None => Verdict::Pending,
        }
    }

    fn failed(&self, rule: &ClockRule, verdict: Verdict) -> Verdict {
        let excused = self.excuses.iter().any(|excuse| excuse.rule == rule.id);
        if excused { Verdict::Excused } else { verdict }
    }

    fn clock_start(&self, start: StartPoint) -> Option<Timestamp> {
        match start {
            StartPoint::Received => Some(self.started_at()),
            // An older child merged in may have been received before this one was reported.
            StartPoint::Reported => self.reported_at.into_iter().chain([self.started_at()]).min(),
            StartPoint::Dispatched => self.first_dispatched_at(),
        }
    }

    /// When enough units had reached the end point, and which assignment made them enough.
    pub(super) fn clock_end(&self, rule: &ClockRule) -> Option<(Timestamp, AssignmentId)> {
        let mut points: Vec<(Timestamp, AssignmentId)> = self
            .assignments
            .iter()
            .filter(|assignment| rule.who.counts(assignment.unit_kind, assignment.echelon))
            .filter_map(|assignment| Some((rule.end.of(assignment)?, assignment.id)))
            .collect();
        points.sort_unstable();
        points.get(rule.who.at_least.max(1) as usize - 1).copied()
    }

    /// Whether a time point that this clock's verdict rests on was corrected.
    fn is_corrected(
        &self,
        rule: &ClockRule,
        started_at: Option<Timestamp>,
        reached_at: Option<Timestamp>,
    ) -> bool {
        let counts = |id| {
            let assignment = self.assignment(id);
            assignment.is_some_and(|one| rule.who.counts(one.unit_kind, one.echelon))
        };
        let bears = |correction: &Correction| match correction.point {
            TimePoint::Occurred => false,
            TimePoint::Reported => rule.start == StartPoint::Reported,
            TimePoint::Received => rule.start != StartPoint::Dispatched || started_at.is_none(),
            TimePoint::Dispatched { .. } => rule.start == StartPoint::Dispatched,
            TimePoint::Step { assignment, step } => step == rule.end.step() && counts(assignment),
            TimePoint::Resolved => reached_at.is_none(),
        };
        self.corrections.iter().any(|corrected| bears(&corrected.correction))
    }
}

impl EndPoint {
    /// The step that reaches it.
    pub fn step(self) -> Step {
        match self {
            Self::Acknowledged => Step::Acknowledge,
            Self::EnRoute => Step::EnRoute,
            Self::Arrived => Step::Arrive,
            Self::Cleared => Step::Clear,
        }
    }

    fn of(self, assignment: &Assignment) -> Option<Timestamp> {
        assignment.point(self.step())
    }
}
