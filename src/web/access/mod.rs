//! How people prove who they are: passwords and their rules, second factors, devices, and what is
//! done against guessing. Nothing here is remembered in the clear.

pub mod attempts;
pub mod factor;
pub mod password;
pub mod presence;
pub mod prove;
mod seal;
pub mod visitor;

use self::password::PasswordRules;
use super::secret::Work;
use crate::domain::Role;

/// What the centre asks of those who log in.
#[derive(Clone, Debug)]
pub struct AccessRules {
    pub passwords: PasswordRules,
    /// Whether administrators, managers and auditors need a second factor (S9).
    pub second_factor: bool,
    /// Counts the passwords that are checked; whoever serves may keep a copy and look.
    pub checks: Work,
}

impl Default for AccessRules {
    fn default() -> Self {
        Self { passwords: PasswordRules::default(), second_factor: true, checks: Work::default() }
    }
}

impl AccessRules {
    /// Whether a role logs in with a second factor or not at all.
    pub fn needs_factor(&self, role: Role) -> bool {
        self.second_factor && matches!(role, Role::Admin | Role::Manager | Role::Auditor)
    }
}
