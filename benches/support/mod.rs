//! What the socket benches share: a whole server in this process, on loopback, with its journal on
//! disk, and the figures they print.

use std::{
    net::SocketAddr,
    num::NonZeroU32,
    sync::Arc,
    time::{Duration, Instant},
};

use campus_dispatch::{
    domain::{
        Actor, Channel, Command, Role,
        account::{Account, Credential},
        classification::Zone,
        decide::{account::AddAccount, district::DefineSchool},
        district::{School, SchoolKind},
    },
    engine::{
        self, Engine, Submission,
        clock::{Clock, SystemClock},
    },
    journal::{Journal, sqlite::SqliteJournal},
    web,
};

/// A server with one operator and one school, and the operator's token.
pub struct House {
    pub address: SocketAddr,
    pub token: String,
    pub engine: Engine,
    _directory: Option<tempfile::TempDir>,
}

impl House {
    /// Opens the house on a free port, with its journal on a real disk.
    pub async fn open() -> Self {
        let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory");
        let journal = SqliteJournal::open(directory.path()).expect("a new journal");
        let mut house = Self::of(Box::new(journal), Arc::new(SystemClock::new())).await;
        house._directory = Some(directory);
        house
    }

    /// Opens one on a journal and a clock.
    pub async fn of(journal: Box<dyn Journal>, clock: Arc<dyn Clock>) -> Self {
        let engine = Engine::start(journal, None, clock, engine::Limits::default(), &mut |_, _| {})
            .expect("an empty journal replays");
        let token = web::secret::new_token();
        let account = account("bench", Role::Operator, &token);
        let school = School {
            id: "S-1".into(),
            name: "示例第一小学".to_owned(),
            kind: SchoolKind::Primary,
            zone: Zone::B,
            position: None,
            station: None,
            duty_windows: Vec::new(),
            contact: None,
        };
        for command in [
            Command::AddAccount(AddAccount { account }),
            Command::DefineSchool(DefineSchool { school }),
        ] {
            as_console(&engine, command).await;
        }
        let listener = listener();
        let address = listener.local_addr().expect("an address");
        let limits = web::Limits {
            sockets_per_account_max: 100_000,
            // Everybody comes at once, and asks more often than any person.
            connections_max: 1_000_000,
            requests_max: 1_000_000,
            requests_per_second_max: const { NonZeroU32::new(1_000_000).unwrap() },
            ..web::Limits::default()
        };
        let settings = web::Settings {
            allowed_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            demo: Vec::new(),
            setup: None,
            secure_cookies: false,
            access: web::AccessRules::default(),
            tiles: None,
            limits,
        };
        let limits = settings.limits.clone();
        let site = web::Site::of(engine.clone(), settings);
        tokio::spawn(web::serve(listener, site, limits, std::future::pending::<()>()));
        Self { address, token, engine, _directory: None }
    }

    /// Raises an alert over HTTP and says how long the answer took.
    ///
    /// # Panics
    /// When it is not answered 201: a bench of refusals would be worth nothing.
    pub async fn raise(&self, client: &reqwest::Client) -> Duration {
        let body = r#"{"source":"phone110","category":"FIGHT","school":"S-1","summary":"示例"}"#;
        let before = Instant::now();
        let answer = client
            .post(format!("http://{}/api/v1/alerts", self.address))
            .bearer_auth(&self.token)
            .header("content-type", "application/json")
            .header("idempotency-key", uuid::Uuid::new_v4().to_string())
            .body(body)
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 201, "the alert is raised");
        answer.bytes().await.expect("a whole answer");
        before.elapsed()
    }
}

/// A free port on loopback, with room for everybody who comes at once.
///
/// # Panics
/// Outside a runtime.
pub fn listener() -> tokio::net::TcpListener {
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    socket.bind("127.0.0.1:0".parse().expect("loopback")).expect("a free port");
    socket.listen(4_096).expect("listening")
}

/// An account that comes with a token.
pub fn account(name: &str, role: Role, token: &str) -> Account {
    Account {
        name: name.into(),
        role,
        unit: None,
        station: None,
        credential: Credential::Token { sha256: web::secret::digest(token) },
        disabled: false,
    }
}

/// Does something at the console of the machine.
pub async fn as_console(engine: &Engine, command: Command) {
    let actor = Actor::console(Channel::Console);
    engine.submit(Submission { actor, id: None, command }).await.expect("set up");
}

/// Prints p50, p99 and the maximum of some durations in milliseconds.
pub fn print_latencies(label: &str, mut latencies: Vec<Duration>) {
    latencies.sort_unstable();
    let at = |percent: usize| {
        let rank = (latencies.len() * percent).div_ceil(100).max(1);
        latencies.get(rank - 1).copied().unwrap_or_default().as_secs_f64() * 1e3
    };
    println!(
        "{label}: n {}, p50 {:.2} ms, p99 {:.2} ms, max {:.2} ms",
        latencies.len(),
        at(50),
        at(99),
        at(100)
    );
}

/// Seconds a bench runs: `BENCH_SECONDS`, else `default`.
pub fn bench_seconds(default: u64) -> Duration {
    let given = std::env::var("BENCH_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(given.unwrap_or(default))
}
