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
    let end = ingested.end.unwrap_or_else(|| ingested.history.grid.end());
    let (as_of, period) = workspace.when(global.as_of, end);
    let hindsight = workspace.hindsight(&period, as_of, &ingested.history)?;
    let given = workspace.check_given(&global.given(), &period)?;
    let agents = if workspace.has_agents() { workspace.workforce(&period, as_of)?.agents.len() } else { 0 };
    reporter.finish();
    let mut of_period = workspace.period_warnings(&period);
    of_period.extend(workspace.known_later(&period, as_of, global.as_of));
    for warning in workspace.warnings.iter().chain(&of_period).chain(&hindsight).chain(&given) {
        reporter.warn(&warning.to_string());
    }
    reporter.say(&format!(
        "{} is sound: queues {}, agents {}, history to {}, plan from {} to before {}, cleaning notes {}",
        args.dir.display(),
        workspace.queues.len(),
        agents,
        end.with_timezone(&workspace.zone).to_rfc3339(),
        period.start,
        period.end(),
        ingested.cleaning.len(),
    ));
    Ok(())
}
