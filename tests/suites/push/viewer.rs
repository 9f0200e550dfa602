//! Somebody who watches: a board that takes frames as the screens do.

use std::{collections::BTreeMap, time::Duration};

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{
        Error, Message,
        client::IntoClientRequest,
        handshake::client::{Request, Response},
    },
};

use crate::web::{
    actor::{Caller, Credentials},
    house::House,
};

/// Nothing a test waits for takes this long; it only keeps a broken server from hanging a test.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Viewer {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// The board: the last whole state of each thing, as of one position.
#[derive(Debug, Default, PartialEq)]
pub struct Board {
    pub epoch: String,
    pub position: u64,
    pub alerts: BTreeMap<u64, Value>,
    pub units: BTreeMap<String, Value>,
    pub schools: BTreeMap<String, Value>,
    pub stations: BTreeMap<String, Value>,
}

/// The upgrade of a caller, with its credentials.
pub fn request(caller: &Caller, query: &str) -> Request {
    let url = format!("ws://{}/api/v1/live{query}", caller.address);
    let mut request = url.into_client_request().expect("an address");
    let (name, value) = match &caller.credentials {
        Credentials::Token(token) => ("authorization", format!("Bearer {token}")),
        Credentials::Cookie(token) => ("cookie", format!("campus_session={token}")),
        Credentials::None => return request,
    };
    request.headers_mut().insert(name, value.parse().expect("a header"));
    request
}

/// The status an upgrade is refused with.
pub async fn refusal(request: Request) -> u16 {
    match connect_async(request).await {
        Err(Error::Http(response)) => response.status().as_u16(),
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("let in"),
    }
}

impl Viewer {
    pub async fn opens(caller: &Caller) -> Self {
        Self::opens_at(caller, "").await
    }

    pub async fn opens_at(caller: &Caller, query: &str) -> Self {
        Self::upgrades(request(caller, query)).await
    }

    pub async fn upgrades(request: Request) -> Self {
        let (socket, _): (_, Response) = connect_async(request).await.expect("let in");
        Self { socket }
    }

    /// Opens and takes hello and snapshot.
    pub async fn watches(caller: &Caller) -> (Self, Board) {
        let mut viewer = Self::opens(caller).await;
        let board = viewer.shown("fresh").await;
        (viewer, board)
    }

    /// Takes a hello that says why a snapshot follows, and the snapshot.
    pub async fn shown(&mut self, reason: &str) -> Board {
        let hello = self.next().await;
        assert_eq!(hello["frame"], "hello", "{hello}");
        assert_eq!((&hello["resumed"], &hello["reason"]), (&Value::Bool(false), &reason.into()));
        let snapshot = self.next().await;
        assert_eq!(snapshot["frame"], "snapshot", "{snapshot}");
        assert_eq!(snapshot["seq"], hello["seq"]);
        Board::of(&hello, &snapshot)
    }

