//! Every bound of the web floor, gathered, each with its reason.

use std::{num::NonZeroU32, time::Duration};

use crate::{
    domain::{Role, Within, limit},
    intake::workbook,
};

/// Bounds on requests, sessions and sockets.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of a request's head; a cookie, a token and a query fit many times over.
    pub head_max: usize,
    /// Header lines of a request.
    pub headers_max: usize,
    /// A head that takes longer is somebody holding connections.
    pub head_within: Duration,
    /// How long a new connection may take to agree on its encryption.
    pub handshake_within: Duration,
    /// Bytes of a request's body: the largest policy fits.
    pub body_max: usize,
    /// Bytes of a file of schools, stations or units.
    pub import_max: usize,
    /// Rows of such a file, taken over beside a running dispatch; the rules take no more than
    /// [`limit::DEFINITIONS_MAX`].
    pub import_rows_max: usize,
    /// Bytes of all parts of a spreadsheet together, unpacked; never more than
    /// [`workbook::UNPACKED_MAX`], which its reader's memory rests on.
    pub import_unpacked_max: u64,
    /// How long a file may take to be read: one that takes longer hides something.
    pub import_within: Duration,
    /// A body that takes longer is somebody holding connections.
    pub body_within: Duration,
    /// Connections served at once; one more is told to come back. The system's limit on
    /// descriptors may allow fewer.
    pub connections_max: usize,
    /// Requests in progress at once. More of them do not finish sooner.
    pub requests_max: usize,
    /// How much of these two bounds phones and gateways may fill, in percent: the desk may all.
    pub phones_percent_max: usize,
    /// The same for those who look on: screens, managers and auditors.
    pub viewers_percent_max: usize,
    /// Requests of one account in a second; twice as many at once after a quiet second.
    pub requests_per_second_max: NonZeroU32,
    /// The same for a gateway: a city's alarms at once, and less than a host that has gone mad.
    pub gateway_requests_per_second_max: NonZeroU32,
    /// Requests from one address that prove no account, in a second; twice as many at once after a
    /// quiet one: a centre's desks behind one address log in within a minute.
    pub stranger_requests_per_second_max: NonZeroU32,
    /// Lists and objects of a body in one another; no route takes more than a handful.
    pub json_depth_max: usize,
    /// Characters of a password, between which it is taken.
    pub password_min: usize,
    pub password_max: usize,
    /// Passwords checked at once: each takes 19 MiB and a core for some 20 ms.
    pub password_checks_max: usize,
    /// Wrong passwords of an account from one address, or at one device, before the next must wait.
    pub login_tries_max: u32,
    /// Wrong passwords from one address, whatever the account: a centre may share one.
    pub address_tries_max: u32,
    /// The longest such a wait becomes.
    pub login_wait_max: Within,
    /// Without a try for so long, wrong ones are forgotten.
    pub login_forgotten_after: Within,
    /// How long a login at a desk lasts: one shift and its handover.
    pub desk_session: Within,
    /// How long a phone or a wall stays logged in.
    pub device_session: Within,
    /// How long a login of an administrator, manager or auditor lasts.
    pub office_session: Within,
    /// Unused for so long, a desk asks for the password before the next command.
    pub desk_idle: Within,
    /// Unused for so long, a login of an administrator, manager or auditor ends.
    pub office_idle: Within,
    /// Sessions of one account at once; a further login ends the oldest. The rules keep no more than
    /// [`limit::SESSIONS_PER_ACCOUNT_MAX`].
    pub sessions_per_account_max: usize,
    /// Looking at a caller's number again within this long is the same look: a page reads an open
    /// alert at every change.
    pub same_look_within: Within,
    /// How long refusals are counted together before they are told.
    pub refusals_told_within: Duration,
    /// Alerts on one page of a list: asked for at most, and given unasked.
    pub page_max: usize,
    pub page_default: usize,
    /// Alerts looked at for one page; a page that stops here is short but has a cursor.
    pub scan_max: usize,

    /// Live sockets of one account.
    pub sockets_per_account_max: usize,
    /// Bytes of a client's message; clients have nothing to say.
    pub message_max: usize,
    /// Messages a client may send within a second.
    pub messages_per_second_max: u32,
    /// Records kept encoded for the sockets; no use is made of more than [`Self::behind_max`], but
    /// for those that come while one is read.
    pub log_max: usize,
    /// A socket so many records behind gets a new snapshot: its reader wants the present.
    pub behind_max: u64,
    /// The same in bytes.
    pub behind_bytes_max: usize,
    /// The same in time, unless little is left to send.
    pub behind_within: Duration,
    /// Bytes of a socket that wait in the system at most: what lies there cannot be overtaken by the
    /// present.
    pub unsent_max: u32,
    /// Nothing of what waits could be written for this long: nobody reads.
    pub write_within: Duration,
    /// Between two heartbeats.
    pub heartbeat: Duration,
    /// Nothing heard from a socket for this long, pings unanswered: nobody is there.
    pub silence_max: Duration,
    /// A snapshot this many records old is shared, and continued from the log.
    pub snapshot_shared_for: u64,
    /// How long a stop waits for requests and sockets to end.
    pub stop_within: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_max: 16 * 1024,
            headers_max: 64,
            head_within: Duration::from_secs(5),
            handshake_within: Duration::from_secs(5),
            body_max: 256 * 1024,
            import_max: 10 * 1024 * 1024,
            import_rows_max: limit::DEFINITIONS_MAX,
            import_unpacked_max: workbook::UNPACKED_MAX,
            import_within: Duration::from_secs(10),
            body_within: Duration::from_secs(15),
            connections_max: 20_000,
            requests_max: 1_024,
            phones_percent_max: 75,
            viewers_percent_max: 50,
            requests_per_second_max: const { NonZeroU32::new(200).unwrap() },
            gateway_requests_per_second_max: const { NonZeroU32::new(50).unwrap() },
            stranger_requests_per_second_max: const { NonZeroU32::new(50).unwrap() },
            json_depth_max: 32,
            password_min: 8,
            password_max: 256,
            password_checks_max: 4,
            login_tries_max: 5,
            address_tries_max: 50,
            login_wait_max: Within::from_seconds(60),
            login_forgotten_after: Within::from_seconds(15 * 60),
            desk_session: Within::from_seconds(12 * 3600),
            device_session: Within::from_seconds(30 * 24 * 3600),
            office_session: Within::from_seconds(12 * 3600),
            desk_idle: Within::from_seconds(15 * 60),
            office_idle: Within::from_seconds(30 * 60),
            sessions_per_account_max: limit::SESSIONS_PER_ACCOUNT_MAX,
            same_look_within: Within::from_seconds(600),
            refusals_told_within: Duration::from_secs(600),
            page_max: 200,
            page_default: 50,
            scan_max: 100_000,
            sockets_per_account_max: 8,
            message_max: 16 * 1024,
            messages_per_second_max: 20,
            log_max: 2_048,
            behind_max: 2_000,
            behind_bytes_max: 1024 * 1024,
            behind_within: Duration::from_secs(2),
            unsent_max: 64 * 1024,
            write_within: Duration::from_secs(30),
            heartbeat: Duration::from_secs(5),
            silence_max: Duration::from_secs(45),
            snapshot_shared_for: 64,
            stop_within: Duration::from_secs(10),
        }
    }
}

impl Limits {
    /// How long a login of that role lasts.
    pub fn session_of(&self, role: Role) -> Within {
        match role {
            Role::Unit | Role::Screen => self.device_session,
            Role::Admin | Role::Manager | Role::Auditor => self.office_session,
            _ => self.desk_session,
        }
    }

    /// How many of so many places a role may have filled.
    pub fn share_of(&self, role: Role, places: usize) -> usize {
        let percent = match role {
            Role::Operator | Role::Supervisor | Role::Admin | Role::Console | Role::System => 100,
            Role::Unit | Role::Gateway => self.phones_percent_max,
            Role::Screen | Role::Manager | Role::Auditor => self.viewers_percent_max,
        };
        places.saturating_mul(percent).div_ceil(100)
    }

    /// How long a login of that role lasts unused. A desk is locked instead, and nobody sits at a
    /// wall; a phone in a pocket is on duty.
    pub fn idle_of(&self, role: Role) -> Option<Within> {
        matches!(role, Role::Admin | Role::Manager | Role::Auditor).then_some(self.office_idle)
    }
}
