//! Real time and the history agree: what was asked after another's answer comes after it.

use std::time::{Duration, Instant};

/// The answers so far, in the order in which they came.
#[derive(Default)]
pub struct Order {
    /// When an answer was there, and the furthest position answered until then.
    answered: Vec<(Instant, u64)>,
}

impl Order {
    /// Takes in the first answer to a command: first asked at `sent`, answered `took` after the
    /// last time it was asked.
    ///
    /// # Errors
    /// The position that was answered before the command was even asked, and yet comes later.
    pub fn answer(
        &mut self,
        first_sent: Instant,
        sent: Instant,
        took: Duration,
        seq: u64,
    ) -> Result<(), u64> {
        let before = self.answered.partition_point(|(at, _)| *at < first_sent);
        let known = before.checked_sub(1).map_or(0, |last| self.answered[last].1);
        // Answers are written down a moment after they came, so two may change places.
        let (latest, furthest) = self.answered.last().copied().unwrap_or((sent, 0));
        self.answered.push((latest.max(sent + took), furthest.max(seq)));
        if seq < known { Err(known) } else { Ok(()) }
    }
}
