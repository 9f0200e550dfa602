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
    engine::{self, Engine, Submission, clock::SystemClock},
    journal::sqlite::SqliteJournal,
    web,
};

/// A server with one operator and one school, and the operator's token.
pub struct House {
    pub address: SocketAddr,
    pub token: String,
    pub engine: Engine,
    _directory: tempfile::TempDir,
}

impl House {
    /// Opens the house on a free port.
    pub async fn open() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let journal = SqliteJournal::open(directory.path()).expect("a new journal");
        let engine = Engine::start(
            Box::new(journal),
            None,
            Arc::new(SystemClock::new()),
            engine::Limits::default(),
            &mut |_, _| {},
        )
        .expect("an empty journal replays");
        let token = web::secret::new_token();
        let account = Account {
            name: "bench".into(),
            role: Role::Operator,
            unit: None,
            station: None,
            credential: Credential::Token { sha256: web::secret::digest(&token) },
            disabled: false,
        };
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
            let actor = Actor::console(Channel::Console);
            engine.submit(Submission { actor, id: None, command }).await.expect("set up");
        }
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let limits = web::Limits {
            sockets_per_account_max: 100_000,
            // A bench asks more often than any person.
            requests_per_second_max: const { NonZeroU32::new(1_000_000).unwrap() },
            ..web::Limits::default()
        };
        let settings = web::Settings {
            allowed_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            demo: Vec::new(),
            setup: None,
            secure_cookies: false,
            tiles: None,
            limits,
        };
        let limits = settings.limits.clone();
        let router = web::router(engine.clone(), settings);
        tokio::spawn(web::serve(listener, router, limits, std::future::pending::<()>()));
        Self { address, token, engine, _directory: directory }
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
