//! Who plays: the district of the domain's timelines with a second operator and a second
//! administrator, all invented (示例).

use campus_dispatch::{
    domain::{
        Actor, Channel, Command, Role,
        account::Account,
        district::{Duty, Station},
        policy::preset,
    },
    engine::Submission,
};

use super::dice::Dice;
use crate::domain::{
    ask,
    centre::{ROLES, SCHOOLS, UNITS, account, on_post, one, profile, school, unit},
    naive,
};

pub fn second(role: Role) -> Actor {
    let name = format!("{}-2", format!("{role:?}").to_lowercase());
    Actor { account: name.as_str().into(), role, channel: Channel::Http }
}

pub fn station(id: &str) -> Station {
    Station {
        id: id.into(),
        name: "示例派出所".to_owned(),
        position: None,
        leader: None,
        liaison: None,
    }
}

/// What an empty centre is set up with, in order. Which policy governs is for the dice.
pub fn setting_up(dice: &mut Dice) -> Vec<Submission> {
    let by = |actor: Actor, command: Command| Submission { actor, id: None, command };
    let console = || one(Role::Console);
    let mut setting_up = vec![by(console(), ask::define_station(station("ST-1")))];
    for index in 0..SCHOOLS.len() {
        setting_up.push(by(console(), ask::define_school(school(index))));
    }
    for (id, kind) in UNITS {
        setting_up.push(by(console(), ask::define_unit(profile(id, kind))));
    }
    let accounts =
        ROLES.into_iter().filter(|role| !matches!(role, Role::Unit | Role::System | Role::Console));
    let seconds = [second(Role::Operator), second(Role::Admin)];
    for actor in accounts.map(one).chain(seconds) {
        setting_up.push(by(console(), ask::add_account(account(&actor))));
    }
    for (id, _) in UNITS {
        let phone = Account { unit: Some(id.into()), ..account(&unit(id)) };
        setting_up.push(by(console(), ask::add_account(phone)));
        let duty = match id {
            "P-01" => on_post("S-A"),
            "P-09" => continue,
            _ => Duty::Available,
        };
        setting_up.push(by(unit(id), ask::duty(id, duty)));
    }
    match dice.below(preset::IDS.len() + 1) {
        0 => {}
        6 => setting_up.push(by(console(), ask::adopt(naive::every_point()))),
        index => {
            let policy = preset::preset(preset::IDS[index]).expect("shipped");
            setting_up.push(by(console(), ask::adopt(policy)));
        }
    }
    setting_up
}
