//! Names of things. Numbers are given by the core in order; texts are given by the centre, and
//! shared by their copies: every record and every version of an alert names somebody.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Arc<str>);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }
    };
}

number_id!(
    /// An alert, numbered from 1 in order of receipt.
    AlertId
);
number_id!(
    /// One unit on one alert, numbered from 1 in order of dispatch.
    AssignmentId
);
number_id!(
    /// A sample of handled alerts, numbered from 1 in order of drawing.
    SampleId
);
text_id!(
    /// A school: its 10-digit national id where there is one, else a local id.
    SchoolId
);
text_id!(
    /// A police station.
    StationId
);
text_id!(
    /// A resource that can be sent.
    UnitId
);
text_id!(
    /// An account's login name.
    AccountName
);
text_id!(
    /// A policy, over all its versions.
    PolicyId
);
text_id!(
    /// A clock rule within one policy.
    RuleId
);
text_id!(
    /// The caller's own name for one command (`Idempotency-Key`).
    CommandId
);

/// Whether a text may serve as an id: 1 to 64 letters, digits, `-`, `_` or `.` of any script.
pub fn is_valid_id(text: &str) -> bool {
    let mut length = 0;
    text.chars().all(|c| {
        length += 1;
        length <= 64 && (c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
    }) && length > 0
        && text.chars().any(char::is_alphanumeric)
}
