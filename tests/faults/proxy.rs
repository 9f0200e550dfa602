//! A line between a client and the server that can be hurt.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy},
    net::{TcpListener, TcpStream},
    task::AbortHandle,
    time::sleep,
};

/// A proxy on loopback; gone with the value.
pub struct Proxy {
    /// Where clients connect.
    pub address: String,
    swallow: Arc<AtomicBool>,
    task: AbortHandle,
}

impl Proxy {
    /// A line to a server.
    ///
    /// # Errors
    /// When it cannot listen.
    pub async fn to(server: String) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let swallow = Arc::new(AtomicBool::new(false));
        let hurt = swallow.clone();
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (server, hurt) = (server.clone(), hurt.clone());
                // It ends with either side.
                tokio::spawn(async move {
                    let _ = pass(client, &server, &hurt).await;
                });
            }
        });
        Ok(Self { address, swallow, task: task.abort_handle() })
    }

    /// From here on the server's answers are thrown away and the line is cut.
    pub fn swallow_answers(&self, swallow: bool) {
        self.swallow.store(swallow, Ordering::SeqCst);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn pass(client: TcpStream, server: &str, swallow: &AtomicBool) -> std::io::Result<()> {
    let server = TcpStream::connect(server).await?;
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let asking = tokio::spawn(async move {
        let _ = copy(&mut from_client, &mut to_server).await;
        // The way there stays open until the answer is thrown away.
        sleep(Duration::from_secs(30)).await;
    });
    let mut answer = vec![0; 64 * 1024];
    loop {
        let length = from_server.read(&mut answer).await?;
        if length == 0 || swallow.load(Ordering::SeqCst) {
            break;
        }
        to_client.write_all(&answer[..length]).await?;
    }
    asking.abort();
    Ok(())
}
