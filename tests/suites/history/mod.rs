//! Real dispatch records: reading, taking over, replaying.

mod independent;
mod mappings;
mod reading;
mod support;
mod taking_over;
mod whole_files;
