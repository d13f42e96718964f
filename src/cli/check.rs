//! `obsada check DIR`: read everything, report every problem at once, and everybody without a legal line; change nothing.
//! With `--roster FILE` every rule that the roster breaks is a problem, too.

use std::path::PathBuf;
use tr::tr;

use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::{published, run};
use crate::domain::conflict::Deadlock;
use crate::domain::progress::Progress;
use crate::workspace::GivenFiles;
use crate::{ingest, plan, staffing};

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada check mine
  obsada check mine --roster moved.csv                                   is the roster that you changed legal?
  obsada check mine --scenario mine/scenarios/recall.toml")]
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
    let global = &published::with_published(global, &workspace, &reporter)?;
    reporter.stage("ingest");
    let ingested = ingest::read(&workspace.history, &workspace.queues, &workspace.holidays, global.as_of)?;
    let end = ingested.end.unwrap_or_else(|| ingested.history.grid.end());
    let (as_of, period) = workspace.when(global.as_of, end);
    let hindsight = workspace.hindsight(&period, as_of, &ingested.history)?;
    let open = staffing::open_intervals(&workspace.queues, &workspace.holidays, &period.grid());
    let mut given = workspace.check_given(&GivenFiles { roster: None, ..global.given() }, &period, &open)?;
    let (agents, deadlock) = if workspace.has_agents() || global.roster.is_some() {
        let (workforce, _) = plan::people(&workspace, &period, as_of, &global.after)?;
        if let Some(file) = &global.roster {
            let roster = workspace.roster_from(file, &workforce, &period)?;
            roster.problems(&plan::violations(&period, &workforce, &roster.shifts)).or(())?;
            given.extend(roster.warnings);
        }
        (workforce.agents.len(), plan::conflicts(&period, &workforce))
    } else {
        (0, Deadlock::default())
    };
    reporter.finish();
    let of_period = workspace.period_warnings(&period, as_of, global.as_of);
    for warning in workspace.warnings.iter().chain(&ingested.warnings).chain(&of_period).chain(&hindsight).chain(&given)
    {
        reporter.warn(&warning.to_string());
    }
    if !deadlock.conflicts.is_empty() {
        return Err(CliError::NoRoster(deadlock));
    }
    reporter.say(&tr!(
        "{} is sound: queues {}, agents {}, history to {}, plan from {} to before {}, cleaning notes {}",
        args.dir.display(),
        workspace.queues.len(),
        agents,
        end.with_timezone(&workspace.zone).to_rfc3339(),
        period.start,
        period.end(),
        ingested.cleaning.len()
    ));
    Ok(())
}
