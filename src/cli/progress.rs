//! How far a long read is: a bar on a terminal, silence elsewhere, and nothing for what is quick.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// A read shorter than this shows nothing.
const QUICK: Duration = Duration::from_millis(500);

/// Telling every record would cost more than reading it.
const TELL_EVERY: u64 = 4_096;

/// The progress of one read.
pub struct Progress {
    what: &'static str,
    began: Instant,
    bar: Option<ProgressBar>,
}

/// For the replay of a journal.
pub fn reading() -> Progress {
    Progress::of("Reading the journal")
}

impl Progress {
    /// Of some work, shown before the bar.
    pub fn of(what: &'static str) -> Self {
        Self { what, began: Instant::now(), bar: None }
    }

    /// `done` of `all` are read.
    pub fn tell(&mut self, done: u64, all: u64) {
        if !done.is_multiple_of(TELL_EVERY) {
            return;
        }
        if self.bar.is_none() && self.began.elapsed() > QUICK {
            let style =
                ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {eta}");
            let bar = ProgressBar::new(all).with_message(self.what);
            self.bar = Some(bar.with_style(style.expect("a template that parses")));
        }
        if let Some(bar) = &self.bar {
            bar.set_position(done);
        }
    }

    /// Everything is read.
    pub fn done(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
