//! One text per audience, encoded by the first who needs it and shared by all who look alike.

use std::{
    collections::BTreeMap,
    sync::{Mutex, OnceLock, PoisonError},
};

use axum::extract::ws::Utf8Bytes;

use crate::{domain::id::StationId, web::audience::Audience};

/// The texts of one record, or of one picture.
#[derive(Default)]
pub struct Encodings {
    full: OnceLock<Utf8Bytes>,
    masked: OnceLock<Utf8Bytes>,
    district: OnceLock<Utf8Bytes>,
    stations: Mutex<BTreeMap<StationId, Utf8Bytes>>,
}

impl Encodings {
    /// The audience's text. A unit's is private and encoded each time.
    pub fn get(&self, audience: &Audience, encode: impl FnOnce() -> Utf8Bytes) -> Utf8Bytes {
        match audience {
            Audience::Full => self.full.get_or_init(encode).clone(),
            Audience::Masked => self.masked.get_or_init(encode).clone(),
            Audience::District => self.district.get_or_init(encode).clone(),
            Audience::Station(station) => {
                let mut stations = self.stations.lock().unwrap_or_else(PoisonError::into_inner);
                stations.entry(station.clone()).or_insert_with(encode).clone()
            }
            Audience::Unit(_) => encode(),
        }
    }
}
