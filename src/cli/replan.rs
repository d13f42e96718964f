//! `obsada replan DIR --roster FILE`: plan again, moving as few published shifts as it pays to; with `--candidates SHIFT` nothing is planned,
//! and everybody who could take that shift is listed.

use clap::Args;
use tr::tr;

use super::args::GlobalArgs;
use super::error::CliError;
use super::run::{self, Job, Target};
use super::{standing, stdout};
use crate::domain::ids::ShiftId;
use crate::domain::problem::Problem;
use crate::domain::progress::Progress;
use crate::ingest;
use crate::output;
use crate::plan::{self, LastStage};
use crate::workspace::PlanStart;

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada replan mine --roster published/2026-11-30/v1/roster.csv --as-of 2026-12-01T07:00:00+01:00 --out again
  obsada replan mine --roster roster.xlsx --out again     a workbook with shifts that were changed or locked
  obsada replan mine --roster week1/roster.csv --candidates ana-2026-12-01 > who.csv     who could take this shift, ranked")]
pub(super) struct ReplanArgs {
    #[command(flatten)]
    target: Target,
    /// Plan nothing: write to standard output who could take the shift of this name in --roster, the first to ask first, each with the
    /// rules that are in the way, pay, prices, fairness and what cover costs more
    #[arg(long, value_name = "SHIFT")]
    candidates: Option<String>,
}

pub(super) fn run(args: &ReplanArgs, global: &GlobalArgs) -> Result<(), CliError> {
    if let Some(shift) = &args.candidates {
        return candidates(args, shift, global);
    }
    let Some(roster) = &global.roster else {
        return Err(CliError::Usage(tr!("`replan` needs the roster that people were told: --roster FILE")));
    };
    let mut global = global.clone();
    // The days are those of the roster, where the run that made it left word of them and nothing else is typed; and at least as much is known.
    if let Some(plan) = standing::plan_beside(roster) {
        if global.start.is_none() && global.weeks.is_none() {
            (global.start, global.weeks) = (Some(PlanStart::Date(plan.start)), Some(plan.weeks));
        }
        if global.as_of.is_none() {
            let workspace = run::load(args.target.dir(), args.target.scenarios(), &global)?;
            let ingested = ingest::read(&workspace.history, &workspace.queues, &workspace.holidays, None)?;
            let end = ingested.end.unwrap_or_else(|| ingested.history.grid.end());
            global.as_of = Some(plan.as_of).filter(|as_of| *as_of > end);
        }
    }
    let job = Job { plans_again: true, ..Job::new("replan", LastStage::Roster) };
    run::pipeline(job, &args.target, &global)
}

fn candidates(args: &ReplanArgs, shift: &str, global: &GlobalArgs) -> Result<(), CliError> {
    let reporter = global.reporter();
    let read = standing::read("replan", (args.target.dir(), args.target.scenarios()), global, &reporter)?;
    reporter.stage("roster");
    let Some(found) = plan::candidates(&read.roster, &ShiftId::new(shift)) else {
        let file = global.roster.as_ref().map_or_else(String::new, |file| file.display().to_string());
        let problem = Problem::in_file(file, tr!("no shift of the plan's days has this name"));
        return Err(problem.in_column("shift_id").with_value(shift).into());
    };
    let table = output::csv::candidates(&read.roster, &found).map_err(CliError::internal)?;
    reporter.finish();
    read.warn(&reporter);
    reporter.say(&output::candidates_told(&read.roster, &found));
    Ok(stdout::print(&String::from_utf8_lossy(&table))?)
}
