//! A replay against a whole server: a board that follows it misses no frame and gets none twice.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc, time::Duration};

use campus_dispatch::{
    cli::{
        self,
        history::{ReplayArgs, replay},
    },
    domain::{
        Actor, Channel, Command, Role, Stage,
        account::{Account, Credential},
        decide::account::AddAccount,
        id::AlertId,
    },
    engine::{Engine, Limits, Submission, clock::SystemClock},
    journal::memory::MemoryDisk,
    web,
};
use futures_util::StreamExt;
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};

use super::support::{in_repository, shared};

/// Long enough for a slow machine; nothing is judged by it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A whole server with a gateway, an operator and an admin.
struct House {
    address: SocketAddr,
    engine: Engine,
    tokens: BTreeMap<&'static str, String>,
    serving: JoinHandle<()>,
}

impl House {
    async fn open() -> Self {
        let journal = Box::new(MemoryDisk::default().open().expect("a journal"));
        let clock = Arc::new(SystemClock::new());
        let engine = Engine::start(journal, None, clock, Limits::default(), &mut |_, _| {});
        let engine = engine.expect("a start");
        let mut tokens = BTreeMap::new();
        let roles =
            [("gateway", Role::Gateway), ("operator", Role::Operator), ("admin", Role::Admin)];
        for (name, role) in roles {
            let token = web::secret::new_token();
            let credential = Credential::Token { sha256: web::secret::digest(&token) };
            let (unit, station, disabled) = (None, None, false);
            let account = Account { name: name.into(), role, unit, station, credential, disabled };
            let command = Command::AddAccount(AddAccount { account });
            let actor = Actor::console(Channel::Console);
            engine.submit(Submission { actor, id: None, command }).await.expect("an account");
            tokens.insert(name, token);
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let settings = web::Settings {
            allowed_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            demo: Vec::new(),
            setup: None,
            secure_cookies: false,
            access: web::AccessRules::default(),
            tiles: None,
            limits: web::Limits::default(),
        };
        let site = web::Site::of(engine.clone(), settings);
        let serving = tokio::spawn(async move {
            let (limits, forever) = (web::Limits::default(), std::future::pending::<()>());
            web::serve(listener, site, limits, forever).await.expect("serving");
        });
        Self { address, engine, tokens, serving }
    }

    fn args(&self, file: &str, mapping: &str) -> ReplayArgs {
        ReplayArgs {
            file: shared(file),
            mapping: in_repository("tests/data/mappings").join(mapping),
            speed: 50_000.0,
            server: format!("http://{}", self.address),
            operator_token: self.tokens["operator"].clone(),
            admin_token: self.tokens["admin"].clone(),
            gateway_token: Some(self.tokens["gateway"].clone()),
            // Before that day there are only stragglers, weeks apart.
            from: Some("2026-01-15".to_owned()).filter(|_| file.contains("2026")),
            to: None,
            calls: Some(150),
            longest_gap: None,
            skip_bad: false,
        }
    }

    /// A board that follows from now on and has its snapshot.
    async fn board(&self) -> Board {
        let url = format!("ws://{}/api/v1/live", self.address);
        let mut request = url.into_client_request().expect("an address");
        let bearer = format!("Bearer {}", self.tokens["operator"]);
        request.headers_mut().insert("authorization", bearer.parse().expect("a header"));
        let (socket, _) = tokio_tungstenite::connect_async(request).await.expect("a socket");
        let mut board =
            Board { socket, position: 0, kinds: BTreeMap::new(), alerts: BTreeMap::new() };
        while board.position == 0 {
            board.take().await;
        }
        board
    }
}

type Socket =
    tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

/// What a board knows: nothing but its frames.
struct Board {
    socket: Socket,
    position: u64,
    kinds: BTreeMap<String, usize>,
    alerts: BTreeMap<u64, (u64, String)>,
}

impl Board {
    /// Takes the next frame, which must follow the one before without a gap or a repetition.
    async fn take(&mut self) {
        let next = tokio::time::timeout(PATIENCE, self.socket.next()).await.expect("a frame");
        let message = next.expect("an open socket").expect("a whole frame");
        let Message::Text(text) = message else { return };
        let frame: Value = serde_json::from_str(&text).expect("JSON");
        let seq = frame["seq"].as_u64().expect("a position");
        match frame["frame"].as_str() {
            Some("snapshot") => self.position = seq,
            Some("heartbeat") => assert!(seq <= self.position || self.kinds.is_empty(), "missed"),
            Some("change") => {
                let previous = frame["previous"].as_u64().expect("a position");
                assert!(previous <= self.position, "a gap: {} to {previous}", self.position);
                assert!(self.position < seq, "twice: {seq} at {}", self.position);
                self.position = seq;
                let kind = frame["kind"].as_str().expect("a kind").to_owned();
                *self.kinds.entry(kind).or_default() += 1;
                if let Some(id) = frame["alert"]["id"].as_u64() {
                    let stage = frame["alert"]["stage"].as_str().expect("a stage").to_owned();
                    self.alerts.insert(id, (seq, stage));
                }
            }
            _ => {}
        }
    }

    fn kind(&self, kind: &str) -> usize {
        self.kinds.get(kind).copied().unwrap_or_default()
    }
}

async fn replayed(file: &str, mapping: &str) -> (House, Board) {
    let house = House::open().await;
    let mut board = house.board().await;
    let mut out = Vec::new();
    let args = house.args(file, mapping);
    let playing = replay(&args, cli::limits::Limits::default(), std::future::pending(), &mut out);
    tokio::pin!(playing);
    let played = loop {
        tokio::select! {
            played = &mut playing => break played.expect("a replay"),
            () = board.take() => {}
        }
    };
    assert_eq!(played.refused, BTreeMap::new());
    while house.engine.board().alerts_before(None).any(|alert| {
        board.alerts.get(&u64::from(alert.id.0)).is_none_or(|(seq, _)| *seq < alert.changed_seq)
    }) {
        board.take().await;
    }
    (house, board)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replay_of_the_fire_calls_reaches_the_board_whole() {
    let (house, board) = replayed("sf-fire-calls-2017-01-02_04.csv", "sf-fire-calls.toml").await;
    assert_eq!((board.kind("alert_raised"), board.kind("alert_closed")), (150, 150));
    let closed = board.alerts.values().filter(|(_, stage)| stage == "closed").count();
    assert_eq!(closed, 150);
    house.serving.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replay_of_the_police_calls_leaves_open_what_was_open() {
    let (house, board) = replayed("sf-police-calls-2026-01-15.csv", "sf-police-calls.toml").await;
    for (id, (_, stage)) in &board.alerts {
        let id = AlertId(u32::try_from(*id).expect("an id"));
        let alert = house.engine.board().alert(id).expect("the alert");
        assert_eq!(stage == "closed", alert.stage() == Stage::Closed);
    }
    assert_eq!(board.kind("alert_raised"), 150);
    house.serving.abort();
}
