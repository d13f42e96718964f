//! `obsada init DIR`: a workspace that looks like life.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use crate::domain::problem::Problem;
use crate::domain::units::Minutes;
use crate::generate::{self, GeneratedFile, WorldParams};

#[derive(Clone, Debug, Args)]
pub(super) struct InitArgs {
    /// The folder to write; it must not exist, or be empty
    dir: PathBuf,
    /// Agents in the sample
    #[arg(long, value_name = "N", default_value_t = 80, value_parser = clap::value_parser!(u32).range(8..=100_000))]
    agents: u32,
    /// Queues in the sample
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=1000))]
    queues: u32,
    /// Minutes per interval: 5, 10, 15, 20, 30 or 60
    #[arg(long, value_name = "M", default_value = "15", value_parser = ["5", "10", "15", "20", "30", "60"])]
    interval: String,
    /// Weeks of history in the sample
    #[arg(long, value_name = "W", default_value_t = 104, value_parser = clap::value_parser!(u32).range(4..=520))]
    weeks_of_history: u32,
}

/// The sample's first planned day where --start gives none: a Monday without holidays in its week.
const SAMPLE_START: &str = "2026-11-30";

pub(super) fn run(args: &InitArgs, global: &GlobalArgs) -> Result<(), CliError> {
    refuse_foreign_folder(&args.dir)?;
    let reporter = global.reporter();
    let files = generate::world(&params(args, global)?);
    write_whole(&args.dir, &files)?;
    reporter.say(&format!("{} files in {}; next: obsada check {0}", files.len(), args.dir.display()));
    Ok(())
}

fn params(args: &InitArgs, global: &GlobalArgs) -> Result<WorldParams, CliError> {
    let start = match global.start {
        Some(crate::workspace::PlanStart::Date(date)) => date,
        Some(crate::workspace::PlanStart::NextMonday) => {
            return Err(CliError::Usage("`init` needs a date for --start: it has no history to count from".to_owned()));
        }
        None => SAMPLE_START.parse::<NaiveDate>().map_err(CliError::internal)?,
    };
    Ok(WorldParams {
        agents: args.agents as usize,
        queues: args.queues as usize,
        interval: Minutes::new(args.interval.parse().map_err(CliError::internal)?),
        weeks_of_history: args.weeks_of_history,
        seed: global.seed,
        start,
    })
}

fn refuse_foreign_folder(dir: &Path) -> Result<(), CliError> {
    let occupied = dir.exists() && (!dir.is_dir() || fs_err::read_dir(dir)?.next().is_some());
    if occupied {
        return Err(Problem::in_file(dir.display().to_string(), "exists and is not an empty folder")
            .hinting("name a new folder, or remove this one")
            .into());
    }
    Ok(())
}

/// Writes everything beside the folder first, so that a failed run leaves nothing half done.
fn write_whole(dir: &Path, files: &[GeneratedFile]) -> Result<(), CliError> {
    let mut name = std::ffi::OsString::from(".");
    name.push(dir.file_name().unwrap_or_else(|| "workspace".as_ref()));
    name.push(".partial");
    let partial = dir.with_file_name(name);
    if partial.exists() {
        fs_err::remove_dir_all(&partial)?;
    }
    for file in files {
        let path = partial.join(&file.path);
        if let Some(parent) = path.parent() {
            fs_err::create_dir_all(parent)?;
        }
        fs_err::write(path, &file.bytes)?;
    }
    if dir.exists() {
        fs_err::remove_dir(dir)?;
    }
    fs_err::rename(partial, dir)?;
    Ok(())
}
