//! `obsada docs [KEY]`: what the documentation says of a key of the workspace, a column of the results or a section.

mod reference;

use clap::Args;
use tr::tr;

use self::reference::Reference;
use super::error::CliError;
use super::stdout;
use crate::language::{Language, spoken};
use crate::workspace::did_you_mean;

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada docs                      sections and their keys
  obsada docs patience_s           a key, wherever there is one of that name
  obsada docs queue.goal           a key of a section
  obsada docs contract             a section of workspace.toml
  obsada docs roster.csv           a file of the results
  obsada docs swap                 any other word: where it is spoken of")]
pub(super) struct DocsArgs {
    /// A key, a column, a section or a file; without it, all of them are listed
    #[arg(value_name = "KEY")]
    key: Option<String>,
}

/// The pages, in the language spoken.
fn pages() -> [(&'static str, &'static str); 2] {
    match spoken() {
        Language::English => [
            ("docs/workspace.md", include_str!("../../../docs/workspace.md")),
            ("docs/results.md", include_str!("../../../docs/results.md")),
        ],
        Language::Polish => [
            ("docs/pl/workspace.md", include_str!("../../../docs/pl/workspace.md")),
            ("docs/pl/results.md", include_str!("../../../docs/pl/results.md")),
        ],
    }
}

pub(super) fn run(args: &DocsArgs) -> Result<(), CliError> {
    let reference = Reference::of(&pages());
    let Some(key) = &args.key else {
        return Ok(stdout::print(&reference.contents())?);
    };
    let found = reference.about(key);
    if found.is_empty() {
        let (mentions, more) = reference.mentions(key);
        if !mentions.is_empty() {
            let mut text = tr!("nothing is called `{key}`; it is spoken of here:\n\n", key) + &mentions;
            if more > 0 {
                text += &tr!("and in {more} more place\n" | "and in {more} more places\n" % more, more = more);
            }
            return Ok(stdout::print(&text)?);
        }
        let hint = did_you_mean(key, reference.keys()).unwrap_or_else(|| tr!("obsada docs lists all of them"));
        return Err(CliError::Usage(tr!(
            "nothing is called `{key}` in the workspace or the results; hint: {hint}",
            key,
            hint
        )));
    }
    Ok(stdout::print(&found)?)
}
