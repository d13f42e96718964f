//! `obsada check DIR`: read everything, report every problem at once, and everybody without a legal line; change nothing.
//! With `--roster FILE` every rule that the roster breaks is a problem, too.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;
use tr::tr;

use chrono::NaiveDate;
use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::{published, run};
use crate::domain::calendar::Holiday;
use crate::domain::conflict::Deadlock;
use crate::domain::progress::Progress;
use crate::domain::time::Instant;
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
    let date = |at: Instant| at.with_timezone(&workspace.zone).date_naive();
    let past = date(ingested.history.grid.start())..date(end);
    if let Some(sentence) = holidays(&workspace.holidays, &past, &(period.start..period.end())) {
        reporter.say(&sentence);
    }
    Ok(())
}

/// Which holidays lie in the plan, and how many in the history before it; none where none is listed at all.
fn holidays(all: &[Holiday], past: &Range<NaiveDate>, plan: &Range<NaiveDate>) -> Option<String> {
    let named = |within: &Range<NaiveDate>| -> BTreeSet<(NaiveDate, &str)> {
        all.iter().map(|day| (day.date, day.name.as_str())).filter(|(date, _)| within.contains(date)).collect()
    };
    let of_plan: Vec<String> = named(plan).into_iter().map(|(date, name)| format!("{date} {name}")).collect();
    let of_plan = if of_plan.is_empty() { tr!("none") } else { of_plan.join(", ") };
    (!all.is_empty()).then(|| tr!("holidays in the plan: {of_plan}; in the history: {}", named(past).len(), of_plan))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::HolidayService;

    #[test]
    fn holidays_of_the_plan_are_named_once_and_those_before_it_counted() {
        let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let day = |at: &str, name: &str| Holiday {
            date: date(at),
            name: name.to_owned(),
            regions: vec![],
            sites: vec![],
            service: HolidayService::Open,
        };
        let (past, plan) = (date("2026-01-05")..date("2026-12-21"), date("2026-12-21")..date("2026-12-28"));
        let all = [
            day("2026-12-25", "Christmas Day"),
            day("2026-12-25", "Christmas Day"),
            day("2026-11-11", "Independence Day"),
            day("2026-12-28", "Later"),
        ];
        assert_eq!(
            holidays(&all, &past, &plan).as_deref(),
            Some("holidays in the plan: 2026-12-25 Christmas Day; in the history: 1")
        );
        assert_eq!(holidays(&all[2..], &past, &plan).as_deref(), Some("holidays in the plan: none; in the history: 1"));
        assert_eq!(holidays(&[], &past, &plan), None);
    }
}
