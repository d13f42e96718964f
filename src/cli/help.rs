//! The command line's own help, in the language spoken.

use clap::builder::StyledStr;
use clap::{Arg, Command};
use tr::tr;

use crate::language::{Language, spoken, translated};

/// The command line in the language spoken: what each command and option is about, examples and headings.
pub(super) fn localised(mut command: Command) -> Command {
    if spoken() == Language::English {
        return command;
    }
    command.build();
    of_command(command)
}

fn of_command(command: Command) -> Command {
    let in_words = |text: Option<&StyledStr>| text.map(|text| translated(&text.to_string()));
    let (about, examples) = (in_words(command.get_about()), in_words(command.get_after_help()));
    let names: Vec<String> = command.get_subcommands().map(|of| of.get_name().to_owned()).collect();
    let mut command = command.mut_args(of_argument).subcommand_help_heading(tr!("Commands"));
    command = command.help_template(format!(
        "{{before-help}}{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        tr!("Usage:")
    ));
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(examples) = examples {
        command = command.after_help(examples);
    }
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, of_command))
}

fn of_argument(argument: Arg) -> Arg {
    let heading = if argument.is_positional() { tr!("Arguments") } else { tr!("Options") };
    let help = argument.get_help().map(|help| translated(&help.to_string()));
    let argument = argument.help_heading(heading);
    match help {
        Some(help) => argument.help(help),
        None => argument,
    }
}
