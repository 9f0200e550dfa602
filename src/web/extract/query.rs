//! Query parameters: unknown and doubled ones are refused.

use axum::{extract::FromRequestParts, http::request::Parts};
use serde::de::DeserializeOwned;

use crate::web::{
    context::Context,
    problem::{Fault, Refusal},
};

/// The query, decoded.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Context> for Query<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &Context) -> Result<Self, Fault> {
        let given = axum::extract::Query::<T>::try_from_uri(&parts.uri);
        let axum::extract::Query(query) = given.map_err(|error| {
            use std::error::Error;
            let cause = error.source().map_or_else(|| error.to_string(), ToString::to_string);
            Fault::from(Refusal::QueryInvalid).at(cause)
        })?;
        Ok(Self(query))
    }
}
