//! Parse, run a command, turn its error into a message and an exit code.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = obsada::cli::Cli::parse();
    let format = cli.log_format();
    match cli.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.report(format, &mut std::io::stderr());
            ExitCode::from(error.exit_code())
        }
    }
}
