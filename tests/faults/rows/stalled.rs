//! Row 14: screens that stop reading, and screens that are dead without a word.

use std::time::{Duration, Instant};

use anyhow::Context;
use futures_util::{SinkExt, future::join_all};
use tokio::{
    io::AsyncReadExt,
    net::{TcpSocket, TcpStream},
    time::{sleep, timeout},
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, client_async,
    tungstenite::{Bytes, Message},
};

use super::figures::{Spans, mebibytes};
use crate::{
    history::Caller,
    house::{House, district, process},
    judge::Judge,
    load::{Load, Mix, pulse::Pulse, screen::Screen, socket},
    plan::Plan,
    report::Report,
};

const STALLED: usize = 500;
const DEAD: usize = 20;
/// Bytes that all stalled ones together may take.
const GROWTH_MAX: u64 = 32 * 1024 * 1024;
/// A screen that hears nothing for so long asks whether anybody is there.
const SILENCE: Duration = Duration::from_secs(15);
/// How often it asks.
const SILENCES_MAX: usize = 3;
/// Nothing here takes this long.
const HANGS_AFTER: Duration = Duration::from_secs(60);

/// Runs the row.
///
/// # Errors
/// When the driver cannot go on.
pub async fn run(plan: Plan) -> anyhow::Result<Report> {
    let seconds = plan.count(15, 60);
    let mut report = Report::of(STALLED + DEAD, "stalled or dead sockets");
    let healthy = one(0, seconds, &plan, &mut report).await?;
    let hurt = one(STALLED, seconds, &plan, &mut report).await?;
    let growth = hurt.saturating_sub(healthy);
    report.figure(format!("{} more memory than without them (target ≤ 32 MiB)", mebibytes(growth)));
    report.check(growth <= GROWTH_MAX, || {
        format!("I12 {STALLED} stalled sockets take {}", mebibytes(growth))
    });
    let ends = dead(&plan, &mut report).await?;
    report.figure(format!("dead ones closed after {} at a silence of 5 s", ends.told()));
    Ok(report)
}

/// A server under load with so many stalled sockets; how much its memory grew.
async fn one(
    stalled: usize,
    seconds: u64,
    plan: &Plan,
    report: &mut Report,
) -> anyhow::Result<u64> {
    let mut house = House::small().await?;
    house.set("CAMPUS_DISPATCH_LIMITS_SOCKETS_PER_ACCOUNT_MAX", STALLED);
    let mut judge = Judge::begin(&house.data)?;
    let server = house.serve().await?;
    let before = process::memory(server.pid()).context("its memory")?;
    let mix = Mix { operators: district::OPERATORS - 1, ..Mix::default() };
    let mut load = Load::start(&house, mix, &mut plan.chance(14));
    let boards = &house.roster.boards;
    let caller = |number: usize| house.caller(&boards[number % boards.len()]);
    let opening = (0..stalled).map(|number| open_narrow(caller(number)));
    let sockets: Vec<socket::Socket> =
        join_all(opening).await.into_iter().collect::<anyhow::Result<_>>()?;
    let pulse = Pulse::start(&house, &load.history).await?;
    sleep(Duration::from_secs(seconds)).await;
    let after = process::memory(server.pid()).context("its memory")?;
    let beats = pulse.end().await?;
    let told = beats.judge(plan, 250, report);
    if stalled > 0 {
        report.figure(told);
    }
    load.rest().await?;
    judge.look(&load)?;
    let now = judge.position();
    let (mut closed, mut caught_up) = (0, 0);
    for end in join_all(sockets.into_iter().map(|socket| wake_up(socket, now))).await {
        match end {
            Ok(Woken::CaughtUp) => caught_up += 1,
            Ok(Woken::ClosedByName) => closed += 1,
            Err(wrong) => report.violations.push(format!("I7 {wrong:#}")),
        }
    }
    if stalled > 0 {
        report.figure(format!("{closed} closed by name, {caught_up} caught up when they woke"));
    }
    report.violations.extend(load.compare_boards(&house).await?);
    load.close().await;
    server.stop().await?;
    judge.close(&load)?;
    report.violations.append(&mut judge.violations);
    Ok(after.saturating_sub(before))
}

enum Woken {
    ClosedByName,
    CaughtUp,
}

/// Reads again after a long time: everything up to now, without a gap, or a close with a name. Where
/// the server has hung up long ago, its kernel has given up telling so, and says it to whoever speaks.
async fn wake_up(mut socket: socket::Socket, now: u64) -> anyhow::Result<Woken> {
    let mut screen = Screen::default();
    let mut silences = 0;
    let woken = loop {
        if screen.position >= now {
            break Woken::CaughtUp;
        }
        match timeout(SILENCE, socket::next(&mut socket)).await {
            Ok(Ok(frame)) => {
                screen.takes(&frame);
                silences = 0;
            }
            Ok(Err(_)) => break Woken::ClosedByName,
            Err(_) => {
                silences += 1;
                anyhow::ensure!(silences <= SILENCES_MAX, "it neither goes on nor ends");
                if socket.send(Message::Ping(Bytes::new())).await.is_err() {
                    break Woken::ClosedByName;
                }
            }
        }
    };
    anyhow::ensure!(screen.violations.is_empty(), "{}", screen.violations.join(", "));
    Ok(woken)
}

/// A socket with a small window, which nobody reads from here on.
async fn open_narrow(caller: Caller) -> anyhow::Result<socket::Socket> {
    let (socket, _) = client_async(caller.live(""), MaybeTlsStream::Plain(narrow(&caller).await?))
        .await
        .context("the live socket is let in")?;
    Ok(socket)
}

async fn narrow(caller: &Caller) -> anyhow::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(8 * 1024)?;
    Ok(socket.connect(caller.address().parse()?).await?)
}

/// Sockets that take every byte and answer nothing: their screens froze, or their line is open on
/// this side only.
async fn dead(plan: &Plan, report: &mut Report) -> anyhow::Result<Spans> {
    let mut house = House::small().await?;
    house.set("CAMPUS_DISPATCH_LIMITS_SOCKETS_PER_ACCOUNT_MAX", DEAD);
    house.set("CAMPUS_DISPATCH_LIMITS_HEARTBEAT", "1s");
    house.set("CAMPUS_DISPATCH_LIMITS_SILENCE_MAX", "5s");
    let server = house.serve().await?;
    let mut load = Load::start(&house, Mix::default(), &mut plan.chance(15));
    let wall = house.caller(&house.roster.boards[0]);
    let ending = (0..DEAD).map(|_| async {
        let stream = MaybeTlsStream::Plain(narrow(&wall).await?);
        let (socket, _): (WebSocketStream<_>, _) = client_async(wall.live(""), stream).await?;
        let mut stream = socket.into_inner();
        let began = Instant::now();
        let mut taken = vec![0; 16 * 1024];
        let draining = async { while stream.read(&mut taken).await.is_ok_and(|n| n > 0) {} };
        timeout(HANGS_AFTER, draining).await.context("a dead socket is kept")?;
        anyhow::Ok(began.elapsed())
    });
    let mut spans = Spans::default();
    for end in join_all(ending).await {
        match end {
            Ok(span) => spans.add(span),
            Err(wrong) => report.violations.push(format!("I12 {wrong:#}")),
        }
    }
    load.rest().await?;
    load.close().await;
    server.stop().await?;
    Ok(spans)
}
