//! `/metrics`, as Prometheus reads it. It holds counts and times, nothing personal.

use std::{sync::OnceLock, thread, time::Duration};

use axum::{
    Router,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::web::context::Context;

/// The process has one recorder, however many routers it has.
static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Spans in seconds, from a quick read to a slow disk.
const BUCKETS: [f64; 12] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// Each span measured is kept until it is counted into its bucket, and there may be nobody who
/// looks: so that is done this often.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// Begins to record, unless somebody records already.
pub fn install() {
    RECORDER.get_or_init(|| {
        let spans = Matcher::Suffix("_seconds".to_owned());
        let builder = PrometheusBuilder::new().set_buckets_for_metric(spans, &BUCKETS).ok()?;
        let handle = builder.install_recorder().ok()?;
        keep_up(handle.clone());
        Some(handle)
    });
}

fn keep_up(handle: PrometheusHandle) {
    let keep_up = move || {
        loop {
            thread::sleep(UPKEEP_EVERY);
            handle.run_upkeep();
        }
    };
    if let Err(error) = thread::Builder::new().name("measures".to_owned()).spawn(keep_up) {
        tracing::warn!(%error, "what is measured piles up until /metrics is read");
    }
}

/// Where Prometheus looks.
pub fn routes() -> Router<Context> {
    Router::new().route("/metrics", get(render))
}

async fn render(State(context): State<Context>) -> Response {
    metrics::gauge!("campus_dispatch_journal_seq").set(context.engine.position().seq as f64);
    metrics::gauge!("campus_dispatch_live_sockets").set(context.seats.taken() as f64);
    let text = RECORDER.get().and_then(Option::as_ref).map(|handle| {
        handle.run_upkeep();
        handle.render()
    });
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (kind, text.unwrap_or_default()).into_response()
}
