//! Parse, run a command, turn its error into a message and an exit code.

use std::ffi::OsString;
use std::process::ExitCode;

use obsada::cli::Cli;

fn main() -> ExitCode {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let cli = match Cli::understood(&typed, |name| std::env::var(name).ok()) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    let format = cli.log_format();
    match cli.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.report(format);
            ExitCode::from(error.exit_code())
        }
    }
}
