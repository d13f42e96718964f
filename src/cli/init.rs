//! `obsada init DIR`: a workspace that looks like life, or a starter around a history of one's own.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::reporter::Reporter;
use crate::domain::problem::Problem;
use crate::domain::time::Zone;
use crate::domain::units::Minutes;
use crate::generate::{self, CentreParams, GeneratedFile};
use crate::ingest;

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
    /// A history of your own to build a starter workspace around (.csv, .csv.gz or .parquet)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["agents", "queues", "interval", "weeks_of_history"], requires = "timezone")]
    history: Option<PathBuf>,
    /// The zone of your customers, and of the file's times where they carry no offset
    #[arg(long, value_name = "ZONE", requires = "history", value_parser = parse_zone)]
    timezone: Option<Zone>,
}

/// The sample's first planned day where --start gives none: a Monday without holidays in its week.
const SAMPLE_START: &str = "2026-11-30";

pub(super) fn run(args: &InitArgs, global: &GlobalArgs) -> Result<(), CliError> {
    refuse_foreign_folder(&args.dir)?;
    let reporter = global.reporter();
    let (files, copied) = match (&args.history, args.timezone) {
        (Some(history), Some(zone)) => (starter(history, zone, &reporter)?, Some(history)),
        _ => (generate::centre(&params(args, global)?), None),
    };
    write_whole(&args.dir, &files, copied.map(PathBuf::as_path))?;
    let dir = args.dir.display();
    reporter.say(&format!("{} files in {dir}; next: obsada check {dir}", files.len()));
    Ok(())
}

fn params(args: &InitArgs, global: &GlobalArgs) -> Result<CentreParams, CliError> {
    let start = match global.start {
        Some(crate::workspace::PlanStart::Date(date)) => date,
        Some(crate::workspace::PlanStart::NextMonday) => {
            return Err(CliError::Usage("`init` needs a date for --start: it has no history to count from".to_owned()));
        }
        None => SAMPLE_START.parse::<NaiveDate>().map_err(CliError::internal)?,
    };
    let params = CentreParams {
        agents: args.agents as usize,
        queues: args.queues as usize,
        interval: Minutes::new(args.interval.parse().map_err(CliError::internal)?),
        weeks_of_history: args.weeks_of_history,
        seed: global.seed,
        start,
    };
    let problems = params.problems();
    if problems.is_empty() { Ok(params) } else { Err(CliError::Usage(problems.join("; "))) }
}

fn starter(history: &Path, zone: Zone, reporter: &Reporter) -> Result<Vec<GeneratedFile>, CliError> {
    let name = history.file_name().map_or_else(|| "history.csv".to_owned(), |name| name.to_string_lossy().into_owned());
    let survey = ingest::survey(history, Some(zone))?;
    generate::refuse_unusable(&survey, &history.display().to_string())?;
    for remark in generate::remarks(&survey) {
        reporter.warn(&remark);
    }
    Ok(generate::starter(&survey, zone, &name))
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
fn write_whole(dir: &Path, files: &[GeneratedFile], history: Option<&Path>) -> Result<(), CliError> {
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
    if let Some((history, name)) = history.and_then(|history| Some((history, history.file_name()?))) {
        fs_err::copy(history, partial.join(name))?;
    }
    if dir.exists() {
        fs_err::remove_dir(dir)?;
    }
    fs_err::rename(partial, dir)?;
    Ok(())
}

fn parse_zone(text: &str) -> Result<Zone, String> {
    text.parse().map_err(|_| "not an IANA zone such as Europe/Warsaw".to_owned())
}
