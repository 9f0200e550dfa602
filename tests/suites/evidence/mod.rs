//! What one alert's record shows, to whom, and how it is proved elsewhere.

mod derivation;
mod look_back;
mod proof;
pub mod story;
mod year;
