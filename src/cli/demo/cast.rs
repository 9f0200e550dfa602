//! Who plays, and who a visitor may be. Every account has a random token nobody knows: there is no
//! default password, and the demo's own door needs none.

use super::district::{District, VISITORS_UNIT};
use crate::{
    domain::{
        Actor, Channel, Role,
        account::{Account, Credential},
        id::{AccountName, UnitId},
    },
    web::secret,
};

/// The visitor's accounts, one per role.
pub const VISITORS: [(Role, &str); 7] = [
    (Role::Operator, "示例-接警员"),
    (Role::Supervisor, "示例-值班长"),
    (Role::Unit, VISITORS_UNIT),
    (Role::Manager, "示例-管理者"),
    (Role::Auditor, "示例-督察"),
    (Role::Admin, "示例-管理员"),
    (Role::Screen, "示例-大屏"),
];

/// The players' accounts, besides one per unit.
const PLAYERS: [(Role, &str); 4] = [
    (Role::Operator, "示例-接警台2"),
    (Role::Supervisor, "示例-值班台2"),
    (Role::Gateway, "示例-一键报警"),
    (Role::Gateway, "示例-视频平台"),
];

/// Every account of the demo.
pub fn accounts(district: &District) -> Vec<Account> {
    let named = VISITORS.into_iter().chain(PLAYERS).filter(|(role, _)| *role != Role::Unit);
    let mut accounts: Vec<Account> = named.map(|(role, name)| account(role, name, None)).collect();
    accounts.extend(
        district.units.iter().map(|unit| account(Role::Unit, unit.id.as_str(), Some(&unit.id))),
    );
    accounts
}

fn account(role: Role, name: &str, unit: Option<&UnitId>) -> Account {
    Account {
        name: name.into(),
        role,
        unit: unit.cloned(),
        station: None,
        credential: Credential::Token { sha256: secret::digest(&secret::new_token()) },
        disabled: false,
    }
}

/// The accounts the demo's door opens to.
pub fn door() -> Vec<(Role, AccountName)> {
    VISITORS.iter().map(|(role, name)| (*role, AccountName::from(*name))).collect()
}

fn player(role: Role, name: &str) -> Actor {
    Actor { account: name.into(), role, channel: Channel::Demo }
}

/// The operator who plays.
pub fn operator() -> Actor {
    player(PLAYERS[0].0, PLAYERS[0].1)
}

/// The supervisor who plays.
pub fn supervisor() -> Actor {
    player(PLAYERS[1].0, PLAYERS[1].1)
}

/// The schools' one-key alarms.
pub fn one_key() -> Actor {
    player(PLAYERS[2].0, PLAYERS[2].1)
}

/// The cameras.
pub fn cameras() -> Actor {
    player(PLAYERS[3].0, PLAYERS[3].1)
}

/// A unit's phone.
pub fn unit(unit: &UnitId) -> Actor {
    player(Role::Unit, unit.as_str())
}
