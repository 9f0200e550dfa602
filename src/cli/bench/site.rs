//! A whole server in a temporary data directory, with an invented school (示例), one who raises
//! alerts and one who looks on.

use std::{net::SocketAddr, num::NonZeroU32, path::Path, sync::Arc};

use reqwest::Client;
use serde::Deserialize;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::{
    cli::{data_directory::check_file_system, failure::Failure},
    domain::{
        Actor, Channel, Command, Role,
        account::{Account, Credential},
        classification::Zone,
        decide::{account::AddAccount, district::DefineSchool},
        district::{School, SchoolKind},
    },
    engine::{self, Engine, Submission, clock::SystemClock},
    journal::sqlite::SqliteJournal,
    web::{self, secret},
};

/// The tokens are worth nothing: the server listens on this machine and is gone with the bench.
const OPERATOR: &str = "bench-operator";
pub const SCREEN: &str = "bench-screen";

const REPORT: &str =
    r#"{"mode":"test","source":"phone110","category":"FIGHT","school":"S-1","summary":"示例"}"#;

/// The server.
pub struct Site {
    pub address: SocketAddr,
    engine: Engine,
    client: Client,
    stop: CancellationToken,
    /// Removed at the end.
    _directory: TempDir,
}

/// What a raised alert is answered with.
#[derive(Deserialize)]
struct Outcome {
    seq: u64,
}

impl Site {
    /// Opens it on a disk.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn open(disk: &Path) -> Result<Self, Failure> {
        let directory = tempfile::Builder::new().prefix("campus-dispatch-bench-").tempdir_in(disk);
        let directory = directory.map_err(|error| {
            let disk = disk.display();
            Failure::new(format!("cannot write in {disk}: {error}; name another with --disk"))
        })?;
        check_file_system(directory.path())?;
        let journal = Box::new(SqliteJournal::open(directory.path())?);
        let clock = Arc::new(SystemClock::new());
        let limits = engine::Limits::default();
        let engine = Engine::start(journal, None, clock, limits, &mut |_, _| {})?;
        furnish(&engine).await?;
        let failed = |error| Failure::new(format!("cannot listen on this machine: {error}"));
        let listener = TcpListener::bind("127.0.0.1:0").await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let limits = web::Limits {
            sockets_per_account_max: usize::MAX,
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
            access: web::AccessRules::default(),
            tiles: None,
            limits: limits.clone(),
        };
        let site = web::Site::of(engine.clone(), settings);
        let stop = CancellationToken::new();
        tokio::spawn(web::serve(listener, site, limits, stop.clone().cancelled_owned()));
        let client = Client::builder().no_proxy().build().map_err(Failure::new)?;
        Ok(Self { address, engine, client, stop, _directory: directory })
    }

    /// Raises an alert; the position of its record, once it is on disk.
    ///
    /// # Errors
    /// When it is not answered with success.
    pub async fn raise(&self) -> Result<u64, Failure> {
        let request = self
            .client
            .post(format!("http://{}/api/v1/alerts", self.address))
            .bearer_auth(OPERATOR)
            .header("content-type", "application/json")
            .header("idempotency-key", uuid::Uuid::new_v4().to_string())
            .body(REPORT);
        let failed = |error| Failure::new(format!("an alert was not taken: {error}"));
        let answer = request.send().await.and_then(reqwest::Response::error_for_status);
        let outcome: Outcome = answer.map_err(failed)?.json().await.map_err(failed)?;
        Ok(outcome.seq)
    }

    /// Stops it.
    pub async fn close(&self) {
        self.stop.cancel();
        self.engine.stop().await;
    }
}

async fn furnish(engine: &Engine) -> Result<(), Failure> {
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
    let account = |name: &str, role| Account {
        name: name.into(),
        role,
        unit: None,
        station: None,
        credential: Credential::Token { sha256: secret::digest(name) },
        disabled: false,
    };
    let add = |account| Command::AddAccount(AddAccount { account });
    for command in [
        Command::DefineSchool(DefineSchool { school }),
        add(account(OPERATOR, Role::Operator)),
        add(account(SCREEN, Role::Screen)),
    ] {
        let actor = Actor::console(Channel::Console);
        let done = engine.submit(Submission { actor, id: None, command }).await;
        done.map_err(|error| Failure::new(format!("the bench cannot be set up: {error}")))?;
    }
    Ok(())
}
