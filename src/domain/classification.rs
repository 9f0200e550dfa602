//! The code lists an alert is classified by (domain standard §8).

use serde::{Deserialize, Serialize};

macro_rules! code_list {
    ($(#[$doc:meta])* $name:ident, $style:literal { $($(#[$vdoc:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = $style)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of the standard.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
        }
    };
}

code_list!(
    /// What an alert is about.
    Category, "SCREAMING_SNAKE_CASE" {
        Intrusion, Weapon, Attack, Threat, Fight, Bullying, Disturbance, Suspicious, Fire, Medical,
        Missing, Water, Traffic, Theft, Dispute, Crowd, Surroundings, Hazard, Device, Other,
    }
);

impl Category {
    /// The severity an alert of this category has until somebody says otherwise.
    pub fn default_severity(self) -> Severity {
        use Category::*;
        match self {
            Intrusion | Weapon | Attack | Fire | Water => Severity::L1,
            Threat | Fight | Disturbance | Medical | Missing | Traffic | Crowd | Bullying => {
                Severity::L2
            }
            Suspicious | Theft | Dispute | Surroundings | Hazard | Device | Other => Severity::L3,
        }
    }

    /// Whether two categories can be two reports of one happening.
    pub fn is_related_to(self, other: Self) -> bool {
        self == other || self.family().is_some_and(|family| Some(family) == other.family())
    }

    fn family(self) -> Option<u8> {
        use Category::*;
        match self {
            Intrusion | Weapon | Attack | Threat | Fight | Bullying | Disturbance | Suspicious
            | Crowd | Dispute => Some(0),
            Medical | Traffic => Some(1),
            Missing | Water => Some(2),
            Surroundings | Hazard => Some(3),
            Fire | Theft | Device | Other => None,
        }
    }
}

code_list!(
    /// How urgent an alert is. `L0` is an inquiry and has no clock.
    Severity, "UPPERCASE" {
        /// 咨询: an inquiry.
        L0,
        /// 紧急: a life in danger now.
        L1,
        /// 较急.
        L2,
        /// 一般.
        L3,
    }
);

impl Severity {
    /// Order of urgency: L1 before L2 before L3 before L0; smaller is more urgent.
    pub fn rank(self) -> u8 {
        match self {
            Self::L1 => 1,
            Self::L2 => 2,
            Self::L3 => 3,
            Self::L0 => 4,
        }
    }
}

code_list!(
    /// The promise of 1, 3 or 5 minutes.
    Tier, "UPPERCASE" { T1, T3, T5 }
);

code_list!(
    /// The circle in which a school or place lies.
    Zone, "UPPERCASE" {
        /// The gate, with its post manned now.
        A,
        /// Within 200 m, or a gate whose post is not manned.
        B,
        /// Anywhere else.
        C,
    }
);

code_list!(
    /// How an alert came in.
    Source, "snake_case" { Phone110, OneKeyAlarm, UnitFinding, SchoolStaff, Video, OtherSystem }
);

code_list!(
    /// Whether an alert is real. An exercise may turn actual, never the other way.
    Mode, "snake_case" { Actual, Exercise, Test }
);

code_list!(
    /// How an alert ended.
    Disposition, "snake_case" {
        HandledOnScene, Mediated, TakenForQuestioning, HandedToCaseUnit, ReferredElsewhere,
        FixedOnTheSpot, Escalated, GoneOnArrival, FalseAlarm, MaliciousReport, Duplicate, Cancelled,
        NoPoliceNeeded, ExerciseEnded,
    }
);

code_list!(
    /// Whether a closed alert was worth one.
    Validity, "snake_case" { Valid, FalseAlarm, Malicious, Duplicate }
);

code_list!(
    /// What a report from the scene tells.
    FeedbackKind, "snake_case" { Arrival, Progress, Result, Supplement }
);
