//! A generated year of the invented centre (示例): lives of every kind, each ending long before or
//! long after others begin, with what comes back to an alert weeks later.

use std::collections::BTreeMap;

use campus_dispatch::domain::{
    Actor, Verdict, Within,
    assignment::Step,
    classification::{Category, FeedbackKind, Mode, Severity},
    district::Duty,
    event::TimePoint,
    id::{AlertId, AssignmentId},
};
use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use crate::domain::{
    ask,
    centre::{Centre, SCHOOLS, START, gateway, operator, supervisor, unit},
};

const YEAR_MS: i64 = 365 * DAY_MS;
const DAY_MS: i64 = 24 * 3_600_000;

type Act = Box<dyn FnOnce(&mut Play)>;

/// What has happened, and what is still to come.
struct Play {
    centre: Centre,
    to_come: BTreeMap<(i64, u64), Act>,
    planned: u64,
    now: i64,
    dice: Xoshiro256PlusPlus,
}

/// A year with so many alerts raised by the operator; the same seed is the same year.
pub fn year(alerts: i64, seed: u64) -> Centre {
    let mut play = Play {
        centre: Centre::new(),
        to_come: BTreeMap::new(),
        planned: 0,
        now: 0,
        dice: Xoshiro256PlusPlus::seed_from_u64(seed),
    };
    for n in 0..alerts {
        let at = n * (YEAR_MS / alerts) + play.roll(0..YEAR_MS / alerts);
        play.plan(at, |play| play.a_life_begins());
    }
    play.run();
    play.centre
}

impl Play {
    fn roll(&mut self, range: std::ops::Range<i64>) -> i64 {
        self.dice.random_range(range)
    }

    fn one_in(&mut self, n: i64) -> bool {
        self.roll(0..n) == 0
    }

    /// Something to happen so many milliseconds after second 0.
    fn plan(&mut self, at: i64, act: impl FnOnce(&mut Self) + 'static) {
        self.planned += 1;
        self.to_come.insert((at, self.planned), Box::new(act));
    }

    /// Something to happen so many milliseconds from now.
    fn then(&mut self, after: std::ops::Range<i64>, act: impl FnOnce(&mut Self) + 'static) {
        let after = self.roll(after);
        self.plan(self.now + after, act);
    }

    fn run(&mut self) {
        while let Some(((at, _), act)) = self.to_come.pop_first() {
            self.tell_deadlines_until(at);
            self.now = at;
            self.centre.at_ms(at);
            act(self);
        }
        self.tell_deadlines_until(YEAR_MS + 60 * DAY_MS);
    }

    /// As the deadline queue does: each at its instant.
    fn tell_deadlines_until(&mut self, until: i64) {
        loop {
            let state = &self.centre.state;
            let open = state.open.iter().filter_map(|id| state.alert(*id));
            let next = open.filter_map(|alert| Some((alert.next_deadline()?, alert.id))).min();
            let Some((at, alert)) = next else { return };
            let at = (at - START).millis().max(self.now);
            if at > until {
                return;
            }
            self.now = at;
            self.centre.at_ms(at).told(alert);
        }
    }

    fn a_life_begins(&mut self) {
        const CATEGORIES: [Category; 5] = [
            Category::Fight,
            Category::Threat,
            Category::Dispute,
            Category::Medical,
            Category::Hazard,
        ];
        let category = CATEGORIES[self.roll(0..5) as usize];
        let (school, _) = SCHOOLS[self.roll(0..3) as usize];
        let mut report = ask::report(category, school);
        if self.one_in(15) {
            report.mode = Mode::Exercise;
        }
        if self.one_in(12) {
            report.severity = Some(Severity::L0);
        }
        if self.one_in(9) {
            let id = format!("alarm-{}", self.planned);
            self.centre.does(&gateway(), ask::raised(ask::alarm(&id, school)));
        } else {
            self.centre.does(&operator(), ask::raised(report));
        }
        let alert = self.centre.last_alert();
        match self.roll(0..20) {
            0 | 1 => self.then(20_000..400_000, move |play| play.is_cancelled(alert)),
            2 => self.then(30_000..900_000, move |play| play.ends_unreached(alert)),
            3 => self.then(5_000..60_000, move |play| play.was_known_already(alert)),
            4 => self.then(5_000..30_000, move |play| play.is_declined(alert)),
            _ => self.then(2_000..50_000, move |play| play.is_dispatched(alert)),
        }
        if self.one_in(10) {
            self.then(10_000..120_000, move |play| {
                let change = ask::set_severity(alert, Severity::L1, Some("示例：升级"));
                play.tries(&supervisor(), change);
            });
        }
        if self.one_in(4) {
            let on_post = Duty::OnPost { school: "S-A".into() };
            let duty = if self.one_in(2) { Duty::Available } else { on_post };
            self.tries(&unit("P-03"), ask::duty("P-03", duty));
        }
        if self.one_in(3) {
            let place = ask::wgs84(121.47 + self.roll(0..100) as f64 * 1e-4, 31.23);
            self.tries(&unit("P-02"), ask::position("P-02", place));
        }
    }

    /// What the rules refuse has not happened: another act came before.
    fn tries(&mut self, actor: &Actor, command: campus_dispatch::domain::Command) -> bool {
        self.centre.asks(actor, command).is_ok()
    }

    fn is_cancelled(&mut self, alert: AlertId) {
        self.tries(&operator(), ask::cancel(alert, "示例：误报"));
    }

