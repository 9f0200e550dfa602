use super::failure::Failure;
use std::process::ExitCode;
#[derive(clap::Args, Debug)]
pub struct WatchArgs {}
pub async fn run(_: WatchArgs) -> Result<ExitCode, Failure> {
    Err(Failure::new("to come"))
}
