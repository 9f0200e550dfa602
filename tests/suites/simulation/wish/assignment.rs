//! Wishes about an assignment and about a unit itself.

use campus_dispatch::domain::{
    Actor, Command,
    assignment::{Assignment, Step},
    district::Duty,
    limit,
};

use super::Wish;
use crate::domain::{
    ask,
    centre::{GATE, on_post},
};

/// The step that usually comes next.
fn next_step(assignment: &Assignment) -> Step {
    [
        (assignment.arrived_at, Step::Clear),
        (assignment.en_route_at, Step::Arrive),
        (assignment.acknowledged_at, Step::EnRoute),
        (assignment.delivered_at, Step::Acknowledge),
    ]
    .into_iter()
    .find(|(taken, _)| taken.is_some())
    .map_or(Step::Deliver, |(_, next)| next)
}

impl Wish<'_> {
    pub fn take_step(&mut self) -> (Actor, Command) {
        let (id, unit) = self.assignment(Assignment::is_live);
        let next = self.state.assignment(id).map_or(Step::Arrive, |(_, one)| next_step(one));
        let any = [Step::Deliver, Step::Acknowledge, Step::EnRoute, Step::Arrive, Step::Clear];
        let step = if self.dice.one_in(4) { *self.dice.pick(&any) } else { next };
        (self.phone(&unit), ask::step(id, step))
    }

    pub fn decline(&mut self) -> (Actor, Command) {
        let (id, unit) = self.assignment(|one| one.is_live() && one.en_route_at.is_none());
        let reason = self.text(limit::LINE_MAX);
        (self.phone(&unit), ask::decline(id, &reason))
    }

    pub fn call_back(&mut self) -> (Actor, Command) {
        let (id, _) = self.assignment(Assignment::is_live);
        let reason = self.text(limit::LINE_MAX);
        (self.operator(), ask::call_back(id, &reason))
    }

    pub fn reinforce(&mut self) -> (Actor, Command) {
        let (id, unit) = self.assignment(Assignment::is_live);
        let text = self.text(limit::TEXT_MAX);
        (self.phone(&unit), ask::reinforce(id, &text))
    }

    pub fn change_duty(&mut self) -> (Actor, Command) {
        let unit = self.unit_id();
        let school = self.school_id();
        let duty = match self.dice.below(8) {
            0 => Duty::OffDuty,
            1 => Duty::OutOfService,
            2..4 => on_post(school),
            _ => Duty::Available,
        };
        (self.phone(&unit), ask::duty(&unit, duty))
    }

    pub fn report_position(&mut self) -> (Actor, Command) {
        let unit = self.unit_id();
        let there = match self.dice.below(6) {
            0 => ask::wgs84(181.0, 0.0),
            _ => ask::wgs84(GATE.longitude + 0.001 * self.dice.below(20) as f64, GATE.latitude),
        };
        (self.phone(&unit), ask::position(&unit, there))
    }

    pub fn check_in(&mut self) -> (Actor, Command) {
        let unit = self.unit_id();
        let school = self.school_id();
        (self.phone(&unit), ask::check_in(&unit, school))
    }
}
