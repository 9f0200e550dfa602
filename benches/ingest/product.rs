//! The product itself, with its journal on disk.

use campus_dispatch::domain::{Command, Role, decide::account::AddAccount};

use crate::{
    invented,
    support::{House, account, as_console},
};

/// The tokens of two who command and look on.
pub const OPERATOR: &str = "bench-operator";
pub const WALL: &str = "bench-wall";

/// Serves until it is killed.
pub fn serve() -> ! {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let house = House::open().await;
        for command in invented::setting_up() {
            house.engine.submit(command).await.expect("set up");
        }
        for (name, role) in [(OPERATOR, Role::Operator), (WALL, Role::Screen)] {
            let account = account(name, role, name);
            as_console(&house.engine, Command::AddAccount(AddAccount { account })).await;
        }
        println!("{}", house.address);
        std::future::pending::<()>().await;
        std::process::exit(0)
    })
}
