//! `obsada completions SHELL`: what a shell needs to complete commands and options.

use clap::Args;
use clap_complete::Shell;

use super::error::CliError;
use super::stdout;

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada completions bash > ~/.local/share/bash-completion/completions/obsada
  obsada completions zsh > ~/.zfunc/_obsada
  obsada completions fish > ~/.config/fish/completions/obsada.fish")]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(args: &CompletionsArgs) -> Result<(), CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "obsada", &mut script);
    Ok(stdout::print(&String::from_utf8_lossy(&script))?)
}
