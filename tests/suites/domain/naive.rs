//! Verdicts a second time, written from the standard (domain.md §6) and from nothing else: it reads
//! the records, keeps loose lists, and shares no code with `Alert::clocks`.

use std::collections::BTreeMap;

use campus_dispatch::domain::{
    Event, Policy, Record, Timestamp, Verdict, Within,
    assignment::Step,
    classification::Mode,
    district::UnitKind,
    event::TimePoint,
    id::{AlertId, AssignmentId, RuleId},
    policy::{ClockRule, EndPoint, PolicyRef, Selection, StartPoint, preset},
};

/// What a journal comes to: each clock of each alert as of `now`.
pub fn verdicts(records: &[Record], now: Timestamp) -> BTreeMap<(AlertId, RuleId), Verdict> {
    let book = Book::read(records);
    let mut verdicts = BTreeMap::new();
    for (id, file) in &book.files {
        for rule in book.rules(&file.selection) {
            verdicts.insert((*id, rule.id.clone()), book.judge(file, rule, now));
        }
    }
    verdicts
}

/// What is known of one alert.
struct File {
    mode: Mode,
    selection: Selection,
    received: Timestamp,
    reported: Option<Timestamp>,
    resolved: Option<Timestamp>,
    closed: Option<Timestamp>,
    cancelled: Option<Timestamp>,
    told_until: Option<Timestamp>,
    parent: Option<AlertId>,
    children: Vec<(AlertId, Timestamp)>,
    excused: Vec<RuleId>,
    sent: Vec<Sent>,
}

struct Sent {
    id: AssignmentId,
    kind: UnitKind,
    wave: u8,
    dispatched: Option<Timestamp>,
    acknowledged: Option<Timestamp>,
    en_route: Option<Timestamp>,
    arrived: Option<Timestamp>,
    cleared: Option<Timestamp>,
}

struct Book {
    policies: Vec<Policy>,
    files: BTreeMap<AlertId, File>,
}

impl Book {
    fn read(records: &[Record]) -> Self {
        let shipped = preset::preset(preset::DEFAULT).expect("shipped");
        let mut book = Self { policies: vec![shipped], files: BTreeMap::new() };
        for record in records {
            book.take(record);
        }
        book
    }

    fn take(&mut self, record: &Record) {
        match &record.event {
            Event::PolicyAdopted { policy } | Event::PolicyFiled { policy } => {
                self.policies.push((**policy).clone());
            }
            Event::AlertRaised(raised) => {
                let file = File::new(raised.mode, &raised.selection, record.at);
                self.files.insert(raised.alert, File { reported: raised.reported_at, ..file });
            }
            Event::AlertImported(imported) => {
                let given = &imported.historic;
                let mut file = File::new(given.mode, &imported.selection, given.received_at);
                file.reported = given.reported_at;
                file.closed = given.closed_at;
                file.told_until = Some(given.observed_until);
                for (index, one) in given.assignments.iter().enumerate() {
                    let id = AssignmentId(imported.first_assignment.0 + index as u32);
                    file.sent.push(Sent {
                        dispatched: one.dispatched_at,
                        acknowledged: one.acknowledged_at,
                        en_route: one.en_route_at,
                        arrived: one.arrived_at,
                        cleared: one.cleared_at,
                        ..Sent::new(id, one.unit_kind, one.echelon)
                    });
                }
                self.files.insert(imported.alert, file);
            }
            event => {
                let file = event.alert().and_then(|id| self.files.get_mut(&id));
                if let Some(file) = file {
                    file.take(event, record.at);
                }
            }
        }
    }

    fn rules(&self, selection: &Selection) -> Vec<&ClockRule> {
        let PolicyRef { id, version } = &selection.policy;
        let policy = self.policies.iter().find(|one| one.id == *id && one.version == *version);
        let policy = policy.expect("an alert's policy stands in the journal");
        let runs = |rule: &&ClockRule| {
            selection.governing.as_ref() == Some(&rule.id) || selection.beside.contains(&rule.id)
        };
        policy.rules.iter().filter(runs).collect()
    }

    fn judge(&self, file: &File, rule: &ClockRule, now: Timestamp) -> Verdict {
        // NotApplicable: a test, a merged child. (An inquiry has no rules at all.)
        if file.mode == Mode::Test || file.parent.is_some() {
            return Verdict::NotApplicable;
        }
        // The root's start is the earliest receipt of the group.
        let mut receipt = file.received;
        for (_, theirs) in &file.children {
            if *theirs < receipt {
                receipt = *theirs;
            }
        }
        let start = match rule.start {
            StartPoint::Received => Some(receipt),
            StartPoint::Reported => match file.reported {
                Some(reported) if reported < receipt => Some(reported),
                _ => Some(receipt),
            },
            StartPoint::Dispatched => file.sent.iter().filter_map(|one| one.dispatched).min(),
        };
        let mut reached_by = Vec::new();
        for one in &file.sent {
            let kind = match &rule.who.unit_kinds {
                Some(kinds) => kinds.contains(&one.kind),
                None => one.kind != UnitKind::SchoolGuard,
            };
            let wave = match &rule.who.echelons {
                Some(waves) => waves.contains(&one.wave),
                None => true,
            };
            let point = match rule.end {
                EndPoint::Acknowledged => one.acknowledged,
                EndPoint::EnRoute => one.en_route,
                EndPoint::Arrived => one.arrived,
                EndPoint::Cleared => one.cleared,
            };
            if let (true, true, Some(at)) = (kind, wave, point) {
                reached_by.push(at);
            }
        }
        reached_by.sort();
        let enough = rule.who.at_least as usize;
        let excused = file.excused.contains(&rule.id);
        let limit = |from: Timestamp| from + rule.limit;

        if let (Some(start), true) = (start, reached_by.len() >= enough) {
            return match reached_by[enough - 1] <= limit(start) {
                true => Verdict::Met,
                false if excused => Verdict::Excused,
                false => Verdict::Late,
            };
        }
        let ends = [file.resolved, file.closed, file.cancelled];
        match (ends.into_iter().flatten().min(), start) {
            (Some(end), start) if end <= limit(start.unwrap_or(receipt)) => Verdict::NotApplicable,
            (Some(_), _) if excused => Verdict::Excused,
            (Some(_), _) => Verdict::Missed,
            (None, Some(start)) if file.told_until.unwrap_or(now) > limit(start) => {
                Verdict::Breaching
            }
            (None, _) => Verdict::Pending,
        }
    }
}

