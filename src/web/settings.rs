//! What the command line decides about the web.

use ipnet::IpNet;

use super::{access::AccessRules, limits::Limits, secret};
use crate::domain::{Within, account::Role, id::AccountName, place::CoordinateSystem};

/// How the web is served.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Origins whose pages may act with a session's cookie, beside the server's own, as browsers
    /// write them: `https://desk.example`.
    pub allowed_origins: Vec<String>,
    /// Proxies that are believed when they say whom they speak for.
    pub trusted_proxies: Vec<IpNet>,
    /// One account per role that `/demo/{role}` logs in without a password. Empty outside a demo.
    pub demo: Vec<(Role, AccountName)>,
    /// Opens the set-up while there is no account.
    pub setup: Option<SetupToken>,
    /// Whether the session's cookie is kept to TLS.
    pub secure_cookies: bool,
    /// What is asked of those who log in.
    pub access: AccessRules,
    /// What lies under the desk's map; nothing where no address is configured.
    pub tiles: Option<Tiles>,
    pub limits: Limits,
}

/// Map tiles, as the desks' browsers fetch them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiles {
    /// With `{z}`, `{x}` and `{y}`.
    pub address: String,
    /// The system they are drawn in.
    pub system: CoordinateSystem,
    pub attribution: String,
}

impl Settings {
    /// After how long without use a desk of that role is locked. A demo's desks never are: its
    /// visitors have no password.
    pub fn lock_of(&self, role: Role) -> Option<Within> {
        let is_desk = matches!(role, Role::Operator | Role::Supervisor);
        (is_desk && self.demo.is_empty()).then_some(self.limits.desk_idle)
    }
}

impl Tiles {
    /// The other host they come from, as a content security policy names it; `None` for this one.
    pub fn origin(&self) -> Option<&str> {
        let host = self.address.find("://").filter(|_| self.address.starts_with("http"))? + 3;
        let end = self.address[host..].find('/').map_or(self.address.len(), |at| host + at);
        (end > host).then(|| &self.address[..end])
    }
}

/// The digest of the one-time set-up token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetupToken {
    sha256: String,
}

impl SetupToken {
    /// A new token: what the server keeps, and the text to print once.
    pub fn generate() -> (Self, String) {
        let token = secret::new_token();
        (Self { sha256: secret::digest(&token) }, token)
    }

    /// Whether a text is the token. Digests are compared, so the time taken tells nothing of it.
    pub(super) fn is(&self, text: &str) -> bool {
        self.sha256 == secret::digest(text)
    }
}
