//! The product itself: whole server, real frames of alerts that are lived from report to closing,
//! real accounts. The journal is in memory and time stands still, so that what is measured is push
//! and not the disk.

use std::{
    io::Read,
    sync::{Arc, Mutex},
};

use campus_dispatch::{
    domain::{Command, Role, decide::account::AddAccount, district::Station},
    engine::{Engine, clock::ManualClock},
    journal::memory::MemoryDisk,
};
use tokio::sync::Semaphore;

use crate::{
    invented::{self, START},
    life,
    support::{House, account, as_console},
};

/// Alerts lived at the same time.
const LIVES: usize = 64;
/// Who looks on: operators see everything, walls see it masked, a station's wall its own.
pub const WATCHERS: [&str; 4] =
    ["watcher-operator", "watcher-wall", "watcher-operator-2", "watcher-station"];

/// Serves until it is killed. Each byte on standard input is one command, and so one record.
pub fn serve() -> ! {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let journal = MemoryDisk::new("epoch-1").open().expect("nobody else has it");
        let house = House::of(Box::new(journal), Arc::new(ManualClock::at(START))).await;
        furnish(&house.engine).await;
        let wanted = Arc::new(Semaphore::new(0));
        let numbers = Arc::new(Mutex::new(0..));
        for _ in 0..LIVES {
            tokio::spawn(live_on(house.engine.clone(), wanted.clone(), numbers.clone()));
        }
        println!("{}", house.address);
        let mut buffer = [0; 4_096];
        let reading = tokio::task::spawn_blocking(move || {
            while let Ok(orders @ 1..) = std::io::stdin().lock().read(&mut buffer) {
                wanted.add_permits(orders);
            }
        });
        reading.await.expect("it reads until the driver ends");
        std::process::exit(0)
    })
}

async fn furnish(engine: &Engine) {
    let station = Station {
        id: "P-1".into(),
        name: "示例派出所".to_owned(),
        position: None,
        leader: None,
        liaison: None,
    };
    as_console(
        engine,
        Command::DefineStation(campus_dispatch::domain::decide::district::DefineStation {
            station,
        }),
    )
    .await;
    for mut command in invented::setting_up() {
        if let Command::DefineSchool(define) = &mut command.command {
            define.school.station = Some("P-1".into());
        }
        engine.submit(command).await.expect("set up");
    }
    for name in WATCHERS {
        let role = if name.contains("operator") { Role::Operator } else { Role::Screen };
        let mut account = account(name, role, name);
        account.station = name.contains("station").then(|| "P-1".into());
        as_console(engine, Command::AddAccount(AddAccount { account })).await;
    }
}

/// Lives one life after the other, a step whenever one is wanted.
async fn live_on(
    engine: Engine,
    wanted: Arc<Semaphore>,
    numbers: Arc<Mutex<std::ops::RangeFrom<u32>>>,
) {
    loop {
        let number = numbers.lock().expect("whole").next().expect("endless");
        let mut life = life::Life::new(number);
        while let Some(submission) = life.next() {
            wanted.acquire().await.expect("open").forget();
            let outcome = engine.submit(submission).await.expect("allowed");
            life.came_to(&outcome);
        }
    }
}
