//! Why a command is refused: one value each, matched exhaustively where it is told to people.

use serde::Serialize;

/// A refusal. Nothing was changed.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, strum::EnumIter, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Rejection {
    // Who.
    /// The role may not do this at all.
    RoleNotPermitted,
    /// The role may, but not to this one: another unit's assignment, another station's school.
    NotOwn,
    AccountUnknown,
    AccountDisabled,
    AccountNameTaken,
    AccountNeedsUnit,
    StationNotForRole,
    AccountIsLastAdmin,
    SessionUnknown,
    CredentialOfOtherKind,
    SecondFactorMissing,
    SecondFactorEnrolled,
    CodeAlreadyUsed,
    // What it names.
    AlertUnknown,
    AssignmentUnknown,
    UnitUnknown,
    SchoolUnknown,
    StationUnknown,
    RuleUnknown,
    SampleUnknown,
    AlarmUnknown,
    // How it says it.
    IdInvalid,
    TextMissing,
    TextTooLong,
    ReasonMissing,
    CoordinatesInvalid,
    InstantInFuture,
    InstantOutOfOrder,
    NumberOutOfRange,
    DutyWindowInvalid,
    PolicyInvalid,
    PolicyVersionNotNewer,
    NoRuleForTier,
    // The alert's state.
    SchoolOrPlaceMissing,
    AlertAlreadyResolved,
    AlertNotResolved,
    AlertClosed,
    AlertNotClosed,
    AlertCancelled,
    AlertMerged,
    AlertNotMerged,
    AlertImported,
    AlertUnchanged,
    AlertHasArrival,
    UnitsStillAssigned,
    NoArrivalReasonMissing,
    NoArrivalReasonNotApplicable,
    DowngradeNeedsSupervisor,
    MergeWithItself,
    MergeIntoChild,
    MergeOfRoot,
    MergeAcrossModes,
    NotAnExercise,
    VerdictNotFailed,
    VerdictAlreadyExcused,
    TimePointMissing,
    NotAHazard,
    HazardAlreadyFixed,
    HazardNotDeferred,
    // The assignment's and unit's state.
    StepAlreadyTaken,
    StepBackward,
    AssignmentEnded,
    AlreadyEnRoute,
    UnitOffDuty,
    UnitOutOfService,
    UnitAlreadyCommitted,
    UnitAlreadyOnAlert,
    UnitStillCommitted,
    UnitNamedTwice,
    NoUnitNamed,
    UnitOffDutyForPosition,
    StillReferenced,
    // The sample.
    SampleEmpty,
    AlertNotInSample,
    ScoreIncomplete,
}

impl Rejection {
    /// Its stable name, `snake_case`.
    pub fn code(self) -> &'static str {
        self.into()
    }
}
