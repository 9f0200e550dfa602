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

/// An account as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub name: AccountName,
    pub role: Role,
    /// The unit whose phone this is; always given for [`Role::Unit`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The station a screen shows; for anybody else, the one they belong to.
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

/// A login that has not ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub account: AccountName,
    /// The lower-case hex SHA-256 of the session token.
    pub sha256: String,
    pub opened_at: Timestamp,
    pub expires_at: Timestamp,
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
