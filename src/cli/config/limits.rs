//! The bounds that can be moved: those of the engine, of the web and of the command line, under the
//! names they have there. The floors say what each is for.

use std::{num::NonZeroU32, time::Duration};

use serde::{Deserialize, Serialize};

use crate::{
    cli,
    domain::{
        Within,
        limit::{DEFINITIONS_MAX, SESSIONS_PER_ACCOUNT_MAX},
    },
    engine,
    intake::workbook::UNPACKED_MAX,
    web,
};

/// Declares the bounds once: name, type and the floor that holds it.
macro_rules! limits {
    (
        engine: { $($engine:ident: $engine_type:ty,)+ }
        cli: { $($cli:ident: $cli_type:ty,)+ }
        web: { $($web:ident: $web_type:ty,)+ }
        web spans: { $($span:ident,)+ }
        web sessions: { $($session:ident,)+ }
    ) => {
        /// Every bound, by name. Spans are written with a unit, as `10s` or `12h`.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Limits {
            $(pub $engine: $engine_type,)+
            $(pub $cli: $cli_type,)+
            $(pub $web: $web_type,)+
            $(#[serde(with = "humantime_serde")] pub $span: Duration,)+
            $(#[serde(with = "humantime_serde")] pub $session: Duration,)+
        }

        impl Default for Limits {
            fn default() -> Self {
                let (engine, web) = (engine::Limits::default(), web::Limits::default());
                let cli = cli::limits::Limits::default();
                Self {
                    $($engine: engine.$engine,)+
                    $($cli: cli.$cli,)+
                    $($web: web.$web,)+
                    $($span: web.$span,)+
                    $($session: duration(web.$session),)+
                }
            }
        }

        impl Limits {
            /// The engine's share.
            pub fn engine(&self) -> engine::Limits {
                engine::Limits { $($engine: self.$engine,)+ }
            }

            /// The command line's share.
            pub fn cli(&self) -> cli::limits::Limits {
                cli::limits::Limits { $($cli: self.$cli,)+ }
            }

            /// The web's share.
            pub fn web(&self) -> web::Limits {
                web::Limits {
                    $($web: self.$web,)+
                    $($span: self.$span,)+
                    $($session: within(self.$session),)+
                }
            }
        }
    };
}

limits! {
    engine: {
        mailbox_max: usize,
        batch_max: usize,
        ring_max: usize,
        snapshot_every: u64,
    }
    cli: {
        district_file_max: u64,
        district_rows_max: usize,
        district_unpacked_max: u64,
        history_rows_max: u64,
        history_bad_rows_max: usize,
    }
    web: {
        head_max: usize,
        headers_max: usize,
        body_max: usize,
        import_max: usize,
        import_rows_max: usize,
        import_unpacked_max: u64,
        connections_max: usize,
        requests_max: usize,
        phones_percent_max: usize,
        viewers_percent_max: usize,
        requests_per_second_max: NonZeroU32,
        gateway_requests_per_second_max: NonZeroU32,
        stranger_requests_per_second_max: NonZeroU32,
        json_depth_max: usize,
        password_min: usize,
        password_max: usize,
        password_checks_max: usize,
        login_tries_max: u32,
        address_tries_max: u32,
        sessions_per_account_max: usize,
        page_max: usize,
        page_default: usize,
        scan_max: usize,
        sockets_per_account_max: usize,
        message_max: usize,
        messages_per_second_max: u32,
        log_max: usize,
        behind_max: u64,
        behind_bytes_max: usize,
        unsent_max: u32,
        snapshot_shared_for: u64,
    }
    web spans: {
        head_within,
        handshake_within,
        body_within,
        import_within,
        refusals_told_within,
        behind_within,
        write_within,
        heartbeat,
        silence_max,
        stop_within,
    }
    web sessions: {
        desk_session,
        device_session,
        office_session,
        desk_idle,
        office_idle,
        login_wait_max,
        login_forgotten_after,
        same_look_within,
    }
}

impl Limits {
    /// The name of a bound that is 0 and would stop everything; 0 says "never" for snapshots.
    pub(super) fn zero(&self) -> Option<String> {
        let table = toml::Table::try_from(self).expect("bounds have a TOML form");
        let is_zero = |value: &toml::Value| match value {
            toml::Value::Integer(bound) => *bound == 0,
            toml::Value::String(span) => humantime::parse_duration(span) == Ok(Duration::ZERO),
            _ => false,
        };
        let found = table.iter().find(|(name, value)| *name != "snapshot_every" && is_zero(value));
        found.map(|(name, _)| name.clone())
    }

    /// What is beyond the most the rules take, in words.
    pub(super) fn out_of_bounds(&self) -> Option<String> {
        let sessions = self.sessions_per_account_max;
        let bounded = [
            ("import_rows_max", self.import_rows_max as u64, DEFINITIONS_MAX as u64),
            ("import_unpacked_max", self.import_unpacked_max, UNPACKED_MAX),
            ("district_unpacked_max", self.district_unpacked_max, UNPACKED_MAX),
            ("sessions_per_account_max", sessions as u64, SESSIONS_PER_ACCOUNT_MAX as u64),
            ("phones_percent_max", self.phones_percent_max as u64, 100),
            ("viewers_percent_max", self.viewers_percent_max as u64, 100),
        ];
        let beyond = bounded.into_iter().find(|(_, set, most)| set > most);
        beyond.map(|(name, set, most)| format!("`limits.{name}` is {set}; it goes up to {most}"))
    }
}

fn duration(span: Within) -> Duration {
    Duration::from_millis(span.millis().unsigned_abs())
}

fn within(span: Duration) -> Within {
    Within::from_millis(i64::try_from(span.as_millis()).unwrap_or(i64::MAX))
}
