//! `watch`: the live board in a terminal.
//!
//! [`connection`] follows the server and comes back when it is cut off; [`board`] is what is known;
//! [`table`] puts it in order and words; `screen` shows it.

pub mod board;
pub mod connection;
mod screen;
pub mod table;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use clap::Args;
use tokio::{sync::mpsc, time::timeout};

use self::{
    board::Board,
    connection::{News, Server, follow},
};
use super::{failure::Failure, output, private, tls::trust::TrustArgs};

/// Variables for what must not stand in an argument list.
const TOKEN_VARIABLE: &str = "CAMPUS_DISPATCH_TOKEN";

/// How long a snapshot is waited for.
const SNAPSHOT_WITHIN: Duration = Duration::from_secs(15);

/// News that may wait for the screen.
const NEWS_MAX: usize = 1_024;

const EXAMPLES: &str = "\
Examples:
  campus-dispatch account add terminal --role screen --token > terminal.token
  chmod 600 terminal.token
  campus-dispatch watch --token-file terminal.token
  CAMPUS_DISPATCH_TOKEN=… campus-dispatch watch --server https://10.0.0.5:8443 --once

Leave with q. The most urgent alert stands first; +mm:ss is overdue.";

/// Watches a server's board.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct WatchArgs {
    /// The server
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    server: String,
    /// A file with a bearer token, readable by its owner only [env: CAMPUS_DISPATCH_TOKEN, the
    /// token itself]
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    #[command(flatten)]
    trust: TrustArgs,
    /// Print the board as text and leave
    #[arg(long)]
    once: bool,
}

/// Runs `watch`.
///
/// # Errors
/// When there is no token, the server refuses it, or the terminal cannot be used.
pub async fn run(args: WatchArgs) -> Result<ExitCode, Failure> {
    let token = token(args.token_file.as_deref())?;
    let server = Server::new(&args.server, &token, &args.trust)?;
    let (tell, news) = mpsc::channel(NEWS_MAX);
    let following = tokio::spawn(follow(server, tell));
    let ended = if args.once { once(news).await } else { screen::show(&args.server, news).await };
    following.abort();
    ended.map(|()| ExitCode::SUCCESS)
}

/// Prints the first whole picture.
async fn once(mut news: mpsc::Receiver<News>) -> Result<(), Failure> {
    let mut board = Board::default();
    let picture = async {
        while let Some(one) = news.recv().await {
            match one {
                News::Frame(frame) => {
                    // A gap is told by the connection, as lost.
                    let _ = board.take(frame, connection::local_now());
                    if board.is_whole() {
                        return Ok(());
                    }
                }
                News::Lost { why, .. } | News::Refused(why) => return Err(Failure::new(why)),
            }
        }
        Err(Failure::new("the connection ended"))
    };
    timeout(SNAPSHOT_WITHIN, picture)
        .await
        .map_err(|_| Failure::new("the server sent no picture within 15 s"))??;
    let now = board.server_now(connection::local_now());
    output::print(&table::text(&table::rows(&board, now)))
}

fn token(file: Option<&Path>) -> Result<String, Failure> {
    let token = match file {
        Some(path) => {
            private::refuse_if_shared(path)?;
            fs::read_to_string(path).map_err(|error| {
                Failure::usage(format!("cannot read {}: {error}", path.display()))
            })?
        }
        None => env::var(TOKEN_VARIABLE).map_err(|_| {
            Failure::usage(format!(
                "a bearer token is needed: give --token-file or {TOKEN_VARIABLE}; make one with \
                 `campus-dispatch account add NAME --role screen --token`"
            ))
        })?,
    };
    Ok(token.trim().to_owned())
}
