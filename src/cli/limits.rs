//! Bounds on the files the command line takes over, gathered, each with its reason. Nobody is served
//! meanwhile, or by another process, so more is taken than while serving.

use crate::intake::{self, workbook};

/// How much of a file is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a file of schools, stations or units.
    pub district_file_max: u64,
    /// Rows of such a file.
    pub district_rows_max: usize,
    /// Bytes of all parts of such a spreadsheet together, unpacked; never more than
    /// [`workbook::UNPACKED_MAX`], which its reader's memory rests on.
    pub district_unpacked_max: u64,
    /// Rows of another system's records: years of a large city's calls; more is better split than
    /// held in memory.
    pub history_rows_max: u64,
    /// Bad rows of such records: beyond this many the mapping is wrong, not the rows.
    pub history_bad_rows_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            district_file_max: 10 * 1024 * 1024,
            district_rows_max: 50_000,
            district_unpacked_max: workbook::UNPACKED_MAX,
            history_rows_max: 5_000_000,
            history_bad_rows_max: 10_000,
        }
    }
}

impl Limits {
    /// What is read of a file of schools, stations or units.
    pub fn district(&self) -> intake::Limits {
        intake::Limits {
            rows_max: self.district_rows_max,
            unpacked_max: self.district_unpacked_max,
        }
    }
}
