//! Reports: weekly bulletin (通报), campaign report (工作总结) and sampling (抽查).
//!
//! A [`Report`] is a document of sections, each a table of typed cells with its definition. It is
//! made once, from one [`Material`] at one position of the journal, and every form shows this one
//! thing: the page and its print, [`xlsx`], [`csv`], [`plain`] in the terminal, and JSON.

mod bulletin;
mod campaign;
mod csv;
mod fields;
mod footing;
mod material;
mod plain;
mod sampling;
mod table;
mod text;
mod xlsx;

pub use bulletin::bulletin;
pub use campaign::campaign;
pub use csv::{csv, defused};
pub use footing::Footing;
pub use material::{JournalHead, Material};
pub use plain::plain;
pub use sampling::{PassRate, SampledAlert, handled, looked_at, sampling};
pub use table::{Cell, Chart, ChartKind, Column, Kind, Section};
pub use text::{Language, Text, check_item, check_item_question, mark};
pub use xlsx::xlsx;

use serde::Serialize;

use super::query::Query;
use crate::domain::event::Export;

/// What is asked of a report.
#[derive(Clone, Debug)]
pub struct Order {
    /// The period and filter; the grouping plays no part.
    pub query: Query,
    pub language: Language,
}

/// A report with everything it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// `bulletin`, `campaign` or `sampling`.
    pub kind: &'static str,
    pub language: Language,
    pub title: String,
    pub footing: Footing,
    pub sections: Vec<Section>,
}

impl Report {
    /// The section of that key.
    pub fn section(&self, key: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.key == key)
    }

    /// What the record of access says of it where it is taken away in a form.
    pub fn export(&self, format: &str) -> Export {
        let Footing { from, to, filter, .. } = &self.footing;
        let rows = self.sections.iter().map(|section| section.rows.len() as u64).sum();
        let filter = format!("from={from}&to={to}; {filter}");
        Export::of(&format!("{}_report", self.kind), format, filter, Some(rows))
    }
}
