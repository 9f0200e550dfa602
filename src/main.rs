use std::process::ExitCode;

fn main() -> ExitCode {
    campus_dispatch::cli::run()
}