impl File {
    fn new(mode: Mode, selection: &Selection, received: Timestamp) -> Self {
        Self {
            mode,
            selection: selection.clone(),
            received,
            reported: None,
            resolved: None,
            closed: None,
            cancelled: None,
            told_until: None,
            parent: None,
            children: Vec::new(),
            excused: Vec::new(),
            sent: Vec::new(),
        }
    }

    fn take(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::AlertReclassified(change) => self.selection = change.selection.clone(),
            Event::AlertResolved { .. } => self.resolved = Some(at),
            Event::AlertClosed { .. } => self.closed = Some(at),
            Event::AlertCancelled { .. } => self.cancelled = Some(at),
            Event::AlertReopened { .. } => (self.resolved, self.closed) = (None, None),
            Event::AlertMerged { root, .. } => self.parent = Some(*root),
            Event::AlertUnmerged { .. } => self.parent = None,
            Event::AlertJoined { child, child_received_at, .. } => {
                self.children.push((*child, *child_received_at));
            }
            Event::AlertSeparated { child, .. } => self.children.retain(|(id, _)| id != child),
            Event::ExerciseTurnedActual { .. } => self.mode = Mode::Actual,
            Event::VerdictExcused { rule, .. } => self.excused.push(rule.clone()),
            Event::UnitDispatched(sent) => self.sent.push(Sent {
                dispatched: Some(at),
                ..Sent::new(sent.assignment, sent.unit_kind, sent.echelon)
            }),
            Event::AssignmentAcknowledged(step) => {
                self.sent(step.assignment).acknowledged = Some(at);
            }
            Event::AssignmentWentEnRoute(step) => self.sent(step.assignment).en_route = Some(at),
            Event::AssignmentArrived(step) => self.sent(step.assignment).arrived = Some(at),
            Event::AssignmentCleared(step) => self.sent(step.assignment).cleared = Some(at),
            Event::TimePointCorrected { correction, .. } => {
                self.correct(correction.point, correction.new);
            }
            _ => {}
        }
    }

    fn correct(&mut self, point: TimePoint, new: Option<Timestamp>) {
        match point {
            TimePoint::Occurred | TimePoint::Step { step: Step::Deliver, .. } => {}
            TimePoint::Reported => self.reported = new,
            TimePoint::Received => self.received = new.expect("a receipt stays"),
            TimePoint::Resolved => self.resolved = new,
            TimePoint::Dispatched { assignment } => self.sent(assignment).dispatched = new,
            TimePoint::Step { assignment, step } => {
                let sent = self.sent(assignment);
                match step {
                    Step::Deliver => {}
                    Step::Acknowledge => sent.acknowledged = new,
                    Step::EnRoute => sent.en_route = new,
                    Step::Arrive => sent.arrived = new,
                    Step::Clear => sent.cleared = new,
                }
            }
        }
    }

    fn sent(&mut self, id: AssignmentId) -> &mut Sent {
        self.sent.iter_mut().find(|one| one.id == id).expect("sent before")
    }
}

impl Sent {
    fn new(id: AssignmentId, kind: UnitKind, wave: u8) -> Self {
        Self {
            id,
            kind,
            wave,
            dispatched: None,
            acknowledged: None,
            en_route: None,
            arrived: None,
            cleared: None,
        }
    }
}

/// A policy with every start and end point, which no shipped one has.
pub fn every_point() -> Policy {
    let mut policy = preset::preset("stage-135").expect("shipped");
    policy.id = "every-point".into();
    let rule = policy.rules.iter().find(|rule| rule.governing).expect("a governing rule").clone();
    let starts = [StartPoint::Received, StartPoint::Reported, StartPoint::Dispatched];
    let ends = [EndPoint::Acknowledged, EndPoint::EnRoute, EndPoint::Arrived, EndPoint::Cleared];
    for start in starts {
        for end in ends {
            let id = format!("{start:?}-{end:?}").into();
            let limit = Within::from_seconds(180);
            policy.rules.push(ClockRule {
                id,
                start,
                end,
                limit,
                governing: false,
                ..rule.clone()
            });
        }
    }
    policy
}
