//! Real dispatch records: reading, taking over, replaying.

mod independent;
mod mappings;
mod reading;
mod support;
mod whole_files;
