//! The code lists, as the API's document tells them. The domain's own values travel; these only
//! name their texts.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{ObjectBuilder, Schema, Type},
    },
};

use crate::domain;

fn texts<T: Serialize>(values: &[T]) -> RefOr<Schema> {
    let texts = values.iter().filter_map(|value| serde_json::to_value(value).ok());
    let schema = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(texts));
    RefOr::T(Schema::Object(schema.build()))
}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident: $of:ty = [$($variant:ident),+ $(,)?]) => {
        $(#[$doc])*
        pub enum $name {}

        impl $name {
            /// Does not compile when a value is not listed.
            fn listed(value: $of) -> $of {
                match value { $(<$of>::$variant => value),+ }
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                texts(&[$(Self::listed(<$of>::$variant)),+])
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    };
}

code!(Role: domain::Role = [
    Operator, Supervisor, Unit, Manager, Auditor, Admin, Screen, Gateway, System, Console,
]);
code!(Category: domain::classification::Category = [
    Intrusion, Weapon, Attack, Threat, Fight, Bullying, Disturbance, Suspicious, Fire, Medical,
    Missing, Water, Traffic, Theft, Dispute, Crowd, Surroundings, Hazard, Device, Other,
]);
code!(Severity: domain::classification::Severity = [L0, L1, L2, L3]);
code!(Tier: domain::classification::Tier = [T1, T3, T5]);
code!(Zone: domain::classification::Zone = [A, B, C]);
code!(Source: domain::classification::Source = [
    Phone110, OneKeyAlarm, UnitFinding, SchoolStaff, Video, OtherSystem,
]);
code!(Mode: domain::classification::Mode = [Actual, Exercise, Test]);
code!(Stage: domain::Stage = [
    Received, Dispatched, Acknowledged, EnRoute, OnScene, Resolved, Closed, Cancelled, Merged,
]);
code!(AssignmentState: domain::assignment::AssignmentState = [
    Assigned, Delivered, Acknowledged, EnRoute, OnScene, Cleared, Declined, Cancelled,
]);
code!(Step: domain::assignment::Step = [Deliver, Acknowledge, EnRoute, Arrive, Clear]);
code!(Verdict: domain::Verdict = [
    Pending, Met, Breaching, Late, Missed, Excused, NotApplicable,
]);
code!(Disposition: domain::classification::Disposition = [
    HandledOnScene, Mediated, TakenForQuestioning, HandedToCaseUnit, ReferredElsewhere,
    FixedOnTheSpot, Escalated, GoneOnArrival, FalseAlarm, MaliciousReport, Duplicate, Cancelled,
    NoPoliceNeeded, ExerciseEnded,
]);
code!(Validity: domain::classification::Validity = [Valid, FalseAlarm, Malicious, Duplicate]);
code!(FeedbackKind: domain::classification::FeedbackKind = [
    Arrival, Progress, Result, Supplement,
]);
code!(SchoolKind: domain::district::SchoolKind = [
    Kindergarten, Primary, Secondary, Combined, Vocational, Special, University,
]);
code!(UnitKind: domain::district::UnitKind = [
    Post, Patrol, Station, Traffic, Swat, SchoolGuard,
]);
code!(CoordinateSystem: domain::place::CoordinateSystem = [Wgs84, Gcj02]);
code!(Grouping: crate::statistics::Grouping = [
    Tier, Severity, Category, Zone, Source, School, Station, Unit, Day, Week, Month, Hour,
    WeekdayHour,
]);
code!(Measure: crate::statistics::Measure = [
    Response, Handling, Acknowledgement, Turnout, Travel, Control, FirstFeedback, ResultFeedback,
    Close,
]);
code!(
    /// A figure, or a measure's spans.
    Figure: crate::statistics::Figure = [
        Alerts, N, Met, Late, Missed, Breaching, Excused, Test, Merged, Inquiry, EndedEarly,
        Advisory, Pending, Needed, Valid, FalseAlarm, Malicious, Duplicate, Declined, Reopened,
        Response, Handling, Acknowledgement, Turnout, Travel, Control, FirstFeedback,
        ResultFeedback, Close,
    ]
);
code!(StartPoint: domain::policy::StartPoint = [Received, Reported, Dispatched]);
code!(EndPoint: domain::policy::EndPoint = [Acknowledged, EnRoute, Arrived, Cleared]);
code!(
    /// What the board shows of a unit's duty.
    Duty: super::district::ShownDuty = [OffDuty, Available, OnPost, Committed, OutOfService]
);
code!(
    /// What a unit may say of its duty.
    SaidDuty: crate::web::route::SaidDuty = [OffDuty, Available, OnPost, OutOfService]
);
