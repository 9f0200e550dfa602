//! What was looked at and what was taken away, for the record of access (S22).

use serde::Serialize;

use super::text;
use crate::domain::{
    event::{Event, Export, Personal},
    rejection::Rejection,
    state::State,
};

/// Records that a whole number was looked at. Given before it is shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NoteView {
    pub of: Personal,
}

/// Records that something was taken out as a file. Given before it is handed over.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NoteExport {
    pub export: Export,
}

impl NoteView {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let (is_known, otherwise) = match &self.of {
            Personal::Alert(alert) => (state.alert(*alert).is_some(), Rejection::AlertUnknown),
            Personal::School { school } => {
                (state.schools.contains_key(school), Rejection::SchoolUnknown)
            }
            Personal::Station { station } => {
                (state.stations.contains_key(station), Rejection::StationUnknown)
            }
        };
        if !is_known {
            return Err(otherwise);
        }
        Ok(vec![Event::PersonalDataViewed { of: self.of.clone() }])
    }
}

impl NoteExport {
    pub(super) fn decide(&self) -> Result<Vec<Event>, Rejection> {
        let Export { what, format, filter, rows } = &self.export;
        let export = Export {
            what: text::name(what)?,
            format: text::name(format)?,
            filter: text::optional(filter)?,
            rows: *rows,
        };
        Ok(vec![Event::DataExported { export: Box::new(export) }])
    }
}
