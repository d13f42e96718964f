//! What `forecast`, `staff`, `plan` and `what-if` share: open OUT early, run, exchange OUT whole, say what came out.

use std::path::{Path, PathBuf};
use tr::tr;

use chrono::{NaiveDate, NaiveTime};
use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::reporter::Reporter;
use super::{published, unchanged, verdict};
use crate::domain::problem::Problems;
use crate::domain::progress::Progress;
use crate::domain::time::Instant;
use crate::forecast::BacktestOrigins;
use crate::output::folder::OutFolder;
use crate::output::records::Effective;
use crate::output::run_json::{self, RunRecord};
use crate::output::{self, Artifact};
use crate::plan::{self, LastStage, Plan, RunOptions};
use crate::staffing;
use crate::workspace::{self, GivenFiles, Workspace};

/// Where results go.
#[derive(Clone, Debug, Args)]
pub(super) struct OutArgs {
    /// Folder for the results; exchanged whole, and only if an earlier run wrote it
    #[arg(long, value_name = "OUT", default_value = "out")]
    pub(super) out: PathBuf,
}

/// What to run on, and where results go.
#[derive(Clone, Debug, Args)]
pub(super) struct Target {
    /// The workspace
    dir: PathBuf,
    #[command(flatten)]
    out: OutArgs,
    /// Scenarios to lay over it, in order
    #[arg(long, value_name = "FILE")]
    scenario: Vec<PathBuf>,
    /// Run even if OUT is what this run wrote before and no file has changed since
    #[arg(long)]
    force: bool,
}

impl Target {
    /// The workspace.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where results go.
    pub(super) fn out(&self) -> &Path {
        &self.out.out
    }

    /// Scenarios to lay over it, in order.
    pub(super) fn scenarios(&self) -> &[PathBuf] {
        &self.scenario
    }
}

/// Rolling origins as they are typed; the zone is the workspace's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origins {
    pub(super) from: Option<NaiveDate>,
    pub(super) every_days: u32,
    pub(super) horizon_days: u32,
    pub(super) at: Option<NaiveTime>,
}

/// What a command has the pipeline do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Job<'a> {
    /// Its name.
    pub(super) command: &'a str,
    /// The last stage.
    pub(super) until: LastStage,
    /// Where to back-test from, if at all.
    pub(super) origins: Option<Origins>,
    /// Whether the roster of `--roster` is planned again instead of being taken.
    pub(super) plans_again: bool,
}

impl<'a> Job<'a> {
    /// Runs the stages up to one.
    pub(super) const fn new(command: &'a str, until: LastStage) -> Self {
        Self { command, until, origins: None, plans_again: false }
    }
}

/// Reads a workspace with the days to plan as typed.
pub(super) fn load(dir: &Path, scenarios: &[PathBuf], global: &GlobalArgs) -> Result<Workspace, Problems> {
    let mut workspace = workspace::load(dir, scenarios)?;
    workspace.start = global.start.unwrap_or(workspace.start);
    workspace.weeks = global.weeks.unwrap_or(workspace.weeks);
    Ok(workspace)
}

/// The run's options from what was typed.
pub(super) fn options(global: &GlobalArgs, until: LastStage, backtest: Option<BacktestOrigins>) -> RunOptions {
    RunOptions {
        until,
        as_of: global.as_of,
        after: global.after.clone(),
        forecast: global.forecast.clone(),
        requirement: global.requirement.clone(),
        roster: global.roster.clone(),
        backtest,
        search: global.search(),
        rounds: global.rounds,
        explains: false,
        promised: None,
        simulation: None,
    }
}

