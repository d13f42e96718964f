//! `obsada init DIR`: a workspace that looks like life, or a starter around a history of one's own.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::incoming::ReadingArgs;
use super::starter;
use crate::domain::units::Minutes;
use crate::generate::{self, CentreParams};

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada init shop                                                       a sample workspace: 80 agents, 6 queues
  obsada init mine --history report.xlsx --timezone Europe/Warsaw        a starter around your own export
  obsada init mine --history calls.csv --timezone Europe/Warsaw --agents-from-records")]
pub(super) struct InitArgs {
    /// The folder to write; it must not exist, or be empty
    dir: PathBuf,
    /// Agents in the sample
    #[arg(long, value_name = "N", default_value_t = 80, value_parser = clap::value_parser!(u32).range(8..=100_000))]
    agents: u32,
    /// Queues in the sample
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=1000))]
    queues: u32,
    /// Minutes per interval: 5, 10, 15, 20, 30 or 60; without it 15, or those of the history
    #[arg(long, value_name = "M", value_parser = ["5", "10", "15", "20", "30", "60"])]
    interval: Option<String>,
    /// Weeks of history in the sample
    #[arg(long, value_name = "W", default_value_t = 104, value_parser = clap::value_parser!(u32).range(4..=520))]
    weeks_of_history: u32,
    /// Exports of your own to build a starter workspace around: .csv, .txt or .tsv (also packed with gzip), .xlsx, .parquet
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["agents", "queues", "weeks_of_history"], requires = "timezone")]
    history: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadingArgs,
}

impl InitArgs {
    fn minutes(&self) -> Result<Option<Minutes>, CliError> {
        self.interval.as_ref().map(|minutes| minutes.parse().map(Minutes::new).map_err(CliError::internal)).transpose()
    }
}

/// The sample's first planned day where --start gives none: a Monday without holidays in its week.
const SAMPLE_START: &str = "2026-11-30";

pub(super) fn run(args: &InitArgs, global: &GlobalArgs) -> Result<(), CliError> {
    if !args.history.is_empty() {
        return starter::around(&args.dir, &args.history, &args.reading, args.minutes()?, global);
    }
    if args.reading.timezone.is_some() || !args.reading.set.is_empty() {
        return Err(CliError::Usage("--timezone and --set are about exports: name them with --history".to_owned()));
    }
    starter::refuse_foreign_folder(&args.dir)?;
    starter::write_whole(&args.dir, &generate::centre(&params(args, global)?), &global.reporter())
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
        interval: args.minutes()?.unwrap_or(Minutes::new(15)),
        weeks_of_history: args.weeks_of_history,
        seed: global.seed,
        start,
    };
    let problems = params.problems();
    if problems.is_empty() { Ok(params) } else { Err(CliError::Usage(problems.join("; "))) }
}
