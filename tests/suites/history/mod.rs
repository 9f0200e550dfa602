//! Real dispatch records: reading, taking over, replaying.

mod driving;
mod independent;
mod mappings;
mod reading;
mod schedule;
mod support;
mod taking_over;
mod whole_files;
