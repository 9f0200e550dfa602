//! What passwords must be, under the names the web floor has for it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{domain::Within, web::access::password::PasswordRules};

/// The rules beside the bounds on length.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passwords {
    /// Kinds of character that must be there: small and capital letters, digits, others. 1 to 4.
    pub kinds_min: u8,
    /// How hard to guess it must be: 0 (not asked) to 4.
    pub strength_min: u8,
    /// How long one is good; `0s` for always.
    #[serde(with = "humantime_serde")]
    pub age_max: Duration,
    /// Former ones that may not come back; at most 24.
    pub former_max: u8,
    /// Whether one that an administrator has set must be changed at the next login.
    pub change_given: bool,
}

/// Whether a second factor is needed by those who see or change the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactor {
    Required,
    Optional,
}

impl Default for Passwords {
    fn default() -> Self {
        let rules = PasswordRules::default();
        Self {
            kinds_min: rules.kinds_min,
            strength_min: rules.strength_min,
            age_max: Duration::from_millis(rules.age_max.millis().unsigned_abs()),
            former_max: rules.former_max,
            change_given: rules.change_given,
        }
    }
}

impl Passwords {
    /// As the web floor takes them.
    pub fn rules(&self) -> PasswordRules {
        PasswordRules {
            kinds_min: self.kinds_min,
            strength_min: self.strength_min,
            age_max: Within::from_millis(
                i64::try_from(self.age_max.as_millis()).unwrap_or(i64::MAX),
            ),
            former_max: self.former_max,
            change_given: self.change_given,
        }
    }

    /// What is out of bounds, in words.
    pub(super) fn out_of_bounds(&self) -> Option<&'static str> {
        match self {
            Self { kinds_min, .. } if !(1..=4).contains(kinds_min) => {
                Some("`passwords.kinds_min` goes from 1 to 4")
            }
            Self { strength_min, .. } if *strength_min > 4 => {
                Some("`passwords.strength_min` goes from 0 to 4")
            }
            Self { former_max, .. } if *former_max > 24 => {
                Some("`passwords.former_max` goes from 0 to 24")
            }
            _ => None,
        }
    }
}
