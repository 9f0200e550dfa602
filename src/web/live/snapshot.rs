//! Snapshots, shared by all who come at about the same time: after a cut line everybody does.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use tokio::sync::Mutex;

use super::{encoding::Encodings, frame};
use crate::{
    domain::Seq,
    engine::{Engine, Picture, SubmitError},
    web::audience::Audience,
};

/// How long "about the same time" is. A snapshot shared for longer would show a screen that comes
/// later a past, and the log would then play it what happened since as if it were happening.
const SHARED_WITHIN: Duration = Duration::from_secs(1);

/// The last picture taken, with its encodings.
#[derive(Default)]
pub struct Snapshots {
    last: Mutex<Option<Arc<Snapshot>>>,
}

/// A picture of the board and its frames, each encoded by the first who needs it.
pub struct Snapshot {
    picture: Picture,
    taken: Instant,
    encodings: Encodings,
}

impl Snapshots {
    /// The last snapshot, if its position will still do, or a new one.
    pub async fn take(
        &self,
        engine: &Engine,
        will_do: impl FnOnce(Seq) -> bool,
    ) -> Result<Arc<Snapshot>, SubmitError> {
        let mut last = self.last.lock().await;
        if let Some(snapshot) = &*last
            && snapshot.taken.elapsed() < SHARED_WITHIN
            && will_do(snapshot.seq())
        {
            return Ok(snapshot.clone());
        }
        let picture = engine.picture().await?;
        let snapshot =
            Arc::new(Snapshot { picture, taken: Instant::now(), encodings: Encodings::default() });
        *last = Some(snapshot.clone());
        Ok(snapshot)
    }
}

impl Snapshot {
    /// Its position.
    pub fn seq(&self) -> Seq {
        self.picture.position.seq
    }

    /// Its frame for an audience.
    pub fn frame(&self, audience: &Audience, engine: &Engine) -> Bytes {
        let encode = || frame::snapshot(&self.picture, audience, engine.board());
        self.encodings.get(audience, encode)
    }
}
