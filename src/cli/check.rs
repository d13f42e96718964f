//! `obsada check DIR`: read everything, report every problem at once, change nothing.

use std::path::PathBuf;

use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::run;
use crate::domain::progress::Progress;
use crate::ingest;

#[derive(Clone, Debug, Args)]
pub(super) struct CheckArgs {
    /// The workspace
    dir: PathBuf,
    /// Scenarios to lay over it, in order
    #[arg(long, value_name = "FILE")]
    scenario: Vec<PathBuf>,
}

pub(super) fn run(args: &CheckArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let reporter = global.reporter();
    reporter.stage("read");
    let workspace = run::load(&args.dir, &args.scenario, global)?;
    reporter.stage("ingest");
    let ingested = ingest::read(&workspace.history, &workspace.queues, &workspace.holidays, global.as_of)?;
    let as_of = global.as_of.or(ingested.end).unwrap_or_else(|| ingested.history.grid.end());
    let period = workspace.period(as_of);
    let agents = if workspace.has_agents() { workspace.workforce(&period, as_of)?.agents.len() } else { 0 };
    reporter.finish();
    for warning in workspace.warnings.iter().chain(&workspace.period_warnings(&period)) {
        reporter.say(&format!("warning: {warning}"));
    }
    reporter.say(&format!(
        "{} is sound: {} queues, {} agents, history to {}, plan from {} for {} week(s), {} cleaning notes",
        args.dir.display(),
        workspace.queues.len(),
        agents,
        as_of.to_rfc3339(),
        period.start,
        period.weeks,
        ingested.cleaning.len(),
    ));
    Ok(())
}
