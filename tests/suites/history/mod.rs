//! Real dispatch records: reading, taking over, replaying.

mod driving;
mod independent;
mod live;
mod mappings;
mod reading;
mod reports;
mod schedule;
mod support;
mod taking_over;
mod whole_files;
