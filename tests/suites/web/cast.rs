//! Everybody the walks of authority ask as: each role, with a token and with a session at a
//! browser, what is its own and what is another's; and those who are nobody.

use campus_dispatch::domain::Role;

use super::{
    actor::Caller,
    house::{ACCOUNTS, House},
};

/// The station and the unit whose alert the walks are about: the house's first.
const STATION: &str = "P-1";
const UNIT: &str = "U-1";

/// What of the centre an account is bound to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    Nowhere,
    Unit(&'static str),
    Station(&'static str),
}

/// Somebody who asks.
pub struct Asker {
    pub account: &'static str,
    pub role: Role,
    pub bound: Bound,
    /// What it comes with: a token, or a session's cookie.
    with: &'static str,
    pub caller: Caller,
}

impl Asker {
    /// Whether what is asked for is another's: of another unit, or of another station.
    pub fn is_another(&self) -> bool {
        match self.bound {
            Bound::Nowhere => false,
            Bound::Unit(unit) => unit != UNIT,
            Bound::Station(station) => station != STATION,
        }
    }

    pub fn named(&self) -> String {
        format!("{} with a {}", self.account, self.with)
    }
}

/// Whether there are accounts of a role. A new role does not compile until it is said here.
pub fn has_accounts(role: Role) -> bool {
    match role {
        Role::Operator
        | Role::Supervisor
        | Role::Unit
        | Role::Manager
        | Role::Auditor
        | Role::Admin
        | Role::Screen
        | Role::Gateway => true,
        Role::System | Role::Console => false,
    }
}

/// Each account of the house with its token, and with a session where it can have one; beside them
/// the wall of the first station and that of a second one, which is opened for it.
pub async fn everybody(house: &House) -> Vec<Asker> {
    house.has_a_second_station("P-2", "S-3").await;
    let walls = [
        ("screen-P-1", Role::Screen, Bound::Station(STATION)),
        ("wall-P-2", Role::Screen, Bound::Station("P-2")),
    ];
    // The third phone would only say again what the second does.
    let accounts = ACCOUNTS.into_iter().filter(|(account, _)| *account != "phone-U-3");
    let accounts = accounts.map(|(account, role)| {
        let unit = account.strip_prefix("phone-");
        (account, role, unit.map_or(Bound::Nowhere, Bound::Unit))
    });
    let mut everybody = Vec::new();
    for (account, role, bound) in accounts.chain(walls) {
        let caller = house.caller(account);
        everybody.push(Asker { account, role, bound, with: "token", caller });
        if role != Role::Gateway {
            let caller = house.browser(account, role).await;
            everybody.push(Asker { account, role, bound, with: "session", caller });
        }
    }
    everybody
}

/// Those who are let in nowhere: without a login, with a token that is nobody's, of a disabled
/// account, and with a session that has ended.
pub async fn nobodies(house: &House) -> Vec<(&'static str, Caller)> {
    let of_disabled = house.disabled("gone").await;
    let ended = house.browser("phone-U-3", Role::Unit).await;
    ended.deletes("/session").await.is(204);
    vec![
        ("a stranger", house.stranger()),
        ("nobody's token", house.caller("never-was")),
        ("a disabled account's token", house.caller("gone")),
        ("a disabled account's session", of_disabled),
        ("a session that has ended", ended),
    ]
}
