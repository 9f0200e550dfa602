//! What somebody asks for, given what stands: mostly what makes sense now, often what no longer
//! does, sometimes what never did.

mod alert;
mod assignment;
mod district;
mod sample;

use std::sync::Arc;

use campus_dispatch::domain::{
    Actor, Alert, Channel, Command, Role, State, Timestamp,
    assignment::Assignment,
    id::{AlertId, AssignmentId},
};

use super::{cast, dice::Dice};
use crate::domain::centre::{ROLES, SCHOOLS, UNITS, one, unit};

/// Chooses, knowing what was durable last.
pub struct Wish<'a> {
    pub state: &'a State,
    pub now: Timestamp,
    pub dice: &'a mut Dice,
}

type Choice<'a> = fn(&mut Wish<'a>) -> (Actor, Command);

impl<'a> Wish<'a> {
    const CHOICES: [(usize, Choice<'a>); 36] = [
        (9, Wish::raise),
        (2, Wish::alarm),
        (18, Wish::dispatch),
        (5, Wish::reclassify),
        (2, Wish::note),
        (3, Wish::see_alarms),
        (4, Wish::feedback),
        (4, Wish::resolve),
        (7, Wish::finish),
        (2, Wish::close),
        (2, Wish::reopen),
        (2, Wish::cancel),
        (4, Wish::merge),
        (2, Wish::unmerge),
        (1, Wish::turn_actual),
        (5, Wish::correct),
        (3, Wish::excuse),
        (3, Wish::defer_hazard),
        (2, Wish::fix_hazard),
        (40, Wish::take_step),
        (2, Wish::decline),
        (2, Wish::call_back),
        (2, Wish::reinforce),
        (4, Wish::change_duty),
        (2, Wish::report_position),
        (2, Wish::check_in),
        (3, Wish::define),
        (3, Wish::remove),
        (2, Wish::policy),
        (2, Wish::account),
        (3, Wish::session),
        (2, Wish::factor),
        (3, Wish::import),
        (5, Wish::sample),
        (1, Wish::configuration),
        (1, Wish::what_only_the_core_may),
    ];

    /// Somebody and what they ask for.
    pub fn make(&mut self) -> (Actor, Command) {
        let quiet = self.state.open.len() < 3 && self.dice.one_in(3);
        let idle = self.state.units.values().all(|unit| !unit.is_committed());
        let choice = match (quiet, idle && self.dice.one_in(3)) {
            (true, _) => Wish::raise,
            (_, true) => Wish::dispatch,
            _ => self.dice.weighted(&Self::CHOICES),
        };
        let (usual, command) = choice(self);
        (if self.dice.one_in(14) { self.anybody() } else { usual }, command)
    }

    /// Somebody of any role, or nobody the centre knows.
    fn anybody(&mut self) -> Actor {
        if self.dice.one_in(8) {
            let (account, channel) = ("nobody-1".into(), Channel::Http);
            return Actor { account, role: Role::Operator, channel };
        }
        if self.dice.one_in(8) {
            // A known account with a role it does not have.
            return Actor { account: "screen-1".into(), ..one(Role::Supervisor) };
        }
        // Nobody comes in by the door as the core itself.
        one(*self
            .dice
            .pick(&ROLES.map(|role| if role == Role::System { Role::Screen } else { role })))
    }

    fn operator(&mut self) -> Actor {
        match self.dice.below(4) {
            0 => cast::second(Role::Operator),
            1 => one(Role::Supervisor),
            _ => one(Role::Operator),
        }
    }

    /// The unit's own phone, or now and then the operator for it, or another unit.
    fn phone(&mut self, id: &str) -> Actor {
        match self.dice.below(12) {
            0 => one(Role::Operator),
            1 => unit(self.dice.pick(&UNITS).0),
            _ => unit(id),
        }
    }

    /// An alert for which the wish makes sense; now and then any, or one that is not there.
    fn alert(&mut self, fits: impl Fn(&Alert) -> bool) -> AlertId {
        let fitting = self.state.alerts.values().filter(|alert| fits(alert));
        let fitting: Vec<&Arc<Alert>> = fitting.collect();
        if !fitting.is_empty() && !self.dice.one_in(7) {
            return self.dice.pick(&fitting).id;
        }
        AlertId(self.dice.below(self.state.alerts.len() + 2) as u32)
    }

    /// An assignment for which the wish makes sense, with its unit.
    fn assignment(&mut self, fits: impl Fn(&Assignment) -> bool) -> (AssignmentId, String) {
        let all = self.state.alerts.values().flat_map(|alert| &alert.assignments);
        let all: Vec<&Assignment> = all.collect();
        let fitting: Vec<&&Assignment> = all.iter().filter(|one| fits(one)).collect();
        if !fitting.is_empty() && !self.dice.one_in(7) {
            let one = self.dice.pick(&fitting);
            return (one.id, one.unit.to_string());
        }
        match self.dice.below(all.len() + 1) {
            index if index < all.len() => (all[index].id, all[index].unit.to_string()),
            _ => (AssignmentId(99_999), UNITS[0].0.to_owned()),
        }
    }

    fn unit_id(&mut self) -> String {
        let known: Vec<String> = self.state.units.keys().map(|id| id.to_string()).collect();
        match self.dice.below(UNITS.len() + 1) {
            0 => "P-77".to_owned(),
            _ if known.is_empty() => UNITS[0].0.to_owned(),
            _ => self.dice.pick(&known).clone(),
        }
    }

    fn school_id(&mut self) -> &'static str {
        SCHOOLS.get(self.dice.below(SCHOOLS.len() * 3 + 1) / 3).map_or("S-X", |(id, _)| id)
    }

    /// A text as people write it: there, now and then missing, seldom too long.
    fn text(&mut self, max: usize) -> String {
        match self.dice.below(24) {
            0 => "  ".to_owned(),
            1 => "长".repeat(max + 1),
            2 => "示例 <b>\"引号\"</b> 👮🏽\u{202e}x".to_owned(),
            number => format!("示例 {number}"),
        }
    }
}