    fn ends_unreached(&mut self, alert: AlertId) {
        self.centre.end_without_arrival(alert);
        self.comes_back(alert);
    }

    /// A second call about the same thing is merged into the first, or the first into the second.
    fn was_known_already(&mut self, alert: AlertId) {
        let second = self.centre.raise(Category::Fight, "S-B");
        let (child, root) = if self.one_in(2) { (second, alert) } else { (alert, second) };
        self.tries(&operator(), ask::merge(child, root));
        self.then(1_000..20_000, move |play| play.is_dispatched(root));
        if self.one_in(3) {
            self.then(1_000..9_000, move |play| {
                if play.tries(&operator(), ask::unmerge(child)) {
                    play.then(1_000..2_000, move |play| play.is_cancelled(child));
                }
            });
        }
    }

    fn is_declined(&mut self, alert: AlertId) {
        let assignment = self.sends(alert);
        let phone = self.phone_of(assignment);
        self.tries(&phone, ask::decline(assignment, "示例：另有任务"));
        self.then(5_000..90_000, move |play| play.is_dispatched(alert));
    }

    fn sends(&mut self, alert: AlertId) -> AssignmentId {
        let unit = ["P-01", "P-02", "P-03", "T-01", "W-01"][self.roll(0..5) as usize];
        self.tries(&operator(), ask::dispatch_stacked(alert, &[unit]));
        AssignmentId(self.centre.state.assignment_alerts.len() as u32)
    }

    fn phone_of(&self, assignment: AssignmentId) -> Actor {
        unit(self.centre.assignment(assignment).unit.as_str())
    }

    fn is_dispatched(&mut self, alert: AlertId) {
        let assignment = self.sends(alert);
        if self.centre.state.assignment(assignment).is_none_or(|(on, _)| on.id != alert) {
            return;
        }
        let steps = [(Step::Acknowledge, 2_000..40_000), (Step::EnRoute, 5_000..60_000)];
        for (step, after) in steps {
            if !self.one_in(6) {
                self.then(after, move |play| play.takes(assignment, step));
            }
        }
        let slow = self.one_in(4);
        let arrives = if slow { 200_000..900_000 } else { 61_000..200_000 };
        self.then(arrives, move |play| play.arrives(alert, assignment));
    }

    fn takes(&mut self, assignment: AssignmentId, step: Step) {
        let phone = self.phone_of(assignment);
        self.tries(&phone, ask::step(assignment, step));
    }

    fn arrives(&mut self, alert: AlertId, assignment: AssignmentId) {
        self.takes(assignment, Step::Arrive);
        if !self.one_in(5) {
            self.then(30_000..700_000, move |play| {
                let feedback = ask::feedback(alert, Some(assignment), FeedbackKind::Progress);
                play.tries(&operator(), feedback);
            });
        }
        self.then(300_000..5_400_000, move |play| play.is_over(alert, assignment));
    }

    fn is_over(&mut self, alert: AlertId, assignment: AssignmentId) {
        self.takes(assignment, Step::Clear);
        if self.one_in(6) {
            let due = self.centre.now() + Within::from_millis(5 * DAY_MS);
            if self.tries(&operator(), ask::defer_hazard(alert, due)) {
                self.then(2 * DAY_MS..30 * DAY_MS, move |play| {
                    play.tries(&operator(), ask::fix_hazard(alert));
                });
            }
        }
        let handled = campus_dispatch::domain::classification::Disposition::HandledOnScene;
        self.tries(&operator(), ask::resolve(alert, handled));
        self.then(0..600_000, move |play| {
            play.tries(&operator(), ask::close(alert));
        });
        if self.one_in(8) {
            let correct = move |play: &mut Self| play.is_corrected(alert, assignment);
            self.then(3_600_000..40 * DAY_MS, correct);
        }
        self.comes_back(alert);
    }

    /// Weeks later, out of a record that no board shows any more.
    fn comes_back(&mut self, alert: AlertId) {
        if self.one_in(6) {
            self.then(3_600_000..20 * DAY_MS, move |play| {
                let failed = matches!(play.centre.verdict(alert), Verdict::Late | Verdict::Missed);
                let rule = play.centre.alert(alert).selection.governing.clone();
                if let (true, Some(rule)) = (failed, rule) {
                    let excuse = ask::excuse(alert, rule.as_str(), "示例：道路封闭");
                    play.tries(&supervisor(), excuse);
                }
            });
        }
        if self.one_in(12) {
            self.then(2 * DAY_MS..30 * DAY_MS, move |play| {
                if play.tries(&supervisor(), ask::reopen(alert, "示例：当事人又来")) {
                    play.then(60_000..7_200_000, move |play| {
                        let again = ask::close_without_arrival(alert, "示例：电话处理");
                        let _ = play.tries(&operator(), ask::close(alert))
                            || play.tries(&operator(), again);
                    });
                }
            });
        }
    }

    fn is_corrected(&mut self, alert: AlertId, assignment: AssignmentId) {
        let arrived = self.centre.assignment(assignment).arrived_at;
        if let Some(arrived) = arrived {
            let earlier = arrived + Within::from_millis(-self.roll(1..60_000));
            let point = TimePoint::Step { assignment, step: Step::Arrive };
            self.tries(&supervisor(), ask::correct(alert, point, Some(earlier)));
        }
    }
}
