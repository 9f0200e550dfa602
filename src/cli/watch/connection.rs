//! The way to the server: connect, read, and come back after a cut where it broke off.

use std::{io, time::Duration};

use futures_util::StreamExt;
use rustls::pki_types::ServerName;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    sync::mpsc,
    time::sleep,
};
use tokio_rustls::TlsConnector;
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{
        Error, Message,
        client::IntoClientRequest,
        handshake::client::Request,
        http::{HeaderValue, header::AUTHORIZATION},
        protocol::{CloseFrame, frame::coding::CloseCode},
    },
};

use super::board::{Board, Frame};
use crate::{
    cli::{data_directory::wall_clock, failure::Failure, tls::trust::TrustArgs},
    domain::Timestamp,
};

/// Waits between attempts; the last one is kept.
const WAITS: [u64; 4] = [1, 2, 5, 10];

/// Close codes after which nobody should come back.
const FINAL: [u16; 3] = [1009, 4001, 4003];

/// What the connection tells.
#[derive(Debug)]
pub enum News {
    Frame(Frame),
    /// Cut off; it comes back by itself.
    Lost {
        why: String,
        again_in: Duration,
    },
    /// The server does not want this connection.
    Refused(String),
}

/// Whom to follow, as whom.
#[derive(Clone)]
pub struct Server {
    live: String,
    authorization: HeaderValue,
    encryption: Option<TlsConnector>,
}

/// What a socket is read from, in the clear or not.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

impl Server {
    /// A server by its address, such as `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// When the address or the token cannot be used.
    pub fn new(address: &str, token: &str, trust: &TrustArgs) -> Result<Self, Failure> {
        let (scheme, rest, encryption) = match address.split_once("://") {
            Some(("http", rest)) => ("ws", rest, None),
            Some(("https", rest)) => ("wss", rest, Some(trust.client()?.into())),
            _ => {
                return Err(Failure::usage(format!(
                    "\"{address}\" is no address such as https://127.0.0.1:8443"
                )));
            }
        };
        let mut authorization = HeaderValue::from_str(&format!("Bearer {token}"))
            .map_err(|_| Failure::usage("the token holds characters no token has"))?;
        authorization.set_sensitive(true);
        let live = format!("{scheme}://{}/api/v1/live", rest.trim_end_matches('/'));
        Ok(Self { live, authorization, encryption })
    }

    fn request(&self, position: Option<(&str, u64)>) -> Result<Request, Error> {
        let address = match position {
            Some((epoch, seq)) => format!("{}?epoch={epoch}&since={seq}", self.live),
            None => self.live.clone(),
        };
        let mut request = address.into_client_request()?;
        request.headers_mut().insert(AUTHORIZATION, self.authorization.clone());
        Ok(request)
    }

    async fn connect(&self, request: Request) -> Result<WebSocketStream<Box<dyn Stream>>, Error> {
        let host = request.uri().host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let usual = if self.encryption.is_some() { 443 } else { 80 };
        let port = request.uri().port_u16().unwrap_or(usual);
        let stream = TcpStream::connect((host.as_str(), port)).await?;
        let stream: Box<dyn Stream> = match &self.encryption {
            None => Box::new(stream),
            Some(encryption) => {
                let name = ServerName::try_from(host)
                    .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
                Box::new(encryption.connect(name, stream).await?)
            }
        };
        let (socket, _) = client_async(request, stream).await?;
        Ok(socket)
    }
}

/// How a connection ended.
enum End {
    Lost(String),
    Refused(String),
    /// Nobody listens any more.
    Unheard,
}

/// Follows the server until it refuses or nobody listens.
pub async fn follow(server: Server, tell: mpsc::Sender<News>) {
    let mut board = Board::default();
    let mut attempts = 0;
    loop {
        let mut heard = false;
        match attend(&server, &mut board, &tell, &mut heard).await {
            End::Unheard => return,
            End::Refused(why) => {
                let _ = tell.send(News::Refused(why)).await;
                return;
            }
            End::Lost(why) => {
                attempts = if heard { 0 } else { attempts + 1 };
                let again_in = Duration::from_secs(WAITS[attempts.min(WAITS.len() - 1)]);
                if tell.send(News::Lost { why, again_in }).await.is_err() {
                    return;
                }
                sleep(again_in).await;
            }
        }
    }
}

/// One connection, from its beginning to its end. The board kept here is only for its position.
async fn attend(
    server: &Server,
    board: &mut Board,
    tell: &mpsc::Sender<News>,
    heard: &mut bool,
) -> End {
    let request = match server.request(board.position()) {
        Ok(request) => request,
        Err(error) => return End::Refused(format!("the address cannot be used: {error}")),
    };
    let mut socket = match server.connect(request).await {
        Ok(socket) => socket,
        Err(Error::Http(answer)) if answer.status().is_client_error() => {
            return End::Refused(format!(
                "the server refuses this connection ({}); check the token and its account's role",
                answer.status()
            ));
        }
        Err(error) => return End::Lost(error.to_string()),
    };
    while let Some(message) = socket.next().await {
        match message {
            Ok(Message::Text(text)) => {
                let Ok(frame) = serde_json::from_str::<Frame>(&text) else {
                    return End::Lost("a message could not be read".to_owned());
                };
                *heard = true;
                if board.take(frame.clone(), local_now()).is_err() {
                    return End::Lost("records are missing; asking for a new picture".to_owned());
                }
                if tell.send(News::Frame(frame)).await.is_err() {
                    return End::Unheard;
                }
            }
            Ok(Message::Close(close)) => return closed(close),
            Ok(_) => {}
            Err(error) => return End::Lost(error.to_string()),
        }
    }
    End::Lost("the connection ended".to_owned())
}

fn closed(close: Option<CloseFrame>) -> End {
    let Some(CloseFrame { code, reason }) = close else {
        return End::Lost("the server closed the connection".to_owned());
    };
    let why = match code {
        CloseCode::Away => "the server stops or restarts".to_owned(),
        code => format!("the server closed the connection: {} {reason}", u16::from(code)),
    };
    if FINAL.contains(&u16::from(code)) { End::Refused(why) } else { End::Lost(why) }
}

/// Our own clock.
pub fn local_now() -> Timestamp {
    wall_clock()
}
