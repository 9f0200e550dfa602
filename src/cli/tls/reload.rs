//! New certificate files taken up while serving: at SIGHUP, and when a file has changed. What cannot
//! be used is told and changes nothing.

use std::{
    convert::Infallible,
    fs, io,
    path::Path,
    time::{Duration, SystemTime},
};

use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    time::{MissedTickBehavior, interval},
};

use super::{Tls, files};
use crate::{
    cli::{
        config::{InForce, TlsFiles},
        data_directory::wall_clock,
        failure::Failure,
    },
    domain::Timestamp,
};

/// Between two looks at the files.
const LOOKS_EVERY: Duration = Duration::from_secs(10);
/// From this long before its end on, a certificate's end is warned of.
const WARNED_BEFORE_DAYS: i64 = 30;
/// Looks between two warnings: a day of them.
const WARNED_EVERY: u32 = 8_640;

/// Listens to SIGHUP, which would otherwise end the process.
///
/// # Errors
/// When the signal cannot be listened to.
pub fn hang_up() -> Result<Signal, Failure> {
    signal(SignalKind::hangup())
        .map_err(|error| Failure::new(format!("cannot listen to signals: {error}")))
}

/// Keeps the certificate in force what the files say, for as long as it is polled, and records each
/// that is taken up.
pub async fn keep(tls: Option<&Tls>, mut hang_up: Signal, in_force: &InForce) -> Infallible {
    if let Some(tls) = tls {
        note_expiry(tls.good_until, wall_clock());
    }
    let mut looks = interval(LOOKS_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut seen = tls.map(|tls| Looks::of(&tls.files));
    let mut until_warned = WARNED_EVERY;
    loop {
        let asked = tokio::select! {
            Some(()) = hang_up.recv() => true,
            _ = looks.tick() => false,
        };
        let Some(tls) = tls else {
            if asked {
                tracing::info!("asked to read the certificate again, but none is configured");
            }
            continue;
        };
        let looks = Looks::of(&tls.files);
        until_warned = until_warned.saturating_sub(1);
        if asked || seen.as_ref() != Some(&looks) || until_warned == 0 {
            if let Some(fingerprint) = read_again(tls) {
                in_force.tell(Some(&fingerprint)).await;
            }
            seen = Some(looks);
            until_warned = WARNED_EVERY;
        }
    }
}

/// Takes the certificate up; its fingerprint, where it can be used.
fn read_again(tls: &Tls) -> Option<String> {
    let now = wall_clock();
    let exchanged = files::load(&tls.files, now).and_then(|loaded| {
        let (good_until, fingerprint) = (loaded.good_until, loaded.fingerprint);
        tls.encryption.exchange(loaded.identity).map_err(|error| {
            files::refused(&tls.files.key, format!("does not fit the certificate: {error}"))
        })?;
        Ok((good_until, fingerprint))
    });
    match exchanged {
        Ok((good_until, fingerprint)) => {
            tracing::info!(%good_until, "the certificate was read again");
            note_expiry(good_until, now);
            Some(fingerprint)
        }
        Err(failure) => {
            metrics::counter!("campus_dispatch_certificate_refused_total").increment(1);
            tracing::error!(%failure, "the certificate stays as it was");
            None
        }
    }
}

/// Says until when the certificate is good, louder when that is soon.
pub fn note_expiry(good_until: Timestamp, now: Timestamp) {
    let left = (good_until - now).millis() / 86_400_000;
    metrics::gauge!("campus_dispatch_certificate_good_until").set(good_until.millis() as f64 / 1e3);
    if left < WARNED_BEFORE_DAYS {
        tracing::warn!(%good_until, days_left = left, "the certificate ends soon; have a new one issued");
    }
}

/// By what a change of the files is seen.
#[derive(PartialEq)]
struct Looks([Option<(SystemTime, u64)>; 2]);

impl Looks {
    fn of(files: &TlsFiles) -> Self {
        let look = |path: &Path| -> io::Result<_> {
            let metadata = fs::metadata(path)?;
            Ok((metadata.modified()?, metadata.len()))
        };
        Self([look(&files.certificate).ok(), look(&files.key).ok()])
    }
}
