//! One frame per audience, encoded by the first who needs it and shared by all who look alike.

use std::{
    collections::BTreeMap,
    sync::{Mutex, OnceLock, PoisonError},
};

use bytes::Bytes;

use crate::{domain::id::StationId, web::audience::Audience};

/// The frames of one record, or of one picture.
#[derive(Default)]
pub struct Encodings {
    full: OnceLock<Bytes>,
    masked: OnceLock<Bytes>,
    district: OnceLock<Bytes>,
    stations: Mutex<BTreeMap<StationId, Bytes>>,
}

impl Encodings {
    /// The audience's frame. A unit's is private and encoded each time.
    pub fn get(&self, audience: &Audience, encode: impl FnOnce() -> Bytes) -> Bytes {
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
