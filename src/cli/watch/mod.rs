use std::process::ExitCode;
use super::{failure::Failure};
#[derive(clap::Args, Debug)]
pub struct WatchArgs {}
pub async fn run(_: WatchArgs) -> Result<ExitCode, Failure> { Err(Failure::new("to come")) }
