//! Exports of other systems as commands take them: what may be said of them, reading them, and the name of their history.

use std::path::PathBuf;

use clap::Args;

use super::args::parse_zone;
use super::error::CliError;
use super::inferred;
use super::reporter::Reporter;
use crate::domain::time::Zone;
use crate::ingest::import::{self, Declared, Imported};

/// What a user may say of exports.
#[derive(Clone, Debug, Args)]
pub(super) struct ReadingArgs {
    /// The zone of your customers, and of times in the files that carry no offset
    #[arg(long, value_name = "ZONE", value_parser = parse_zone)]
    pub(super) timezone: Option<Zone>,
    /// How the files are read, where they do not tell: a key of `[history.import]`, such as `day_order=day_month_year`
    #[arg(long, value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
    /// Of records of contacts: `agents.csv` and `skills.csv` of who handled what, marked as inferred, in a new workspace
    #[arg(long)]
    pub(super) agents_from_records: bool,
}

/// Reads exports and tells what was found in them.
pub(super) fn read(
    files: &[PathBuf],
    declared: &Declared,
    zone: Option<Zone>,
    reporter: &Reporter,
) -> Result<Imported, CliError> {
    let imported = import::import(files, declared, zone)?;
    inferred::tell(&shown(files), &imported, reporter);
    Ok(imported)
}

/// Files as the user typed them.
pub(super) fn shown(files: &[PathBuf]) -> String {
    files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// `history/calls.csv` for `exports/calls.xlsx`, the first of the files.
pub(super) fn history_name(files: &[PathBuf]) -> String {
    let name = files.first().and_then(|file| file.file_name()).unwrap_or_default().to_string_lossy();
    let stem = name.split('.').next().unwrap_or_default();
    let plain: String =
        stem.chars().map(|letter| if letter.is_alphanumeric() || letter == '-' { letter } else { '_' }).collect();
    format!("history/{}.csv", if plain.is_empty() { "history" } else { &plain })
}
