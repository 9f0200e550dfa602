//! What one alert's record shows, to whom, and how it is proved elsewhere.

mod derivation;
mod proof;
pub mod story;
