//! What a report is made of: sections, each a table of typed cells with its definition. Page, print,
//! XLSX, CSV, terminal and JSON all show this one thing, so that none can say another figure.

use serde::Serialize;

use super::text::{Language, Text};
use crate::domain::Timestamp;

/// One value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// There is none: nothing was measured, or nothing of nothing.
    Nothing,
    Text(String),
    Count(i64),
    /// 0..=1; a difference of two shares may be negative.
    Share(f64),
    /// In milliseconds.
    Span(i64),
    /// In minutes.
    Minutes(f64),
    At(Timestamp),
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number of things.
    pub fn count(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A share, where there is one.
    pub fn share(share: Option<f64>) -> Self {
        share.map_or(Self::Nothing, Self::Share)
    }

    /// `count` of `n`; nothing of nothing.
    pub fn part(count: usize, n: usize) -> Self {
        Self::share((n > 0).then(|| count as f64 / n as f64))
    }

    /// Milliseconds, where there are any.
    pub fn span(milliseconds: Option<i64>) -> Self {
        milliseconds.map_or(Self::Nothing, Self::Span)
    }

    /// An instant, where there is one.
    pub fn at(at: Option<Timestamp>) -> Self {
        at.map_or(Self::Nothing, Self::At)
    }

    /// Milliseconds as minutes.
    pub fn minutes(milliseconds: i64) -> Self {
        Self::Minutes(milliseconds as f64 / 60_000.0)
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Text,
    Count,
    Share,
    /// Milliseconds.
    Span,
    Minutes,
    Instant,
}

/// A column: `key` is the same in every language.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    pub key: String,
    pub title: String,
    pub kind: Kind,
}

/// How a section's figures are drawn, beside its table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chart {
    pub kind: ChartKind,
    /// The column whose texts stand along the axis.
    pub label: usize,
    /// The columns drawn; all of one kind.
    pub series: Vec<usize>,
    /// No more rows than these, the first ones.
    pub rows_max: usize,
}

/// The form of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// Side by side, one group a row.
    Bars,
    /// One on the other.
    Stacked,
    /// Over time.
    Line,
}

/// A table with what its figures mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// The same in every language.
    pub key: &'static str,
    pub title: String,
    pub definition: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    /// Below the rows: the total, the period before.
    pub foot: Vec<Vec<Cell>>,
    pub chart: Option<Chart>,
}

/// A column with where its value comes from.
pub struct Field<T> {
    pub key: String,
    pub title: Text,
    pub kind: Kind,
    pub of: Box<dyn Fn(&T) -> Cell>,
}

impl<T> Field<T> {
    /// A column.
    pub fn new(
        key: impl Into<String>,
        title: Text,
        kind: Kind,
        of: impl Fn(&T) -> Cell + 'static,
    ) -> Self {
        Self { key: key.into(), title, kind, of: Box::new(of) }
    }
}

impl Section {
    /// A table of these things, one a row.
    pub fn of<T>(
        language: Language,
        key: &'static str,
        title: Text,
        definition: Text,
        fields: &[Field<T>],
        rows: &[T],
    ) -> Self {
        let column = |field: &Field<T>| Column {
            key: field.key.clone(),
            title: language.say(field.title).to_owned(),
            kind: field.kind,
        };
        let mut section = Self {
            key,
            title: language.say(title).to_owned(),
            definition: language.say(definition).to_owned(),
            columns: fields.iter().map(column).collect(),
            rows: Vec::new(),
            foot: Vec::new(),
            chart: None,
        };
        section.rows = rows.iter().map(|row| cells(fields, row)).collect();
        section
    }

    /// The same with further things below.
    pub fn with_foot<T>(mut self, fields: &[Field<T>], foot: &[T]) -> Self {
        self.foot = foot.iter().map(|row| cells(fields, row)).collect();
        self
    }

    /// The same with a chart of these columns over the first one of texts.
    pub fn with_chart(
        mut self,
        kind: ChartKind,
        label: &str,
        series: &[&str],
        rows_max: usize,
    ) -> Self {
        let index = |key: &str| self.columns.iter().position(|column| column.key == key);
        let series = series.iter().filter_map(|key| index(key)).collect();
        self.chart = index(label).map(|label| Chart { kind, label, series, rows_max });
        self
    }
}

fn cells<T>(fields: &[Field<T>], row: &T) -> Vec<Cell> {
    fields.iter().map(|field| (field.of)(row)).collect()
}
