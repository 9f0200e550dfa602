//! What was looked at, what was taken away and what a server goes by, for the record of access
//! (S22).

use serde::Serialize;

use super::text;
use crate::domain::{
    event::{Configuration, Event, Export, Personal},
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

/// Records what a server goes by, where that is something else than before.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NoteConfiguration {
    pub configuration: Configuration,
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
        let Export { what, format, filter, rows, taken_at } = &self.export;
        let export = Export {
            what: text::name(what)?,
            format: text::name(format)?,
            filter: text::optional(filter)?,
            rows: *rows,
            taken_at: *taken_at,
        };
        Ok(vec![Event::DataExported { export: Box::new(export) }])
    }
}

impl NoteConfiguration {
    pub(super) fn decide(&self, state: &State) -> Result<Vec<Event>, Rejection> {
        let Configuration { version, settings, changed, certificate } = &self.configuration;
        let configuration = Configuration {
            version: text::name(version)?,
            settings: text::name(settings)?,
            changed: changed.iter().map(|name| text::name(name)).collect::<Result<_, _>>()?,
            certificate: certificate.as_deref().map(text::name).transpose()?,
        };
        if state.configuration.as_deref() == Some(&configuration) {
            return Ok(Vec::new());
        }
        Ok(vec![Event::ServerConfigured { configuration: Box::new(configuration) }])
    }
}