/// Loads a workspace, runs it as far as asked, and leaves the results in OUT.
pub(super) fn pipeline(job: Job<'_>, target: &Target, global: &GlobalArgs) -> Result<(), CliError> {
    let Job { command, until, origins, plans_again } = job;
    if until < LastStage::Requirement && global.requirement.is_some() {
        return Err(CliError::Usage(tr!("`forecast` ends before --requirement is used; `staff` and `plan` take it")));
    }
    if until < LastStage::Roster && global.roster.is_some() {
        return Err(CliError::Usage(tr!(
            "`{command}` ends before --roster is used; `plan` and `what-if` take it",
            command
        )));
    }
    let reporter = global.reporter();
    let folder = OutFolder::open(&target.out.out, &global.stages())?;
    reporter.stage("read");
    let workspace = load(&target.dir, &target.scenario, global)?;
    let global = &published::with_published(global, &workspace, &reporter)?;
    let inputs: Vec<PathBuf> = workspace.inputs.iter().chain(global.files()).cloned().collect();
    // A search that ends by the clock may end elsewhere the next time.
    let repeats = global.time_limit.is_none() && !target.force;
    if repeats && unchanged::is_as_written(&target.out.out, command, &inputs) {
        reporter.finish();
        let out = target.out.out.display();
        reporter.say(&tr!("nothing has changed since {out} was written; it was not written again (--force does)", out));
        return Ok(());
    }
    let backtest = origins.map(|Origins { from, every_days, horizon_days, at }| BacktestOrigins {
        from,
        every_days,
        horizon_days,
        at,
        zone: workspace.zone,
    });
    if let workspace::PlanStart::Date(_) = workspace.start {
        // The days are known before the history is: say what is wrong with the files now rather than after the forecast.
        let period = workspace.period(Instant::UNIX_EPOCH);
        let open = staffing::open_intervals(&workspace.queues, &workspace.holidays, &period.grid());
        // A roster that is planned again may be of people who have left: the run itself reads it so.
        let roster = global.given().roster.filter(|_| !plans_again);
        workspace.check_given(&GivenFiles { roster, ..global.given() }, &period, &open)?;
    } else {
        workspace.earlier_roster(&global.after)?;
    }
    let mut options = options(global, until, backtest);
    // A search that is limited is to end soon, and `--work` repeats one that the clock has ended.
    options.explains = !plans_again && global.work.is_none() && global.time_limit.is_none();
    if plans_again {
        options.promised = options.roster.take();
    }
    let plan = plan::run(&workspace, &options, &reporter)?;
    reporter.stage("output");
    let artifacts = output::render(&plan).map_err(CliError::internal)?;
    finish(command, folder, artifacts, &inputs, effective(global, Some(&plan)), &reporter)?;
    for warning in verdict::warnings(&plan) {
        reporter.warn(&warning);
    }
    for sentence in verdict::sentences(&plan) {
        reporter.say(&sentence);
    }
    reporter.say(&tr!("results in {}", target.out.out.display()));
    Ok(())
}

/// What a run went by in the end.
pub(super) fn effective(global: &GlobalArgs, plan: Option<&Plan>) -> Effective {
    Effective {
        seed: Some(global.seed),
        threads: Some(rayon::current_num_threads()),
        // Only one search is repeated by its work.
        work: plan
            .and_then(|plan| plan.rostered.as_ref().filter(|rostered| rostered.rounds.is_empty()))
            .map(|of| of.work),
        as_of: plan.map(|plan| plan.as_of),
        start: plan.map(|plan| plan.period.start),
        weeks: plan.map(|plan| plan.period.weeks),
    }
}

/// Adds `run.json` and exchanges OUT.
pub(super) fn finish(
    command: &str,
    folder: OutFolder,
    artifacts: Vec<Artifact>,
    inputs: &[PathBuf],
    effective: Effective,
    reporter: &Reporter,
) -> Result<(), CliError> {
    Ok(folder.commit(&with_record(command, artifacts, inputs, effective, reporter)?)?)
}

/// The files of a run and `run.json`, which tells of them.
pub(super) fn with_record(
    command: &str,
    mut artifacts: Vec<Artifact>,
    inputs: &[PathBuf],
    effective: Effective,
    reporter: &Reporter,
) -> Result<Vec<Artifact>, CliError> {
    let record = RunRecord {
        command: command.to_owned(),
        arguments: std::env::args_os().skip(1).map(|typed| typed.to_string_lossy().into_owned()).collect(),
        effective,
        inputs: inputs.iter().map(|path| run_json::digest(path)).collect::<Result<_, _>>()?,
        stages: reporter.finish(),
    };
    artifacts.push(run_json::artifact(&record, &artifacts).map_err(CliError::internal)?);
    Ok(artifacts)
}
