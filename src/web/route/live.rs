//! `GET /live`: the upgrade to live push.

use axum::{BoxError, Extension, body::Bytes, extract::State, response::Response};
use hyper::upgrade::{OnUpgrade, Parts};
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
        line::Line,
        live::{self, Since, Viewer},
        problem::Fault,
        server::Closing,
    },
};

pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(follow))
}

/// The line itself, once HTTP has let go of it, and what came on it since the request.
async fn line_of(on_upgrade: OnUpgrade) -> Result<(Line, Bytes), BoxError> {
    let upgraded = on_upgrade.await?;
    let Parts { io, read_buf, .. } =
        upgraded.downcast::<TokioIo<Line>>().map_err(|_| "it is no line of ours")?;
    Ok((io.into_inner(), read_buf))
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
        match line_of(on_upgrade).await {
            Ok((line, early)) => live::serve(line, early, context, viewer, since, token).await,
            Err(error) => tracing::debug!(%error, "a connection ended before it was a socket"),
        }
    });
    Ok(answer)
}
