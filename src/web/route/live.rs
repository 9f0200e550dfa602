//! `GET /live`: the upgrade to live push.

use axum::{Extension, extract::State, response::Response};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::record::Seq,
    web::{
        context::Context,
        door::Caller,
        extract::{Query, Upgrade},
        live::{self, Since, Viewer},
        problem::Fault,
        server::Closing,
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(follow))
}

/// A position to go on from. Without one the connection begins with a snapshot.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// The history the position is in.
    epoch: Option<String>,
    /// The last position taken in.
    since: Option<Seq>,
}

/// Follows the board over a WebSocket: a hello, then a snapshot or the records after `since`, then
/// one frame per record, in order, without a gap, and a heartbeat each 5 s.
///
/// Close codes: 1001 going away, 4002 too slow, 4008 flood: come back; 1009 message too big, 4001
/// session ended, 4003 too many sockets: do not.
#[utoipa::path(
    get, path = "/live", tag = "live", params(Asked), responses((status = 101))
)]
async fn follow(
    State(context): State<Context>,
    caller: Caller,
    Query(asked): Query<Asked>,
    closing: Option<Extension<Closing>>,
    upgrade: Upgrade,
) -> Result<Response, Fault> {
    let viewer = Viewer { audience: caller.audience()?, caller };
    let since = asked.since.map(|seq| Since { epoch: asked.epoch, seq });
    let Closing { token, tasks } = closing.map(|Extension(closing)| closing).unwrap_or_default();
    let (answer, on_upgrade) = upgrade.accept();
    tasks.spawn(async move {
        match on_upgrade.await {
            Ok(stream) => live::serve(TokioIo::new(stream), context, viewer, since, token).await,
            Err(error) => tracing::debug!(%error, "a connection ended before it was a socket"),
        }
    });
    Ok(answer)
}
