//! What a password must be (S8). Standards contradict one another here, on rotation above all, so
//! every rule can be set; by default length and guessability count, and nothing expires.

use zxcvbn::zxcvbn;

use crate::{
    domain::{
        Timestamp, Within,
        account::{Credential, Protection},
    },
    web::{
        context::Context,
        limits::Limits,
        problem::{Fault, Refusal},
        secret,
    },
};

/// The rules beside the bounds on length, which are [`Limits`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordRules {
    /// Kinds of character that must be there: small and capital letters, digits, others. 1 to 4.
    pub kinds_min: u8,
    /// How hard to guess it must be, as zxcvbn scores: 0 (not asked) to 4.
    pub strength_min: u8,
    /// How long one is good; zero for always.
    pub age_max: Within,
    /// Former ones that may not come back; at most 24.
    pub former_max: u8,
    /// Whether one that an administrator has set must be changed at the next login.
    pub change_given: bool,
}

impl Default for PasswordRules {
    fn default() -> Self {
        Self {
            kinds_min: 1,
            strength_min: 1,
            age_max: Within::from_millis(0),
            former_max: 0,
            change_given: true,
        }
    }
}

/// What a password is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    Length { min: usize, max: usize },
    Kinds { min: u8 },
    Guessable,
}

impl PasswordRules {
    /// Checks a new password of an account.
    ///
    /// # Errors
    /// The first rule it breaks.
    pub fn check(&self, limits: &Limits, account: &str, password: &str) -> Result<(), Unfit> {
        let (min, max) = (limits.password_min, limits.password_max);
        if !(min..=max).contains(&password.chars().count()) {
            return Err(Unfit::Length { min, max });
        }
        if kinds(password) < self.kinds_min {
            return Err(Unfit::Kinds { min: self.kinds_min });
        }
        let known = [account, "campus-dispatch"];
        let is_guessable =
            self.strength_min > 0 && u8::from(zxcvbn(password, &known).score()) < self.strength_min;
        if is_guessable { Err(Unfit::Guessable) } else { Ok(()) }
    }

    /// Whether the next login has to bring another one.
    pub fn is_over(&self, protection: &Protection, now: Timestamp) -> bool {
        let is_old =
            self.age_max.millis() > 0 && now >= protection.credential_set_at + self.age_max;
        is_old || (self.change_given && protection.must_change)
    }
}

fn kinds(password: &str) -> u8 {
    let is_other = |character: char| {
        !character.is_lowercase() && !character.is_uppercase() && !character.is_ascii_digit()
    };
    [
        password.contains(char::is_lowercase),
        password.contains(char::is_uppercase),
        password.contains(|character: char| character.is_ascii_digit()),
        password.contains(is_other),
    ]
    .map(u8::from)
    .iter()
    .sum()
}

impl From<Unfit> for Fault {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::Length { min, max } => {
                Fault::from(Refusal::PasswordUnfit).at(format!("{min} to {max}"))
            }
            Unfit::Kinds { min } => Fault::from(Refusal::PasswordTooPlain).at(min.to_string()),
            Unfit::Guessable => Refusal::PasswordGuessable.into(),
        }
    }
}

/// A new password of an account, checked and hashed.
///
/// # Errors
/// The rule it breaks.
pub async fn new_credential(
    context: &Context,
    account: &str,
    password: String,
) -> Result<Credential, Fault> {
    context.settings.access.passwords.check(&context.settings.limits, account, &password)?;
    let _permit = context.password_checks.acquire().await;
    let phc = secret::hash_password_aside(password).await;
    Ok(Credential::Password { phc: phc.ok_or(Refusal::Internal)? })
}

/// Refuses a password that is in force, or was lately.
///
/// # Errors
/// When it is one of those.
pub async fn check_is_new(
    context: &Context,
    credential: &Credential,
    protection: &Protection,
    password: &str,
) -> Result<(), Fault> {
    let Credential::Password { phc } = credential else { return Ok(()) };
    let former_max = usize::from(context.settings.access.passwords.former_max);
    for known in std::iter::once(phc).chain(protection.former.iter().take(former_max)) {
        let _permit = context.password_checks.acquire().await;
        let work = &context.settings.access.checks;
        if secret::verify_password_aside(work, password.to_owned(), Some(known.clone())).await {
            return Err(Refusal::PasswordUsedBefore.into());
        }
    }
    Ok(())
}
