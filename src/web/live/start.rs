//! Where a connection begins: where it left off, if that is still known.

use super::frame::Reason;
use crate::{domain::Seq, web::context::Context};

/// The position a client says it has reached.
#[derive(Clone, Debug)]
pub struct Since {
    pub epoch: Option<String>,
    pub seq: Seq,
}

/// Whether a connection goes on from its client's position, or why it does not.
pub fn resume(context: &Context, since: Option<Since>) -> Result<Seq, Reason> {
    let Some(Since { epoch, seq }) = since else { return Err(Reason::Fresh) };
    let head = context.engine.position();
    if epoch.as_deref() != Some(&head.epoch.0) {
        return Err(Reason::OtherEpoch);
    }
    if seq > head.seq {
        return Err(Reason::Future);
    }
    let kept = head.seq - seq <= context.settings.limits.behind_max
        && context.log.after(&context.engine, seq, 1).is_some();
    if kept { Ok(seq) } else { Err(Reason::TooOld) }
}
