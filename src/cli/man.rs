//! `obsada man`: the manual, as pages that `man` shows.

use std::path::PathBuf;

use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::stdout;

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada man | man -l -                             read it here
  obsada man --to ~/.local/share/man/man1           man obsada, man obsada-plan …")]
pub(super) struct ManArgs {
    /// Folder for a page of the program and one of each command (default: the program's page on standard output)
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

pub(super) fn run(args: &ManArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let command = super::command().disable_help_subcommand(true);
    let Some(to) = &args.to else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        return Ok(stdout::print(&String::from_utf8_lossy(&page))?);
    };
    fs_err::create_dir_all(to)?;
    clap_mangen::generate_to(command, to)?;
    global.reporter().say(&tr::tr!("manual written to {}", to.display()));
    Ok(())
}
