//! Sampling (抽查): handled alerts drawn by lot, and how each was found when it was looked through
//! (domain standard §9).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    classification::Mode,
    id::{AccountName, AlertId, SampleId, StationId},
    time::Timestamp,
};

/// What a sample is drawn by. The same lot on the same handled alerts draws the same sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// Stated beforehand, so that nobody chooses.
    pub seed: u32,
    /// Received from then on.
    pub from: Timestamp,
    /// Received before then.
    pub to: Timestamp,
    pub mode: Mode,
    /// How many alerts are asked for; fewer are drawn where there are not so many.
    pub size: u32,
}

/// One station's part of a sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stratum {
    /// `None` for alerts at no school, or at one without a station.
    pub station: Option<StationId>,
    /// Its handled alerts of the period.
    pub handled: u32,
    /// Those drawn, by id.
    pub alerts: Vec<AlertId>,
}

/// Alerts drawn by lot, with what was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    pub id: SampleId,
    #[serde(flatten)]
    pub lot: Lot,
    pub strata: Vec<Stratum>,
    pub drawn_at: Timestamp,
    pub drawn_by: AccountName,
    /// The last score of each alert that has one.
    pub scores: BTreeMap<AlertId, Score>,
}

/// How one alert's record was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    pub at: Timestamp,
    pub by: AccountName,
    pub marks: Marks,
    pub remark: String,
}

/// A mark for each item of the check-list.
pub type Marks = BTreeMap<CheckItem, Mark>;

/// What is looked at, in the order of the form. The list is fixed, so that samples of different
/// times can be set side by side.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CheckItem {
    /// Disposition, result, numbers and validity are there.
    RecordComplete,
    /// Each unit's steps have their time points.
    TimesComplete,
    /// The first unit was dispatched within the stage budget.
    DispatchInTime,
    /// First and result feedback came within the stage budgets.
    FeedbackInTime,
    /// Category and severity fit what happened.
    ClassificationFits,
    /// The disposition fits what was found.
    DispositionFits,
    /// The result can be understood by somebody who was not there.
    ResultClear,
    /// Every correction, excuse and downgrade has a reason that holds.
    ChangesReasoned,
}

impl CheckItem {
    /// Every item, in the order of the form.
    pub const ALL: [Self; 8] = [
        Self::RecordComplete,
        Self::TimesComplete,
        Self::DispatchInTime,
        Self::FeedbackInTime,
        Self::ClassificationFits,
        Self::DispositionFits,
        Self::ResultClear,
        Self::ChangesReasoned,
    ];

    /// Its stable name, `snake_case`.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// What an item came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Pass,
    Fail,
    /// There was nothing to look at.
    NotApplicable,
}

impl Sample {
    /// The alerts drawn, station by station.
    pub fn alerts(&self) -> impl Iterator<Item = AlertId> + '_ {
        self.strata.iter().flat_map(|stratum| stratum.alerts.iter().copied())
    }
}

impl Score {
    /// Whether nothing failed.
    pub fn is_passed(&self) -> bool {
        !self.marks.values().any(|mark| *mark == Mark::Fail)
    }
}
