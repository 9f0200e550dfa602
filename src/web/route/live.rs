//! `GET /live`: the upgrade to live push.

use axum::{
    Extension,
    extract::{
        FromRequestParts, State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::request::Parts,
    response::Response,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    domain::record::Seq,
    web::{
        context::Context,
        door::Caller,
        extract::Query,
        live::{self, Since, Viewer},
        problem::{Fault, Refusal},
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
    Upgrade(upgrade): Upgrade,
) -> Result<Response, Fault> {
    let viewer = Viewer { audience: caller.audience()?, caller };
    let since = asked.since.map(|seq| Since { epoch: asked.epoch, seq });
    let limits = &context.settings.limits;
    let upgrade = upgrade
        .read_buffer_size(limits.socket_buffer)
        .write_buffer_size(limits.socket_buffer)
        .max_message_size(limits.message_max)
        .max_frame_size(limits.message_max);
    let Closing { token, tasks } = closing.map(|Extension(closing)| closing).unwrap_or_default();
    Ok(upgrade.on_upgrade(move |socket| {
        tasks.track_future(live::serve(socket, context, viewer, since, token))
    }))
}

/// The upgrade itself, refused as a problem.
struct Upgrade(WebSocketUpgrade);

impl FromRequestParts<Context> for Upgrade {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Fault> {
        let upgrade = WebSocketUpgrade::from_request_parts(parts, context).await;
        upgrade.map(Self).map_err(|rejection| match rejection {
            WebSocketUpgradeRejection::InvalidConnectionHeader(_)
            | WebSocketUpgradeRejection::InvalidUpgradeHeader(_) => Refusal::WebSocketNeeded.into(),
            _ => Refusal::RequestMalformed.into(),
        })
    }
}
