//! Wishes about an alert.

use campus_dispatch::domain::{
    Actor, Alert, Command, Role, Stage, Verdict, Within,
    assignment::Step,
    classification::{Category, Disposition, FeedbackKind, Mode, Severity, Source, Tier},
    decide::{
        close::CloseAlert,
        dispatch::{DispatchUnits, Send},
        feedback::FileFeedback,
        note::NoteAlert,
        raise::RaiseAlert,
        reclassify::ReclassifyAlert,
        resolve::ResolveAlert,
    },
    event::{Notice, TimePoint},
    id::AlertId,
    limit,
};

use super::Wish;
use crate::domain::{
    ask,
    centre::{GATE, one},
};

const STEPS: [Step; 5] =
    [Step::Deliver, Step::Acknowledge, Step::EnRoute, Step::Arrive, Step::Clear];

fn is_open(alert: &Alert) -> bool {
    alert.stage().is_open()
}

fn is_unresolved(alert: &Alert) -> bool {
    alert.stage() < Stage::Resolved
}

impl Wish<'_> {
    pub fn raise(&mut self) -> (Actor, Command) {
        let dice = &mut self.dice;
        let category = match dice.below(4) {
            0 => Category::Hazard,
            _ => *dice.pick(Category::ALL),
        };
        let severity = (!dice.one_in(3)).then(|| *dice.pick(Severity::ALL));
        let mode = dice.weighted(&[(7, Mode::Actual), (3, Mode::Exercise), (1, Mode::Test)]);
        let source = *dice.pick(Source::ALL);
        let back = |seconds: i64| self.now + Within::from_seconds(-seconds);
        let occurred_at = dice.one_in(4).then(|| back(dice.between(-1, 300)));
        let reported_at = dice.one_in(4).then(|| back(dice.between(-1, 200)));
        let caller_phone = dice.one_in(3).then(|| "13800000000".to_owned());
        let (east, north) = (dice.between(-40, 40) as f64, dice.between(-40, 40) as f64);
        let near = ask::wgs84(GATE.longitude + east * 1e-4, GATE.latitude + north * 1e-4);
        let at_a_place = dice.one_in(5);
        let coordinates = match dice.below(12) {
            0 => Some(ask::wgs84(200.0, 31.0)),
            1 => Some(ask::wgs84(f64::NAN, 31.0)),
            2..8 if at_a_place => Some(near),
            _ => None,
        };
        let place = (at_a_place && dice.one_in(2)).then(|| "示例路口".to_owned());
        let school = (!at_a_place).then(|| self.school_id().into());
        let summary = self.text(limit::TEXT_MAX);
        let who = match self.dice.below(6) {
            0 => self.phone("P-02"),
            _ => self.operator(),
        };
        let raise = RaiseAlert {
            mode,
            source,
            source_alarm_id: None,
            category,
            severity,
            school,
            place,
            coordinates,
            summary,
            caller_phone,
            occurred_at,
            reported_at,
        };
        (who, ask::raised(raise))
    }

    /// A machine's alarm; few ids, so that they come again.
    pub fn alarm(&mut self) -> (Actor, Command) {
        let alarm = format!("示例-{}", self.dice.below(5));
        let school = self.school_id();
        (one(Role::Gateway), ask::raised(ask::alarm(&alarm, school)))
    }

    pub fn dispatch(&mut self) -> (Actor, Command) {
        let confirm_stacking = self.dice.one_in(5);
        let count = self.dice.weighted(&[(10, 1), (5, 2), (2, 3), (1, 0), (1, 33)]);
        let alert = self.alert(is_unresolved);
        let mut units = Vec::new();
        for _ in 0..count {
            let free = self.state.units.values().filter(|unit| !unit.is_committed());
            let free: Vec<String> = free.map(|unit| unit.profile.id.to_string()).collect();
            let unit = match free.is_empty() || self.dice.one_in(4) {
                true => self.unit_id(),
                false => self.dice.pick(&free).clone(),
            };
            let echelon = self.dice.one_in(4).then(|| self.dice.below(8).min(4) as u8);
            units.push(Send { unit: unit.into(), echelon });
        }
        (self.operator(), Command::DispatchUnits(DispatchUnits { alert, units, confirm_stacking }))
    }

    pub fn reclassify(&mut self) -> (Actor, Command) {
        let alert = self.alert(is_open);
        let severity = (!self.dice.one_in(3)).then(|| *self.dice.pick(Severity::ALL));
        let category = self.dice.one_in(3).then(|| *self.dice.pick(Category::ALL));
        let tier = self.dice.one_in(4).then(|| *self.dice.pick(Tier::ALL));
        let reason = (!self.dice.one_in(3)).then(|| self.text(limit::LINE_MAX));
        let who = if self.dice.one_in(2) { one(Role::Supervisor) } else { self.operator() };
        (who, ask::reclassify(ReclassifyAlert { alert, category, severity, tier, reason }))
    }

    pub fn note(&mut self) -> (Actor, Command) {
        let alert = self.alert(is_open);
        let text = self.text(limit::TEXT_MAX);
        (self.operator(), Command::NoteAlert(NoteAlert { alert, text }))
    }

    pub fn see_alarms(&mut self) -> (Actor, Command) {
        let alert = self.alert(|alert| !alert.noticed.is_empty());
        let told = self.state.alert(alert).map_or(&[][..], |alert| &alert.noticed);
        let mut alarms: Vec<Notice> = told.iter().map(|one| one.notice.clone()).collect();
        if self.dice.one_in(8) {
            alarms.push(Notice::ClockBreached { rule: "nowhere".into() });
        }
        (self.operator(), ask::see(alert, alarms))
    }

    pub fn feedback(&mut self) -> (Actor, Command) {
        let (id, unit) = self.assignment(|one| one.arrived_at.is_some());
        let of = self.state.assignment(id).map(|(alert, _)| alert.id);
        let alert = match of {
            Some(alert) if !self.dice.one_in(8) => alert,
            _ => self.alert(is_open),
        };
        let kind = *self.dice.pick(FeedbackKind::ALL);
        let text = self.text(limit::TEXT_MAX);
        let (who, assignment) = match self.dice.below(4) {
            0 => (self.operator(), None),
            1 => (self.phone(&unit), None),
            _ => (self.phone(&unit), Some(id)),
        };
        let feedback = FileFeedback { alert, assignment, kind, text, pressed_at: Some(self.now) };
        (who, Command::FileFeedback(feedback))
    }

    pub fn resolve(&mut self) -> (Actor, Command) {
        let wants_arrival = self.dice.one_in(2);
        let alert = self.alert(|alert| {
            is_unresolved(alert) && (alert.first_arrived_at().is_some() || !wants_arrival)
        });
        let disposition = *self.dice.pick(Disposition::ALL);
        let result = self.text(limit::TEXT_MAX);
        (self.operator(), Command::ResolveAlert(ResolveAlert { alert, disposition, result }))
    }

    /// The next command on the way to a closed alert.
    pub fn finish(&mut self) -> (Actor, Command) {
        let id = self.alert(|alert| alert.stage() == Stage::Resolved);
        let operator = self.operator();
        let Some(alert) = self.state.alert(id) else { return (operator, ask::close(id)) };
        let command = match (alert.stage(), alert.live_assignments().next()) {
            (Stage::Resolved, Some(assignment)) => ask::step(assignment.id, Step::Clear),
            (Stage::Resolved, None) if alert.first_arrived_at().is_none() => {
                ask::close_without_arrival(id, "示例：未到场")
            }
            (Stage::Resolved, None) => ask::close(id),
            _ => ask::resolve(id, Disposition::Mediated),
        };
        (operator, command)
    }

    pub fn close(&mut self) -> (Actor, Command) {
        let wants_arrival = self.dice.one_in(2);
        let alert = self.alert(|alert| {
            alert.stage() == Stage::Resolved
                && (alert.first_arrived_at().is_some() || !wants_arrival)
        });
        let arrived =
            self.state.alert(alert).is_some_and(|alert| alert.first_arrived_at().is_some());
        let gives_reason = arrived == self.dice.one_in(3);
        let no_arrival_reason = gives_reason.then(|| self.text(limit::LINE_MAX));
        let result = self.dice.one_in(4).then(|| self.text(limit::TEXT_MAX));
        let police_count = self.dice.weighted(&[(6, 2), (1, 10_001)]);
        let close = CloseAlert { no_arrival_reason, police_count, result, ..ask::closing(alert) };
        (self.operator(), Command::CloseAlert(close))
    }

    pub fn reopen(&mut self) -> (Actor, Command) {
        let alert = self.alert(|alert| alert.stage() == Stage::Closed);
        let reason = self.text(limit::LINE_MAX);
        (one(Role::Supervisor), ask::reopen(alert, &reason))
    }

    pub fn cancel(&mut self) -> (Actor, Command) {
        let alert = self.alert(is_unresolved);
        let reason = self.text(limit::LINE_MAX);
        (self.operator(), ask::cancel(alert, &reason))
    }

    pub fn merge(&mut self) -> (Actor, Command) {
        let child = self.alert(|alert| is_open(alert) && alert.live_assignments().count() == 0);
        let root = match self.dice.below(10) {
            0 => child,
            1 => self.alert(|alert| alert.merged_into.is_some()),
            _ => self.alert(|alert| is_open(alert) && alert.id != child),
        };
        (self.operator(), ask::merge(child, root))
    }

    pub fn unmerge(&mut self) -> (Actor, Command) {
        let alert = self.alert(|alert| alert.merged_into.is_some());
        (self.operator(), ask::unmerge(alert))
    }

    pub fn turn_actual(&mut self) -> (Actor, Command) {
        let alert = self.alert(|alert| is_open(alert) && alert.mode == Mode::Exercise);
        let reason = self.text(limit::LINE_MAX);
        (self.operator(), ask::turn_actual(alert, &reason))
    }

    pub fn correct(&mut self) -> (Actor, Command) {
        let id = self.alert(|alert| alert.resolved_at.is_some() || !alert.assignments.is_empty());
        let (assignment, _) = self.assignment(|_| true);
        let own = self.state.alert(id).and_then(|alert| alert.assignments.first());
        let assignment = own.map_or(assignment, |own| own.id);
        let step = *self.dice.pick(&STEPS);
        let point = *self.dice.pick(&[
            TimePoint::Occurred,
            TimePoint::Reported,
            TimePoint::Received,
            TimePoint::Resolved,
            TimePoint::Dispatched { assignment },
            TimePoint::Step { assignment, step },
            TimePoint::Step { assignment, step },
        ]);
        let received = self.state.alert(id).map_or(self.now, |alert| alert.received_at);
        let base = if self.dice.one_in(2) { received } else { self.now };
        let new = base + Within::from_seconds(self.dice.between(-120, 60));
        let new = (!self.dice.one_in(5)).then_some(new);
        (one(Role::Supervisor), ask::correct(id, point, new))
    }

    pub fn excuse(&mut self) -> (Actor, Command) {
        let now = self.now;
        let failed = move |alert: &Alert| -> Vec<_> {
            let clocks = alert.clocks(now).into_iter();
            let failed =
                |verdict| matches!(verdict, Verdict::Late | Verdict::Missed | Verdict::Excused);
            clocks.filter(|clock| failed(clock.verdict)).map(|clock| clock.rule).collect()
        };
        let id = self.alert(|alert| !failed(alert).is_empty());
        let known = self.state.alert(id);
        let any = known.into_iter().flat_map(|alert| alert.rules()).map(|rule| rule.id.clone());
        let any: Vec<_> = any.collect();
        let failed = known.map_or(Vec::new(), |alert| failed(alert));
        let rule = match self.dice.below(8) {
            0 => self.dice.pick_any(any),
            1 => None,
            _ => self.dice.pick_any(failed),
        };
        let reason = self.text(limit::LINE_MAX);
        let rule = rule.as_ref().map_or("nowhere", |rule| rule.as_str());
        (one(Role::Supervisor), ask::excuse(id, rule, &reason))
    }

    pub fn defer_hazard(&mut self) -> (Actor, Command) {
        let id: AlertId = self.alert(|alert| is_open(alert) && alert.category == Category::Hazard);
        let due_at = self.now + Within::from_seconds(self.dice.between(-1, 900));
        (self.operator(), ask::defer_hazard(id, due_at))
    }

    pub fn fix_hazard(&mut self) -> (Actor, Command) {
        let alert = self.alert(|alert| alert.hazard.is_some());
        (self.operator(), ask::fix_hazard(alert))
    }
}
