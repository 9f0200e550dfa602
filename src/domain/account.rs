//! Accounts, roles and sessions. The journal holds no secret in the clear: passwords are argon2id
//! hashes and tokens are SHA-256 digests, both made before a command reaches the domain.

use serde::{Deserialize, Serialize};

use super::{
    id::{AccountName, StationId, UnitId},
    time::Timestamp,
};

/// Who may do what; the table is [`super::authority`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Operator,
    Supervisor,
    Unit,
    Manager,
    Auditor,
    Admin,
    Screen,
    Gateway,
    /// The core itself: deadlines.
    System,
    /// Somebody with the data directory in hand: the command line and the set-up link.
    Console,
}

impl Role {
    /// Whether its accounts may be limited to a station.
    pub fn takes_station(self) -> bool {
        matches!(self, Self::Screen | Self::Gateway)
    }
}

/// An account as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub name: AccountName,
    pub role: Role,
    /// The unit whose phone this is; always given for [`Role::Unit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The station a screen shows, or at whose schools a gateway raises alerts; the whole centre
    /// where not given. Of another role's account, which may have one from earlier, it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<StationId>,
    pub credential: Credential,
    #[serde(default)]
    pub disabled: bool,
}

/// What an account proves itself with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "credential", rename_all = "snake_case")]
pub enum Credential {
    /// An argon2id hash in PHC form.
    Password { phc: String },
    /// The lower-case hex SHA-256 of a bearer token.
    Token { sha256: String },
}

/// How an account is protected beside its credential. Kept apart from the account: who somebody is
/// says nothing of how that is proved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protection {
    /// When the credential in force was set.
    pub credential_set_at: Timestamp,
    /// An administrator set it: its owner chooses another at the next login.
    #[serde(default)]
    pub must_change: bool,
    /// Hashes of the passwords before it, the newest first.
    #[serde(default)]
    pub former: Vec<String>,
    #[serde(default)]
    pub factor: Option<SecondFactor>,
    /// SHA-256 digests of the marks that devices keep once the account has logged in there; the
    /// newest last.
    #[serde(default)]
    pub devices: Vec<String>,
}

/// A second factor (TOTP) that has been enrolled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondFactor {
    /// The TOTP secret, sealed with the account's password: the journal alone opens it for nobody.
    pub sealed: String,
    /// SHA-256 digests of the recovery codes that are left.
    pub recovery: Vec<String>,
    /// The time step of the last code taken. Each code counts once.
    pub last_step: u64,
}

/// How a second factor was proved.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "proof", rename_all = "snake_case")]
pub enum Proof {
    /// With the code of a time step.
    Code { step: u64 },
    /// With a recovery code, which is used up by it.
    Recovery { sha256: String },
}

/// Where a login came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The network address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What the browser says it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// The SHA-256 of the mark it keeps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
}

/// A login that has not ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub account: AccountName,
    /// The lower-case hex SHA-256 of the session token.
    pub sha256: String,
    pub opened_at: Timestamp,
    pub expires_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
}

/// What was refused, as the record of access tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// A login with a wrong name or password.
    Login,
    /// A token or a session that is nobody's, or no longer.
    Credentials,
    /// Something that the account may not do or see.
    Permission,
    /// A command from a desk that is locked.
    Locked,
    /// More requests than anybody has reason to make.
    TooOften,
}

/// How a command came in (I11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Http,
    Console,
    Deadline,
    Import,
    Demo,
}

/// Who acts: checked against the state at decide time, written into each record.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    pub account: AccountName,
    pub role: Role,
    pub channel: Channel,
}

impl Actor {
    /// The core's own hand.
    pub fn system() -> Self {
        Self { account: "system".into(), role: Role::System, channel: Channel::Deadline }
    }

    /// Whoever holds the data directory.
    pub fn console(channel: Channel) -> Self {
        Self { account: "console".into(), role: Role::Console, channel }
    }
}
