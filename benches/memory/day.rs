//! A district's day in one process.

use std::{io::Read, sync::Arc, time::Duration};

use campus_dispatch::domain::{Command, Role, account::Account, decide::account::AddAccount};
use tokio::sync::Semaphore;

use crate::{
    crowd::Crowd,
    invented,
    life::Life,
    process::Server,
    support::{House, account, as_console},
};

const ALERTS: u32 = 2_000;
const BOARDS: usize = 200;
const PHONES: usize = 400;
/// Alerts lived at the same time.
const LIVES: u32 = 20;
/// Goes on from one alert to the next.
const ORDER: &[u8] = b"a";
/// The day passes in forty seconds, so that every screen keeps up as it would in a day; these here
/// answer no ping, so they are not kept much longer.
const BETWEEN: Duration = Duration::from_millis(20);
/// Nothing was told for so long: the day is over.
const QUIET: Duration = Duration::from_secs(2);

/// Prints what the server holds at each time of the day.
pub fn ask() {
    let mut server = Server::start("day", &[]);
    let told = |server: &Server, what: &str| {
        println!("{what}: {:.1} MiB resident", server.resident() as f64 / 1_048_576.0);
    };
    told(&server, "before anybody comes");
    let mut crowd = Crowd::open(server.address, BOARDS + PHONES, upgrade);
    crowd.wait_until_open();
    crowd.idle(Duration::from_secs(1));
    told(&server, &format!("with {BOARDS} boards and {PHONES} phones"));
    for _ in 0..ALERTS {
        server.order(ORDER);
        crowd.look_on(BETWEEN);
    }
    let mut frames = 0;
    while crowd.frames > frames || frames == 0 {
        frames = crowd.frames;
        let begun = std::time::Instant::now();
        while begun.elapsed() < QUIET {
            crowd.look_on(Duration::from_millis(100));
        }
    }
    told(&server, &format!("after {ALERTS} alerts, told in {frames} frames"));
}

/// Serves until it is killed. Each byte on standard input is an alert lived from report to closing.
pub fn serve() -> ! {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let house = House::open().await;
        for command in invented::setting_up() {
            house.engine.submit(command).await.expect("set up");
        }
        let boards = (0..BOARDS).map(|index| account(&name(index), Role::Screen, &name(index)));
        let phones = (BOARDS..BOARDS + PHONES).map(|index| Account {
            unit: Some(invented::unit((index - BOARDS) as u32)),
            ..account(&name(index), Role::Unit, &name(index))
        });
        for account in boards.chain(phones) {
            as_console(&house.engine, Command::AddAccount(AddAccount { account })).await;
        }
        let wanted = Arc::new(Semaphore::new(0));
        for lane in 0..LIVES {
            let (engine, wanted) = (house.engine.clone(), wanted.clone());
            tokio::spawn(async move {
                for number in (lane..).step_by(LIVES as usize) {
                    wanted.acquire().await.expect("open").forget();
                    let mut life = Life::new(number);
                    while let Some(submission) = life.next() {
                        let outcome = engine.submit(submission).await.expect("allowed");
                        life.came_to(&outcome);
                    }
                }
            });
        }
        println!("{}", house.address);
        let reading = tokio::task::spawn_blocking(move || {
            let mut buffer = [0; 4_096];
            while let Ok(orders @ 1..) = std::io::stdin().lock().read(&mut buffer) {
                wanted.add_permits(orders);
            }
        });
        reading.await.expect("it reads until the driver ends");
        std::process::exit(0)
    })
}

fn name(index: usize) -> String {
    format!("watcher-{index}")
}

fn upgrade(index: usize) -> String {
    let token = name(index);
    format!(
        "GET /api/v1/live HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n\
         connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
}