    /// The next frame.
    pub async fn next(&mut self) -> Value {
        match self.message().await {
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text).expect("JSON"),
            other => panic!("no frame but {other:?}"),
        }
    }

    /// Takes frames until the board has reached a position.
    pub async fn reaches(&mut self, board: &mut Board, position: u64) -> Vec<Value> {
        let mut frames = Vec::new();
        while board.position < position {
            let frame = self.next().await;
            board.takes(&frame);
            frames.push(frame);
        }
        frames
    }

    /// Waits for the close frame; its code.
    pub async fn ends(&mut self) -> u16 {
        loop {
            match self.message().await {
                Some(Ok(Message::Close(Some(frame)))) => return frame.code.into(),
                Some(Ok(_)) => {}
                other => panic!("no close frame but {other:?}"),
            }
        }
    }

    /// Waits for the close frame, and not for longer than that; its code.
    pub async fn ends_within(&mut self, longest: Duration) -> u16 {
        timeout(longest, self.ends()).await.expect("the socket is closed in time")
    }

    /// Insists that nothing but the close frame comes; its code.
    pub async fn ends_at_once(&mut self) -> u16 {
        match self.message().await {
            Some(Ok(Message::Close(Some(frame)))) => frame.code.into(),
            other => panic!("no close frame but {other:?}"),
        }
    }

    /// Waits until the line is cut, without a close frame.
    #[cfg(feature = "planted-faults")]
    pub async fn is_cut_off(&mut self) {
        loop {
            match self.message().await {
                Some(Ok(Message::Close(frame))) => panic!("closed in order: {frame:?}"),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return,
            }
        }
    }

    /// Whether the first word is hello, and not that there are too many.
    pub async fn is_let_in(&mut self) -> bool {
        match self.message().await {
            Some(Ok(Message::Text(_))) => true,
            Some(Ok(Message::Close(Some(frame)))) if u16::from(frame.code) == 4003 => false,
            other => panic!("neither hello nor too many but {other:?}"),
        }
    }

    /// Closes in order and waits until the server has, too.
    pub async fn leaves(&mut self) {
        self.socket.close(None).await.expect("closed");
        while self.message().await.is_some_and(|message| message.is_ok()) {}
    }

    pub async fn says(&mut self, message: Message) {
        // A server that has hung up already hears nothing more.
        let _ = self.socket.send(message).await;
    }

    /// The stream under the socket.
    pub fn stream(&mut self) -> &mut TcpStream {
        match self.socket.get_mut() {
            MaybeTlsStream::Plain(stream) => stream,
            _ => unreachable!("loopback is plain"),
        }
    }

    /// The next message that is no ping.
    async fn message(&mut self) -> Option<Result<Message, Error>> {
        loop {
            match timeout(PATIENCE, self.socket.next()).await.expect("a message in time") {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                message => return message,
            }
        }
    }
}

impl Board {
    fn of(hello: &Value, snapshot: &Value) -> Self {
        let list = |name: &str| snapshot[name].as_array().expect("a list").clone();
        let by_text =
            |name: &str| list(name).into_iter().map(|one| (text(&one["id"]), one)).collect();
        let alerts = list("alerts").into_iter();
        Self {
            epoch: text(&hello["epoch"]),
            position: snapshot["seq"].as_u64().expect("a position"),
            alerts: alerts.map(|alert| (alert["id"].as_u64().expect("an id"), alert)).collect(),
            units: by_text("units"),
            schools: by_text("schools"),
            stations: by_text("stations"),
        }
    }

    /// Takes a frame in; a gap or something told twice fails the test.
    pub fn takes(&mut self, frame: &Value) {
        let seq = frame["seq"].as_u64().expect("a position");
        match frame["frame"].as_str() {
            Some("change") => {
                let previous = frame["previous"].as_u64().expect("a position");
                assert!(previous <= self.position, "a gap: {frame}");
                assert!(seq > self.position, "told twice: {frame}");
            }
            Some("heartbeat") => {
                assert!(seq >= self.position, "back in time: {frame}");
                self.position = seq;
                return;
            }
            _ => panic!("unexpected: {frame}"),
        }
        self.position = seq;
        if let Some(alert) = frame.get("alert") {
            self.alerts.insert(alert["id"].as_u64().expect("an id"), alert.clone());
        }
        for unit in frame.get("units").and_then(Value::as_array).into_iter().flatten() {
            self.units.insert(text(&unit["id"]), unit.clone());
        }
        for (put, gone, map) in [
            ("school", "school_removed", &mut self.schools),
            ("station", "station_removed", &mut self.stations),
        ] {
            if let Some(one) = frame.get(put) {
                map.insert(text(&one["id"]), one.clone());
            }
            if let Some(id) = frame.get(gone) {
                map.remove(&text(id));
            }
        }
        if let Some(id) = frame.get("unit_removed") {
            self.units.remove(&text(id));
        }
    }

    /// What one would be shown who came now, without what is judged by the clock.
    pub async fn fresh(house: &House, caller: &Caller) -> Self {
        house.engine.picture().await.expect("the writer takes its turn");
        let (_, board) = Viewer::watches(caller).await;
        board
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
