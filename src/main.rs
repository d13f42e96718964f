//! Parse, run a command, turn its error into a message and an exit code.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = obsada::cli::Cli::parse();
    match cli.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.report(&mut std::io::stderr());
            ExitCode::from(error.exit_code())
        }
    }
}
