//! The columns of a running server.

use std::sync::{PoisonError, RwLock};

use super::{aside::aside, columns::Columns};
use crate::{
    domain::{Change, Seq},
    engine::{Engine, Published},
};

/// Records taken from the feed at a time.
const AT_ONCE: usize = 4_096;

/// The columns, kept up by the feed: whoever reads them sees everything that was durable before.
#[derive(Default)]
pub struct Facts {
    kept: RwLock<Kept>,
}

#[derive(Default)]
struct Kept {
    columns: Columns,
    /// The record taken in last.
    seq: Seq,
    /// Up to here the board may have been ahead of the feed when the columns were built.
    built_by: Seq,
}

impl Facts {
    /// Takes in what is new, then lets the columns be looked at, out of the way of commands and push,
    /// with the position they rest on. Work for a thread that has no sockets to serve.
    pub fn read<T: Send>(
        &self,
        engine: &Engine,
        look: impl FnOnce(&Columns, Seq) -> T + Send,
    ) -> T {
        self.catch_up(engine);
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        aside(|| look(&kept.columns, kept.seq))
    }

    /// Takes in what is new. The first time, and where the feed has gone too far ahead, the columns
    /// are built from the board.
    pub fn catch_up(&self, engine: &Engine) {
        let head = engine.position().seq;
        if self.kept.read().unwrap_or_else(PoisonError::into_inner).seq >= head {
            return;
        }
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        while kept.seq < head {
            match engine.feed().after(kept.seq, AT_ONCE) {
                Some(records) => records.iter().for_each(|record| kept.take(record, engine)),
                None => *kept = Kept::built(engine),
            }
        }
    }
}

impl Kept {
    fn built(engine: &Engine) -> Self {
        let seq = engine.position().seq;
        let columns = Columns::of_board(engine.board());
        Self { columns, seq, built_by: engine.position().seq }
    }

    fn take(&mut self, published: &Published, engine: &Engine) {
        self.seq = published.record.seq;
        for change in &published.changes {
            // What the columns were built from may know more of the alert than this record.
            let newer = match change {
                Change::Alert(alert) if self.seq <= self.built_by => engine.board().alert(alert.id),
                _ => None,
            };
            self.columns.apply(&newer.map_or_else(|| change.clone(), Change::Alert));
        }
    }
}
